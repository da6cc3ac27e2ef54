extension String {
  /// The text in which all its spellings in other letter case agree.
  package var caseFolded: String {
    let isFolded = utf8.allSatisfy { $0 < 0x80 && !CaseFolding.isUpperCase($0) }
    return isFolded ? self : String(decoding: CaseFolding.folded(unicodeScalars), as: UTF8.self)
  }
}
