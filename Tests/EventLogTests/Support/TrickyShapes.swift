/// U+FDD3, which Swift does not let into a literal: XML allows it, and the reader uses its like inside.
let noncharacter = String(decoding: [0xEF, 0xB7, 0x93], as: UTF8.self)

/// An event with a small header around a payload.
func event(_ payload: String, id: Int = 7, computer: String = "EDGE3") -> String {
  "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Demo'/>"
    + "<EventID>\(id)</EventID><Computer>\(computer)</Computer></System>\(payload)</Event>"
}

/// An event with one value.
func event(data value: String, id: Int = 7) -> String { event("<EventData><Data>\(value)</Data></EventData>", id: id) }

extension ExportShape {
  /// Texts in which something tempts to cut at the wrong place.
  static let tricky: [ExportShape] = [
    ExportShape("CDATA that holds an end", event(data: "<![CDATA[a</Event>b]]>")),
    ExportShape("CDATA that holds an event", event(data: "<![CDATA[\(event(data: "x"))]]>")),
    ExportShape("a comment that holds an end", event("<!-- </Event> --><EventData/>")),
    ExportShape("a comment between events", event(data: "a") + "<!-- " + event(data: "b") + " -->"),
    ExportShape("events in UserData", event("<UserData><L><Event>a</Event><Event/></L></UserData>")),
    ExportShape("an open CDATA section", event(data: "<![CDATA[") + event(data: "a")),
    ExportShape("an open comment", event(data: "<!--") + event(data: "a") + event(data: "-->")),
    ExportShape("ends without starts", event(data: "a") + "x</Event> y</Event><System>"),
    ExportShape("starts without ends", "<Event><System><EventID>4</EventID></System><UserData><Event ><Event x"),
    ExportShape("raw control characters", event(data: "\u{1}\u{0} & < \u{FFFE}")),
    ExportShape("empty events", "<Event/><Event></Event><Event >"),
    ExportShape("CLIXML entries", CLIXMLFixture.logEntries),
    ExportShape("CLIXML records", CLIXMLFixture.logRecords),
    ExportShape("classic text", ClassicTextFixture.first + ClassicTextFixture.second),
    ExportShape("classic text with late labels", "Source: a\nEvent Type: Error\nEvent ID: 5\nLog Name: x\nSource: b\n"),
  ]
}
