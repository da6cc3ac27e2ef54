/// The words of a reply, up to where another reply, a closing mark or something else begins.
struct ReplyBody {
  let text: String

  /// - Parameters:
  ///   - bytes: The text that the reply stands in.
  ///   - start: Where its codes end.
  ///   - end: Where the next reply begins or its quotation mark closes, if that is known.
  ///   - isQuoted: Whether the reply goes on over line ends, because a quotation mark or another reply ends it.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int?, isQuoted: Bool) {
    let limit = min(end ?? bytes.count, start + SMTPReply.textLimit, bytes.count)
    var stop = start
    var brackets = 0
    while stop < limit {
      if bytes[stop] == UInt8(ascii: "<") { brackets += 1 }
      if bytes[stop] == UInt8(ascii: ">"), brackets > 0 {
        brackets -= 1
      } else if Self.ends(bytes, at: stop, isQuoted: isQuoted) {
        break
      }
      stop += 1
    }
    let body = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<stop]), as: UTF8.self)
    let words = body.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    text = String(Self.trimmed(words[...]))
  }

  /// Where a reply ends that no quotation mark closes: at the end of a paragraph or a list, or at a new header.
  private static func ends(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, isQuoted: Bool) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "}"), UInt8(ascii: ">"): return bytes[index - 1] != UInt8(ascii: "-")
    case UInt8(ascii: "#"): return index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "#")
    case 0x0A where !isQuoted: return startsSomethingElse(bytes, at: index + 1)
    default: return false
    }
  }

  private static func startsSomethingElse(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    let end = min(bytes.count, start + 60)
    guard start < end else { return true }
    let line = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
      .prefix { $0 != "\n" && $0 != "\r\n" }
    if line.allSatisfy(\.isWhitespace) { return true }
    // A header, or a new heading such as `Original message headers:`.
    let name = line.prefix { $0.isLetter || $0 == "-" || $0 == " " }
    return line.dropFirst(name.count).first == ":" && name.count >= 3
  }

  /// Without marks at both ends that belong to what stands around the reply.
  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    let marks: Set<Character> = ["\"", "'", "`", "´", "‘", "’", "‚", "“", "”", "„", "«", "»", ";"]
    while let first = text.first, first.isWhitespace || marks.contains(first) || first == "-" || first == ":" {
      text.removeFirst()
    }
    var isTrimmed = false
    while !isTrimmed {
      while let last = text.last, last.isWhitespace || marks.contains(last) || "[{<#".contains(last) {
        text.removeLast()
      }
      // What leads to the next reply is no part of the words.
      let lead = ["->", "smtp"].first { text.hasSuffix($0) }
      isTrimmed = lead == nil
      text = text.dropLast(lead?.count ?? 0)
    }
    return text
  }
}
