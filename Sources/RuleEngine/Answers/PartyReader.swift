/// Reads from the text around an answer who took part.
struct PartyReader {
  let bytes: UnsafeBufferPointer<UInt8>

  /// How many bytes before and after an answer are looked at.
  private static let reach = 3_000

  /// The parties of the answer that begins at an index.
  ///
  /// - Parameters:
  ///   - start: Where the answer begins.
  ///   - next: Where the next answer begins.
  /// - Returns: What is known of them.
  func parties(around start: Int, until next: Int?) -> SMTPParties {
    let before = max(0, start - Self.reach)..<start
    let after = start..<min(max(start, next ?? bytes.count), start + Self.reach)
    // A part of a report names its recipient before the answer and may name the server after it.
    let block = paragraphStart(before)..<paragraphEnd(start..<min(bytes.count, start + Self.reach))
    var parties = SMTPParties()
    parties.sender = last(["generating server:", "reporting-mta:"], in: before)
    parties.receiver =
      first(["remote-mta:"], in: block) ?? first(["fqdn=", "fqdn-", "lastattemptedservername="], in: after)
    parties.receiverAddress = first(
      ["last endpoint attempted was ", "lastattemptedip=", "{ip=", "<ip=", "<ip-"], in: after)
    parties.recipient = last(["final-recipient:"], in: block)
    parties.action = last(["action:"], in: block)?.lowercased()
    readHosts(before: start, &parties)
    return parties
  }

  /// `mail.contoso.com #<exchange.contoso.com #5.7.1 smtp;…`: the server that refused, and the one that says so.
  private func readHosts(before start: Int, _ parties: inout SMTPParties) {
    guard start > 0, bytes[start - 1] == UInt8(ascii: "#") else { return }
    let tail = text(max(0, start - 300)..<start - 1)
    guard let mark = tail.lastIndex(of: "<"), let line = tail.split(whereSeparator: \.isNewline).last,
      line.contains("<")
    else { return }
    if let host = host(tail[tail.index(after: mark)...]) { parties.sender = host }
    let words = tail[..<mark].split { $0.isWhitespace || $0 == "#" }
    if let host = words.last.flatMap(host) { parties.receiver = parties.receiver ?? host }
  }

  private func host(_ text: Substring) -> String? {
    let name = text.split(whereSeparator: \.isWhitespace).joined()
    let isHost =
      name.contains(".") && name.utf8.count <= 255
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
    return isHost ? name : nil
  }

  // MARK: Labels

  private func first(_ labels: [String], in range: Range<Int>) -> String? {
    labels.lazy.compactMap { label in find(label, in: range).flatMap { value(at: $0, in: range) } }.first
  }

  private func last(_ labels: [String], in range: Range<Int>) -> String? {
    labels.lazy.compactMap { label -> String? in
      var found: String?
      var rest = range
      while let end = find(label, in: rest) {
        found = value(at: end, in: range) ?? found
        rest = end..<range.upperBound
      }
      return found
    }.first
  }

  /// Where the first occurrence of a label ends, which stands at the beginning of a word.
  private func find(_ label: String, in range: Range<Int>) -> Int? {
    var label = label
    return label.withUTF8 { needle in
      guard needle.count <= range.count else { return nil }
      return ByteSearch.firstIndex(of: needle, in: bytes, range: range, ignoringCase: true).map { $0 + needle.count }
    }
  }

  /// The word after a label, without the type before it, such as `dns;`.
  private func value(at start: Int, in range: Range<Int>) -> String? {
    var start = start
    while start < range.upperBound, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    let word = text(start..<min(range.upperBound, start + 320)).split(maxSplits: 1, whereSeparator: \.isWhitespace)
      .first
    let parts = (word ?? "").split(separator: ";", maxSplits: 1)
    let isTyped = parts.first.map { ["dns", "rfc822", "smtp", "x400"].contains($0.lowercased()) } ?? false
    let typed = isTyped && parts.count == 1 ? nextWord(after: start, in: range) : isTyped ? parts.last : parts.first
    let value = (typed ?? "").prefix { !"}>;,\"'()]<".contains($0) }
    let trimmed = value.hasSuffix(".") ? value.dropLast() : value
    return trimmed.isEmpty ? nil : String(trimmed.prefix(255))
  }

  /// The second word, for `dns; mail.example.com`.
  private func nextWord(after start: Int, in range: Range<Int>) -> Substring? {
    text(start..<min(range.upperBound, start + 320)).split(maxSplits: 2, whereSeparator: \.isWhitespace).dropFirst()
      .first
  }

  // MARK: Paragraphs

  private func paragraphStart(_ range: Range<Int>) -> Int {
    var index = range.upperBound
    while index > range.lowerBound, !isBlankLine(before: index) { index -= 1 }
    return index
  }

  private func paragraphEnd(_ range: Range<Int>) -> Int {
    var index = range.lowerBound
    while index < range.upperBound, !isBlankLine(before: index) { index += 1 }
    return index
  }

  /// Whether a line feed stands before an index, and another one before that with nothing in between.
  private func isBlankLine(before index: Int) -> Bool {
    guard index >= 2, bytes[index - 1] == 0x0A else { return false }
    return bytes[index - 2] == 0x0A || index >= 3 && bytes[index - 2] == 0x0D && bytes[index - 3] == 0x0A
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }
}
