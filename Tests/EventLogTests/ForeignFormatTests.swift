import EventLog
import TestSupport
import Testing

/// What is no event export is named, and the message says what to run instead.
struct ForeignFormatTests {
  @Test(
    arguments: [
      ("", .empty, "the file is empty"), (" \r\n\t", .empty, "the file is empty"),
      ("\u{FEFF}", .empty, "the file is empty"),
      ("ElfFile\0\u{0}\u{0}", .evtx, "wevtutil qe FILE.evtx /lf:true"),
      ("0\0\0\0LfLe\u{1}\0\0\0", .evt, "Open it in Event Viewer, save it as .evtx"),
      ("{\"Event\": {\"System\": {}}}", .json, "evtx_dump -o xml"), ("\n[{\"EventID\": 1}]", .json, "looks like JSON"),
      (
        "Level,Date and Time,Source,Event ID,Task Category\nError,2026-03-02 08:00:00,Demo,5,None,\"text\"", .csv,
        "looks like CSV"
      ),
      ("Index\tTime\tEntryType\n1\t2\t3", .csv, "looks like CSV"), ("Ebene;Datum;Quelle\n", .csv, "looks like CSV"),
      ("<!DOCTYPE html><html><body>x</body></html>", .html, "web page"), ("<HTML><p>x</p>", .html, "web page"),
      ("<p>&lt;Event xmlns=&quot;x&quot;&gt;", .escapedXML, "Replace &lt;"),
      ("<?xml version='1.0'?>\n<!-- c -->\n<config a='1'><x/></config>", .otherXML(rootElement: "config"), "<config>"),
      ("PK\u{3}\u{4}xxxx", .binary("a ZIP archive"), "a ZIP archive"), ("BZh91AY", .binary("bzip2 data"), "bzip2"),
      ("MZ\0\0", .binary("a Windows program"), "a Windows program"), ("%PDF-1.7", .binary("a PDF"), "a PDF"),
      ("\u{1}\u{2}\0\0\u{5}random", .binary("a binary file"), "a binary file"),
      ("nothing to see here\n", .text, "text without any event"),
      ("Event ID: 5 happened", .text, "text without any event"),
    ] as [(String, ForeignFormat, String)])
  func eachKindIsExplained(_ text: String, _ format: ForeignFormat, _ words: String) throws {
    let failure = try #require(readAll(text).failure)
    #expect(failure.reason == .unsupported(format))
    #expect(failure.description.contains(words))
    #expect(failure.description.hasPrefix("memory: "))
  }

  @Test(
    arguments: [
      [0x1F, 0x9D, 0x90, 0x0, 0x0], [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0], [0x28, 0xB5, 0x2F, 0xFD, 0],
      [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], [0xD0, 0xCF, 0x11, 0xE0, 0],
    ] as [[UInt8]])
  func binaryFilesAreNamed(_ bytes: [UInt8]) {
    guard case .unsupported(.binary) = readAll(bytes).failure?.reason else {
      Issue.record("\(String(describing: readAll(bytes).failure))")
      return
    }
  }

  @Test(arguments: [[0xFF, 0xFE, 0, 0, 0x3C, 0, 0, 0], [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x3C]] as [[UInt8]])
  func utf32IsRefused(_ bytes: [UInt8]) {
    #expect(readAll(bytes).failure?.reason == .utf32)
  }

  @Test func aMissingFileIsTheSystemsWord() {
    #expect(readAll(path: "/nonexistent/x.xml").failure?.description.contains("No such file") == true)
  }

  @Test(arguments: 1...3)
  func veryShortInputsAreRefused(_ count: Int) {
    for byte in UInt8.min...UInt8.max {
      #expect(readAll([UInt8](repeating: byte, count: count)).failure != nil)
    }
  }
}
