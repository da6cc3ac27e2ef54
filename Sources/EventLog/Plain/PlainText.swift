import CByteSearch

/// The characters of plain text: what a strict XML 1.0 parser accepts between tags and in the values of attributes.
///
/// All of these functions need ``ChunkMemory/slack`` zeros somewhere behind the text: a zero is no character of XML, so
/// every loop ends there at the latest.
enum PlainText {
  /// What a text needs before it is the value that a parser gives.
  struct Needs: OptionSet {
    var rawValue: UInt8
    /// There are references in it.
    static let references = Needs(rawValue: 1)
    /// There are carriage returns in it, which XML reads as line feeds.
    static let lineEnds = Needs(rawValue: 2)
  }

  /// The end of a text that begins at a place: the first byte that is its terminator.
  ///
  /// - Parameters:
  ///   - start: Where the text begins.
  ///   - terminator: `<` for text, else the quotation mark around a value.
  ///   - needs: Gains what the text needs.
  /// - Returns: nil when the text is not plain.
  @inline(__always)
  static func end(
    of start: UnsafePointer<UInt8>, _ terminator: UInt8, _ needs: inout Needs
  ) -> UnsafePointer<UInt8>? {
    var place = start
    while true {
      place =
        terminator == UInt8(ascii: "<") ? evtriage_text_end(place) : evtriage_value_end(place, terminator)
      if place.pointee == terminator { return place }
      guard let next = skipSpecial(place, start, terminator, &needs) else { return nil }
      place = next
    }
  }

  /// Skips a character that needed a closer look; nil when it is not plain.
  @inline(never)
  private static func skipSpecial(
    _ place: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ terminator: UInt8, _ needs: inout Needs
  ) -> UnsafePointer<UInt8>? {
    let isText = terminator == UInt8(ascii: "<")
    switch place.pointee {
    case 0x80...:
      return skipBeyondASCII(place)
    case UInt8(ascii: "&"):
      needs.insert(.references)
      return reference(at: place).map { place + $0.length }
    case UInt8(ascii: ">") where isText:
      let isSectionEnd = place - start >= 2 && place[-1] == UInt8(ascii: "]") && place[-2] == UInt8(ascii: "]")
      return isSectionEnd ? nil : place + 1
    // The parser turns white space within the value of an attribute into blanks, so only blanks are plain there.
    case 0x09 where isText, 0x0A where isText:
      return place + 1
    case 0x0D where isText:
      needs.insert(.lineEnds)
      return place + 1
    default:
      return nil
    }
  }

  /// Skips characters beyond ASCII.
  private static func skipBeyondASCII(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    var place = start
    repeat {
      // Four bytes at most, which the slack behind the text allows.
      let rest = UnsafeRawBufferPointer(start: place, count: 4)
      guard let length = LenientUTF8.lengthOfXMLCharacter(rest, at: 0) else { return nil }
      place += length
    } while place.pointee >= 0x80
    return place
  }

  /// A predefined or numeric reference; nil for any that is not plain.
  static func reference(at place: UnsafePointer<UInt8>) -> (scalar: UInt32, length: Int)? {
    switch place[1] {
    case UInt8(ascii: "l") where matches("&lt;", place): (0x3C, 4)
    case UInt8(ascii: "g") where matches("&gt;", place): (0x3E, 4)
    case UInt8(ascii: "a") where matches("&amp;", place): (0x26, 5)
    case UInt8(ascii: "a") where matches("&apos;", place): (0x27, 6)
    case UInt8(ascii: "q") where matches("&quot;", place): (0x22, 6)
    case UInt8(ascii: "#"): numericReference(at: place)
    default: nil
    }
  }

  /// Up to four digits, which is what exporters write: line breaks, tabs and the characters of most languages.
  private static func numericReference(at place: UnsafePointer<UInt8>) -> (scalar: UInt32, length: Int)? {
    let isHexadecimal = place[2] == UInt8(ascii: "x")
    let first = isHexadecimal ? 3 : 2
    var (index, number) = (first, UInt32(0))
    while index - first < 4, let digit = digit(place[index], isHexadecimal) {
      number = number * (isHexadecimal ? 16 : 10) + digit
      index += 1
    }
    let isCharacter = number == 0x9 || number == 0xA || number == 0xD || (0x20..<0xD800).contains(number)
    guard index > first, place[index] == UInt8(ascii: ";"), isCharacter else { return nil }
    return (number, index + 1)
  }

  private static func digit(_ byte: UInt8, _ isHexadecimal: Bool) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46 where isHexadecimal: UInt32(byte - 0x37)
    case 0x61...0x66 where isHexadecimal: UInt32(byte - 0x57)
    default: nil
    }
  }

  static func matches(_ text: StaticString, _ place: UnsafePointer<UInt8>) -> Bool {
    var index = 0
    while index < text.utf8CodeUnitCount {
      if place[index] != text.utf8Start[index] { return false }
      index += 1
    }
    return true
  }

  /// Writes a plain text with its references resolved and its line ends as XML reads them.
  ///
  /// - Parameters:
  ///   - text: The text, which ``end(of:_:_:)`` accepted.
  ///   - target: Memory for as many bytes as the text has: no reference is longer than its character.
  /// - Returns: The number of bytes written.
  static func resolve(_ text: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>) -> Int {
    guard var place = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    let end = place + text.count
    var written = 0
    while place < end {
      var byte = place.pointee
      if byte == UInt8(ascii: "&"), let found = reference(at: place), let scalar = Unicode.Scalar(found.scalar) {
        for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          target[written] = unit
          written += 1
        }
        place += found.length
        continue
      }
      place += 1
      if byte == 0x0D {
        byte = 0x0A
        if place < end, place.pointee == 0x0A { place += 1 }
      }
      target[written] = byte
      written += 1
    }
    return written
  }
}
