/// Which names and addresses mean the same computer.
///
/// Names are compared ignoring letter case, and a name without a domain is the same as the first label of a full one.
/// Addresses mean a computer only where a list of hosts says so.
public struct Hosts: Sendable, Hashable {
  /// Names as they are spelt, by small-lettered addresses and names.
  private var names: [String: String] = [:]

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

  /// Takes the computers that events show for addresses which the list does not name.
  func learning(_ book: AddressBook) -> Hosts {
    var copy = self
    for (address, computer) in book.list where names[address] == nil { copy.names[address] = computer }
    return copy
  }

  /// The name of the computer that an address stands for; any other name as it is.
  func name(of computer: String) -> String {
    let plain = Self.plain(computer)
    return names[plain] ?? computer
  }

  /// Whether two names mean the same computer.
  public func areSame(_ left: String, _ right: String) -> Bool {
    let (left, right) = (canonical(left), canonical(right))
    if left == right { return !left.isEmpty }
    let isQualified = (left.contains("."), right.contains("."))
    guard isQualified.0 != isQualified.1 else { return false }
    return left.prefix { $0 != "." } == right.prefix { $0 != "." }
  }

  /// The first label of a computer's name, in small letters: the same for all its names and addresses.
  func label(of computer: String) -> String { String(canonical(computer).prefix { $0 != "." }) }

  /// `\\DC01.contoso.com`, `DC01$` and `[192.0.2.10]` are how events spell hosts.
  private static func plain(_ name: String) -> String {
    var text = name.lowercased()[...]
    while let first = text.first, first == "\\" || first == "[" || first == " " { text = text.dropFirst() }
    while let last = text.last, last == "]" || last == "$" || last == " " || last == "." { text = text.dropLast() }
    if text.hasPrefix("::ffff:"), text.contains(".") { text = text.dropFirst(7) }
    return String(text)
  }

  private func canonical(_ name: String) -> String {
    let plain = Self.plain(name)
    return names[plain]?.lowercased() ?? plain
  }
}
