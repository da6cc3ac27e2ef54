/// Which names and addresses mean the same computer.
///
/// Names are compared ignoring letter case, and a name without a domain is the same as the first label of a full one.
/// Addresses mean a computer only where a list of hosts says so.
public struct Hosts: Sendable, Hashable {
  /// Names as they are spelt, by small-lettered addresses and names.
  private var names: [String: String] = [:]
  /// Computers by the names that are asked for often.
  private var known: [String: Host] = [:]

  /// Knows nothing about addresses.
  public init() {}

  /// Reads a list of hosts in the form of a hosts file: an address, then names, on each line; `#` begins a comment.
  ///
  /// - Parameter text: The file's text.
  public init(file text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let name = words.dropFirst().first else { continue }
      for word in words { names[word.lowercased()] = name }
    }
  }

  /// Takes the computers that events show for addresses which the list does not name, and works out once how some
  /// computers are compared.
  func learning(_ book: AddressBook, computers: Set<String>) -> Hosts {
    var copy = self
    for (address, computer) in book.list where names[address] == nil { copy.names[address] = computer }
    copy.known = [:]
    copy.known = Dictionary(uniqueKeysWithValues: computers.map { ($0, copy.host($0)) })
    return copy
  }

  /// The computer that a name or an address stands for.
  func host(_ computer: String) -> Host {
    if let host = known[computer] { return host }
    let plain = Self.plain(computer)
    let listed = names[plain]
    return Host(spelling: listed ?? computer, name: listed?.lowercased() ?? plain)
  }

  /// Whether two names mean the same computer.
  public func areSame(_ left: String, _ right: String) -> Bool { host(left).isSame(as: host(right)) }

  /// `\\DC01.contoso.com`, `DC01$` and `[192.0.2.10]` are how events spell hosts.
  private static func plain(_ name: String) -> String {
    var text = name.lowercased()[...]
    while let first = text.first, first == "\\" || first == "[" || first == " " { text = text.dropFirst() }
    while let last = text.last, last == "]" || last == "$" || last == " " || last == "." { text = text.dropLast() }
    if text.hasPrefix("::ffff:"), text.contains(".") { text = text.dropFirst(7) }
    return String(text)
  }
}
