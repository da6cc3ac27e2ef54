/// The events that every shape of export carries in the tests, and how an exporter spells them.
enum SampleEvents {
  static let times = ["2026-03-02T08:15:30.1234560", "2026-03-02T08:15:31.0000000", "2026-03-02T08:15:32.5000000"]

  /// What every shape must give, whatever its spelling.
  static let facts = [
    """
    MSExchangeTransport 1035/32772 level 2 task 1 0x80000000000000 2026-03-02T08:15:30.1234560Z #4711 Application \
    MAIL7.fabrikam.test | -=IllegalMessage -=Réception par défaut MAIL7 -=ExchangeAuth -=198.51.100.23 | |
    """,
    """
    Microsoft-Windows-Security-Auditing 4625/- level 0 task 12544 0x8010000000000000 2026-03-02T08:15:31.0000000Z \
    #4712 Security MAIL7.fabrikam.test | SubjectUserName= TargetUserName=Zoë & Søn Status=0xc000006d | |
    """,
    """
    Microsoft-Windows-Resource-Exhaustion-Detector 2004/- level 3 task 3 0x8000000020000000 \
    2026-03-02T08:15:32.5000000Z #4713 System MAIL7.fabrikam.test | | Info/System/Limit=136749981696 \
    Info/Process/@rank=1 Info/Process=edge.exe |
    """,
  ]
}

/// How a tool writes events.
struct ExportStyle {
  var quote = "'"
  var namespace: String? = "http://schemas.microsoft.com/win/2004/08/events/event"
  /// A prefix of the element names, with its colon.
  var prefix = ""
  /// Between elements.
  var indentation = ""
  /// Before elements that have children.
  var marker = ""
  var time: (String) -> String = { $0 + "Z" }
  /// `<a/>` or `<a></a>`.
  var closesEmptyElements = true
  var renders = false

  func events() -> [String] { SampleEvents.times.indices.map(event) }

  func event(_ index: Int) -> String {
    let namespace = namespace.map { prefix.isEmpty ? [("xmlns", $0)] : [("xmlns:" + prefix.dropLast(), $0)] } ?? []
    return element("Event", namespace, [element("System", [], header(index)), payload(index)] + rendering())
  }

  private func header(_ index: Int) -> [String] {
    let names = ["MSExchangeTransport", "Microsoft-Windows-Security-Auditing"]
    let provider = index < 2 ? names[index] : "Microsoft-Windows-Resource-Exhaustion-Detector"
    let qualifiers = index == 0 ? [("Qualifiers", "32772")] : []
    return [
      empty("Provider", [("Name", provider)]),
      leaf("EventID", qualifiers, ["1035", "4625", "2004"][index]),
      leaf("Level", [], ["2", "0", "3"][index]),
      leaf("Task", [], ["1", "12544", "3"][index]),
      leaf("Keywords", [], ["0x80000000000000", "0x8010000000000000", "0x8000000020000000"][index]),
      empty("TimeCreated", [("SystemTime", time(SampleEvents.times[index]))]),
      leaf("EventRecordID", [], "\(4711 + index)"),
      leaf("Channel", [], ["Application", "Security", "System"][index]),
      leaf("Computer", [], "MAIL7.fabrikam.test"),
      empty("Security", []),
    ]
  }

  private func payload(_ index: Int) -> String {
    switch index {
    case 0:
      return element(
        "EventData", [],
        ["IllegalMessage", "Réception par défaut MAIL7", "ExchangeAuth", "198.51.100.23"].map { leaf("Data", [], $0) })
    case 1:
      return element(
        "EventData", [],
        [
          empty("Data", [("Name", "SubjectUserName")]),
          leaf("Data", [("Name", "TargetUserName")], "Zoë &amp; Søn"),
          leaf("Data", [("Name", "Status")], "0xc000006d"),
        ])
    default:
      let limit = element("System", [], [leaf("Limit", [], "136749981696")])
      let process = leaf("Process", [("rank", "1")], "edge.exe")
      return element("UserData", [], [element("Info", [("xmlns:auto-ns2", "urn:x")], [limit, process])])
    }
  }

  private func rendering() -> [String] {
    guard renders else { return [] }
    let keywords = element("Keywords", [], [leaf("Keyword", [], "Klassisch")])
    return [element("RenderingInfo", [("Culture", "de-DE")], [leaf("Message", [], "Gerendert."), keywords])]
  }

  private func attributes(_ list: [(String, String)]) -> String {
    list.map { " \($0.0)=\(quote)\($0.1)\(quote)" }.joined()
  }

  private func element(_ name: String, _ attributes: [(String, String)], _ children: [String]) -> String {
    let body = children.map { indentation + $0 }.joined()
    return "\(marker)<\(prefix)\(name)\(self.attributes(attributes))>\(body)\(indentation)</\(prefix)\(name)>"
  }

  private func leaf(_ name: String, _ attributes: [(String, String)], _ text: String) -> String {
    "<\(prefix)\(name)\(self.attributes(attributes))>\(text)</\(prefix)\(name)>"
  }

  private func empty(_ name: String, _ attributes: [(String, String)]) -> String {
    let start = "<\(prefix)\(name)\(self.attributes(attributes))"
    return closesEmptyElements ? start + "/>" : "\(start)>\(indentation)</\(prefix)\(name)>"
  }
}
