/// Which names and addresses mean the same computer.
///
/// Names are compared ignoring letter case, and a name without a domain is the same as the first label of a full one.
/// Addresses mean a computer only where a list of hosts says so.
public struct Hosts: Sendable, Hashable {
  private var names: [String: String] = [:]

  /// Knows nothing about addresses.
  public init() {}

  /// Reads a list of hosts in the form of a hosts file: an address, then names, on each line; `#` begins a comment.
  ///
  /// - Parameter text: The file's text.
  public init(file text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
      guard let address = words.first, let name = words.dropFirst().first else { continue }
      for other in [address] + words.dropFirst() { names[other] = name }
    }
  }

  /// Whether two names mean the same computer.
  public func areSame(_ left: String, _ right: String) -> Bool {
    let (left, right) = (canonical(left), canonical(right))
    if left == right { return true }
    let isQualified = (left.contains("."), right.contains("."))
    guard isQualified.0 != isQualified.1 else { return false }
    return left.prefix { $0 != "." } == right.prefix { $0 != "." }
  }

  /// Whether a name can be looked up among computers: an address can only where a list names it.
  public func isKnown(_ name: String) -> Bool {
    let canonical = canonical(name)
    let isAddress = canonical.allSatisfy { $0.isNumber || $0 == "." } || canonical.contains(":")
    return !canonical.isEmpty && !isAddress
  }

  /// `\\DC01.contoso.com`, `DC01$` and `[192.0.2.10]` are how events spell hosts.
  private func canonical(_ name: String) -> String {
    var text = name.lowercased()[...]
    while let first = text.first, first == "\\" || first == "[" || first == " " { text = text.dropFirst() }
    while let last = text.last, last == "]" || last == "$" || last == " " || last == "." { text = text.dropLast() }
    return names[String(text)] ?? String(text)
  }
}
