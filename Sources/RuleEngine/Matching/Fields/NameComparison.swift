/// How the name of a field in a rule is compared with the names in an event.
enum NameComparison: CaseIterable {
  /// As spelt.
  case exact
  /// Ignoring letter case and blanks; Sigma takes the blanks out of names such as `Threat Name`.
  case loose

  /// Whether the name of a `<Data>` element is the rule's.
  func equal(_ name: String?, _ wanted: String) -> Bool {
    guard let name, !name.isEmpty else { return false }
    return self == .exact ? name == wanted : Self.looselyEqual(name.utf8[...], wanted.utf8[...])
  }

  /// Whether a path of `<UserData>` is the rule's or ends with it; an attribute may be named without its `@`.
  func path(_ path: String, endsWith wanted: String) -> Bool {
    if equal(path, wanted) { return true }
    let wantedDepth = wanted.utf8.count { $0 == UInt8(ascii: "/") }
    guard var tail = path.utf8.lastComponents(wantedDepth + 1) else { return false }
    if tail.first == UInt8(ascii: "@"), wanted.utf8.first != UInt8(ascii: "@") { tail = tail.dropFirst() }
    return self == .exact ? tail.elementsEqual(wanted.utf8) : Self.looselyEqual(tail, wanted.utf8[...])
  }

  private static func looselyEqual(_ name: Substring.UTF8View, _ wanted: Substring.UTF8View) -> Bool {
    var wanted = wanted.makeIterator()
    for byte in name where byte != UInt8(ascii: " ") {
      guard let next = nextNonBlank(&wanted), CaseFolding.folded(byte) == CaseFolding.folded(next) else {
        return false
      }
    }
    return nextNonBlank(&wanted) == nil
  }

  private static func nextNonBlank(_ bytes: inout Substring.UTF8View.Iterator) -> UInt8? {
    while let byte = bytes.next() {
      if byte != UInt8(ascii: " ") { return byte }
    }
    return nil
  }
}

extension String.UTF8View {
  /// The last components of a path; nil when it has no more than that.
  fileprivate func lastComponents(_ count: Int) -> Substring.UTF8View? {
    var start = endIndex
    for _ in 0..<count {
      guard let slash = self[..<start].lastIndex(of: UInt8(ascii: "/")) else { return nil }
      start = slash
    }
    return self[index(after: start)...]
  }
}
