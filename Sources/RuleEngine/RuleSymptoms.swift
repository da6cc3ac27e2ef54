extension RuleSet {
  /// The rules one of whose symptoms stands in a text, or has the text in it; the most severe first.
  ///
  /// Only letters and digits count. Of a long text, the first 64 KiB are looked at.
  ///
  /// - Parameters:
  ///   - text: What a user sees, or a text that quotes it.
  ///   - allowsParts: Whether a text that is only a part of a symptom fits.
  /// - Returns: The rules; none for a text of less than four letters and digits.
  public func rules(withSymptomIn text: String, allowsParts: Bool = true) -> [Rule] {
    let wanted = Self.folded(text)
    guard wanted.count >= 4 else { return [] }
    let found = rules.filter { rule in
      rule.guidance.symptoms.contains { symptom in
        let known = Self.folded(symptom.english)
        return !known.isEmpty && (Self.contains(wanted, known) || allowsParts && Self.contains(known, wanted))
      }
    }
    return found.sorted { $0.severity > $1.severity }
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= text.count else { return false }
    return text.withUnsafeBufferPointer { text in
      part.withUnsafeBufferPointer { part in
        ByteSearch.firstIndex(of: part, in: text, range: 0..<text.count, ignoringCase: false) != nil
      }
    }
  }

  /// Letters and digits in lower case, everything between them one blank.
  private static func folded(_ text: String) -> [UInt8] {
    let beginning = String(decoding: text.utf8.prefix(65_536), as: UTF8.self)
    return Array(beginning.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ").utf8)
  }
}
