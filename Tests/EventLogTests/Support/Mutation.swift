/// Damages bytes at random, the same way for the same generator.
enum Mutation {
  private static let snippets = [
    "<Event>", "</Event>", "<System>", "</System>", "<Data>", "</Data>", "<Data Name='x'/>", "<![CDATA[", "]]>", "<!--",
    "-->", "&", "&amp;", "&#x1;", "&#10;", "&#x20AC;", "&lt;", "'", "\"", ">", "<", "\r", "\n", "\t", " ", "\0",
    "\u{3}",
    "\u{FFFE}", "\u{20AC}", "xmlns='a'", "xmlns:b='c'", " a='1' a='2'", "<a:b/>", "<?xml version='1.0'?>", "<Channel>",
    "<EventID>+7</EventID>", "<Level> 2 </Level>", "-", "]]", "/", "=", "<Binary>00</Binary>",
    "<UserData><a b='c'>d</a>",
  ].map { Array($0.utf8) }

  /// One of some texts, changed in one to four places.
  static func mutate(_ texts: [[UInt8]], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = texts.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes, texts, &random) }
    return bytes
  }

  private static func change(_ bytes: inout [UInt8], _ texts: [[UInt8]], _ random: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...40, using: &random))
    switch Int.random(in: 0..<7, using: &random) {
    case 0: bytes.insert(contentsOf: snippets.randomElement(using: &random) ?? [], at: place)
    case 1: bytes.replaceSubrange(place..<end, with: snippets.randomElement(using: &random) ?? [])
    case 2: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
    case 3: if place < bytes.count { bytes[place] = .random(in: 0...255, using: &random) }
    case 4: bytes.removeSubrange(place..<end)
    case 5: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
    default:
      let other = texts.randomElement(using: &random) ?? []
      bytes = Array(bytes[..<place]) + other[Int.random(in: 0...other.count, using: &random)...]
    }
  }
}
