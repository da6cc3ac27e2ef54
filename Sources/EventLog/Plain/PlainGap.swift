#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What exporters write between events: white space, lines of text, declarations, and the tags of the root.
enum PlainGap {
  /// More is for the splitter to look at.
  private static let limit = 512

  /// Where the next event begins.
  ///
  /// - Parameters:
  ///   - start: A place outside of any event.
  ///   - end: The end of the text.
  /// - Returns: The place of `<Event`; nil when there is none or something else stands before it, such as a comment or
  ///   the rest of a torn event.
  @inline(__always)
  static func end(of start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    var place = start
    while place < end, place.pointee.isXMLSpace { place += 1 }
    return place < end && startsEvent(place) ? place : search(place, end)
  }

  @inline(never)
  private static func search(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    var place = start
    let limit = min(end, start + Self.limit)
    while place < limit, let found = memchr(place, Int32(UInt8(ascii: "<")), limit - place) {
      place = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
      if startsEvent(place) { return place }
      let isKnown =
        place[1] == UInt8(ascii: "?") || PlainText.matches("<Events", place) || PlainText.matches("</Events", place)
      guard isKnown else { return nil }
      place += 1
    }
    return nil
  }

  /// Whether the opening tag of an event begins here.
  @inline(__always)
  private static func startsEvent(_ place: UnsafePointer<UInt8>) -> Bool {
    guard PlainText.matches("<Event", place) else { return false }
    let next = place[6]
    return next.isXMLSpace || next == UInt8(ascii: ">") || next == UInt8(ascii: "/")
  }
}
