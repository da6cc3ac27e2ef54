/// A way in which a tool writes an export; all carry ``SampleEvents/facts``.
struct ExportShape: Sendable {
  var name: String
  /// The text, with LF and a declaration of UTF-8 if any.
  var text: String

  init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }

  static let declaration = #"<?xml version="1.0" encoding="utf-8" standalone="yes"?>"#

  static let all: [ExportShape] = [
    ExportShape(
      "Event Viewer, Save as XML",
      declaration + "<Events>" + ExportStyle(quote: "\"", renders: true).events().joined() + "</Events>"),
    ExportShape(
      "wevtutil with a root", "<Events>\n" + ExportStyle().events().joined(separator: "\n") + "\n</Events>\n"),
    ExportShape("wevtutil without a root", ExportStyle().events().joined(separator: "\n") + "\n"),
    ExportShape("wevtutil, glued together", ExportStyle().events().joined()),
    ExportShape(
      "wevtutil, rendered", "<Events>" + ExportStyle(renders: true).events().joined(separator: "\n") + "</Events>"),
    ExportShape("Get-WinEvent ToXml", ExportStyle().events().joined(separator: "\n")),
    ExportShape("evtx_dump", evtxDump(time: { $0.prefix(26).replacing("T", with: " ") + " UTC" }, indentation: "\n  ")),
    ExportShape("evtx_dump, no indent", evtxDump(time: { $0.prefix(26) + "Z" }, indentation: "", record: false)),
    ExportShape(
      "EvtxECmd",
      ExportStyle(quote: "\"", namespace: nil, indentation: "\n  ", time: { $0.replacing("T", with: " ") })
        .events().joined(separator: "\n")),
    ExportShape(
      "evtxexport",
      "evtxexport 20181227\n\n"
        + ExportStyle(quote: "\"", indentation: "\n  ").events().joined(separator: "\n\n") + "\n\n"),
    ExportShape(
      "python-evtx",
      #"<?xml version="1.1" encoding="utf-8" standalone="yes" ?>"# + "\n<Events>\n"
        + ExportStyle(quote: "\"", time: { $0.replacing("T", with: " ") }, closesEmptyElements: false)
        .events().joined(separator: "\n") + "\n</Events>"),
    ExportShape(
      "copied from a browser",
      ExportStyle(quote: "\"", indentation: "\n  ", marker: "- ").events().joined(separator: "\n")),
    ExportShape(
      "Event Viewer, Copy",
      "Log Name:      Application\nSource:        MSExchangeTransport\nEvent ID:      1035\nEvent Xml:\n"
        + ExportStyle(quote: "\"", indentation: "\n  ").events().joined(separator: "\nprose between\n")),
    ExportShape(
      "a namespace prefix",
      "<e:Events>" + ExportStyle(prefix: "e:", indentation: "\n").events().joined(separator: "\n") + "</e:Events>"),
    ExportShape(
      "a namespace with https and an offset of time",
      ExportStyle(
        namespace: "https://schemas.microsoft.com/win/2004/08/events/event",
        time: { $0.replacing("T08:", with: "T04:") + "00-04:00" }
      ).events().joined(separator: "\n")),
    ExportShape(
      "two exports, one after the other",
      declaration + "\n<Events>\n" + ExportStyle().event(0) + "\n</Events>\n" + declaration + "\n<Events>\n"
        + ExportStyle().event(1) + ExportStyle().event(2) + "\n</Events>"),
    ExportShape("an open root", "<Events>\n" + ExportStyle().events().joined(separator: "\n")),
  ]

  private static func evtxDump(
    time: @escaping (String) -> String, indentation: String, record: Bool = true
  ) -> String {
    ExportStyle(quote: "\"", indentation: indentation, time: time, closesEmptyElements: false).events().enumerated()
      .map { index, event in
        (record ? "Record \(index + 1)\n" : "") + "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + event + "\n"
      }.joined()
  }
}
