/// Reads text that should be UTF-8 but may hold bytes of Windows-1252 or damaged sequences.
struct LenientUTF8 {
  /// One character, and what had to be mended to read it.
  struct Character {
    var scalar: UInt32
    /// How many bytes it takes.
    var length: Int
    var repairs: Repairs = []
  }

  private let source: UnsafeRawBufferPointer
  /// Whether the input declares an 8-bit Western encoding; then other bytes are no damage.
  private let isDeclaredWestern: Bool
  /// Whether bytes that are no UTF-8 are all Windows-1252, because nothing in the text is UTF-8 beyond ASCII.
  private let isWestern: Bool

  init(_ source: UnsafeRawBufferPointer, isDeclaredWestern: Bool) {
    self.source = source
    self.isDeclaredWestern = isDeclaredWestern
    isWestern = isDeclaredWestern || !Self.hasMultibyteSequence(source)
  }

  /// The whole text.
  static func decode(_ source: UnsafeRawBufferPointer, isDeclaredWestern: Bool) -> (text: String, repairs: Repairs) {
    if let text = String(validating: source, as: UTF8.self) { return (text, []) }
    let reader = LenientUTF8(source, isDeclaredWestern: isDeclaredWestern)
    var scalars = String.UnicodeScalarView()
    var repairs: Repairs = []
    var position = 0
    while position < source.count {
      let character = reader.character(at: position)
      scalars.append(Unicode.Scalar(character.scalar) ?? "\u{FFFD}")
      repairs.formUnion(character.repairs)
      position += character.length
    }
    return (String(scalars), repairs)
  }

  /// The character at an offset.
  func character(at position: Int) -> Character {
    let (scalar, length) = Self.sequence(source, at: position)
    if let scalar { return Character(scalar: scalar, length: length) }
    // A sequence that the end of the text cuts short was UTF-8.
    let isTorn = length > 1 && (position + length == source.count || !isWestern)
    if !isTorn, let western = Windows1252.scalar(source[position]) {
      return Character(scalar: western, length: 1, repairs: isDeclaredWestern ? [] : .windows1252)
    }
    return Character(scalar: 0xFFFD, length: isTorn ? length : 1, repairs: .invalidText)
  }

  private static func hasMultibyteSequence(_ source: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    while position < source.count {
      let (scalar, length) = sequence(source, at: position)
      if scalar != nil, length > 1 { return true }
      position += length
    }
    return false
  }

  /// The length of a character that XML 1.0 allows, in bytes; nil for anything else.
  static func lengthOfXMLCharacter(_ source: UnsafeRawBufferPointer, at start: Int) -> Int? {
    let (scalar, length) = sequence(source, at: start)
    guard let scalar, scalar != 0xFFFE, scalar != 0xFFFF else { return nil }
    return length
  }

  /// One scalar of UTF-8; without one, the length of the damaged sequence, 1 for a byte that begins none.
  private static func sequence(_ source: UnsafeRawBufferPointer, at start: Int) -> (UInt32?, Int) {
    let lead = source[start]
    let expected: Int
    var scalar: UInt32
    switch lead {
    case 0..<0x80: return (UInt32(lead), 1)
    case 0xC2...0xDF: (expected, scalar) = (2, UInt32(lead & 0x1F))
    case 0xE0...0xEF: (expected, scalar) = (3, UInt32(lead & 0x0F))
    case 0xF0...0xF4: (expected, scalar) = (4, UInt32(lead & 0x07))
    default: return (nil, 1)
    }
    var length = 1
    while length < expected, start + length < source.count, source[start + length] & 0xC0 == 0x80 {
      scalar = scalar << 6 | UInt32(source[start + length] & 0x3F)
      length += 1
    }
    guard length == expected else { return (nil, length) }
    let smallest: UInt32 = [0, 0, 0x80, 0x800, 0x10000][expected]
    guard scalar >= smallest, scalar <= 0x10FFFF, !(0xD800...0xDFFF).contains(scalar) else { return (nil, length) }
    return (scalar, length)
  }
}
