import EventLog
public import Foundation
public import RuleEngine

/// A summary on disk: what one machine, or one part of a job, read. JSON; equal content has equal bytes.
public struct SummaryFile: Sendable, Hashable, Codable {
  /// The version of this structure; another one is not read.
  public static let schemaVersion = 1
  private static let kind = "evtriage-summary"

  private var kind = Self.kind
  private var schemaVersion = Self.schemaVersion
  /// The name and version of the tool that wrote it.
  public var tool: String
  /// What ``RuleSet/fingerprint`` said of the rules that ran.
  public var rules: String
  /// The part of the inputs that was read; all of it when nil.
  public var slice: TriageSlice?
  /// The options that shape the report, as given.
  public var options: [String]
  /// How many events each finding keeps.
  public var eventsPerFinding: Int
  /// Arguments that stand for no input at all, as sentences.
  public var inputFailures: [String]
  /// What was read.
  public var summary: TriageSummary

  /// Makes a file of a summary.
  public init(
    tool: String, rules: RuleSet, options: TriageOptions, described: [String], inputFailures: [String],
    summary: TriageSummary
  ) {
    self.tool = tool
    self.rules = rules.fingerprint
    self.slice = options.slice
    self.options = described
    eventsPerFinding = options.eventsPerFinding
    self.inputFailures = inputFailures
    self.summary = summary
  }

  /// Reads a file.
  ///
  /// - Throws: What is wrong with it.
  public init(json data: Data) throws(SummaryFailure) {
    let header = try? JSONDecoder().decode(Header.self, from: data)
    guard header?.kind == Self.kind else { throw .notASummary }
    guard let version = header?.schemaVersion, version == Self.schemaVersion else {
      throw .otherVersion(tool: header?.tool ?? "another version")
    }
    guard JSONNumbers.areSmall(data), let file = try? JSONDecoder().decode(SummaryFile.self, from: data) else {
      throw .damaged
    }
    self = file
  }

  /// The bytes of the file.
  ///
  /// - Throws: When a value cannot be written as JSON.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + [UInt8(ascii: "\n")]
  }

  private struct Header: Decodable {
    var kind: String?
    var schemaVersion: Int?
    var tool: String?
  }
}

/// Why a summary cannot be used.
public enum SummaryFailure: Error, Sendable, Hashable {
  /// The file cannot be read.
  case unreadable
  /// The file is something else.
  case notASummary
  /// The file has another schema version.
  case otherVersion(tool: String)
  /// The file is cut off or was changed.
  case damaged
  /// Other rules ran, so that its findings and evidence have another meaning.
  case otherRules(tool: String)
  /// The same part of the same inputs was given before.
  case repeated
  /// Parts of the same inputs are missing.
  case missingSlices([Int], count: Int)

  /// The failure in a sentence, without the name of the file.
  public var explanation: String {
    switch self {
    case .unreadable: "this summary cannot be read; check the path."
    case .notASummary: "this is no summary; write one with evtriage report --summary-out."
    case .otherVersion(let tool): "this summary was written by \(tool) in another form; read the logs again."
    case .damaged: "this summary is damaged; read the logs again."
    case .otherRules(let tool):
      "this summary was made with other rules (\(tool)); read the logs again, or name the same --rules here."
    case .repeated: "this summary holds the same inputs as another one; it was left out."
    case .missingSlices(let numbers, let count):
      "of the \(count) slices of these inputs, \(numbers.map(String.init).joined(separator: ", ")) "
        + (numbers.count == 1 ? "is missing." : "are missing.")
    }
  }
}
