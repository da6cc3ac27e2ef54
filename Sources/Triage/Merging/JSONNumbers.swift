import Foundation

/// Looks at the numbers of a JSON text before it is decoded: sums of counts must not overflow, whoever wrote the file.
enum JSONNumbers {
  /// More digits than any count or offset needs; thousands of such numbers still add up.
  private static let digitLimit = 15

  /// Whether all numbers are whole and small, save record numbers, which are never added.
  static func areSmall(_ data: Data) -> Bool {
    var name: Range<Data.Index> = data.startIndex..<data.startIndex
    var index = data.startIndex
    while index < data.endIndex {
      switch data[index] {
      case UInt8(ascii: "\""):
        let end = endOfString(data, from: index)
        name = index..<end
        index = end
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let end = data[index...].firstIndex { !isPartOfNumber($0) } ?? data.endIndex
        let digits = data[index..<end]
        let isWhole = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let isRecord = data[name].elementsEqual("\"recordID\"".utf8)
        guard isWhole, digits.count <= digitLimit || isRecord else { return false }
        index = end
      default: index += 1
      }
    }
    return true
  }

  private static func isPartOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
      UInt8(ascii: "+"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// The place after the closing quote of the string that begins at a place.
  private static func endOfString(_ data: Data, from start: Data.Index) -> Data.Index {
    var index = start + 1
    while index < data.endIndex {
      switch data[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "\""): return index + 1
      default: index += 1
      }
    }
    return data.endIndex
  }
}
