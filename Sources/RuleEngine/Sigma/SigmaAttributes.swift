/// What a Sigma rule says about itself: what loading asks every rule for, and the rest, whose reading can wait.
struct SigmaAttributes: Sendable {
  /// The name that correlations and filters may use instead of the ID.
  let name: String?
  let logSource: SigmaLogSource
  /// Fields that are of interest for whoever looks into a match.
  let fields: [String]
  private let others: OnDemand<SigmaMetadata>

  init(_ metadata: SigmaMetadata) {
    (name, logSource, fields, others) = (metadata.name, metadata.logSource, metadata.fields, OnDemand(metadata))
  }

  init(name: String?, logSource: SigmaLogSource, fields: [String], others: OnDemand<SigmaMetadata>) {
    (self.name, self.logSource, self.fields, self.others) = (name, logSource, fields, others)
  }

  /// Everything.
  var metadata: SigmaMetadata {
    var metadata = others.value
    metadata.logSource = logSource
    metadata.name = name
    return metadata
  }
}
