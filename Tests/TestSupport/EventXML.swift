public import EventLog

/// Writes events as Event Viewer and `wevtutil` export them.
public enum EventXML {
  /// One event.
  public static func text(_ event: Event) -> String {
    let data = event.data.map { item in
      let name = item.name.map { " Name='\(escaped($0))'" } ?? ""
      return "<Data\(name)>\(escaped(item.value))</Data>"
    }
    let time = event.timeCreated.map { "<TimeCreated SystemTime='\($0)'/>" } ?? ""
    return """
      <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
      <Provider Name='\(escaped(event.provider.name))'/><EventID>\(event.eventID ?? 0)</EventID>\
      <Level>\(event.level?.rawValue ?? 4)</Level>\(time)<EventRecordID>\(event.recordID ?? 1)</EventRecordID>\
      <Channel>\(escaped(event.channel))</Channel><Computer>\(escaped(event.computer))</Computer></System>\
      <EventData>\(data.joined())</EventData></Event>
      """
  }

  /// An export of several events.
  public static func export(_ events: [Event]) -> String {
    "<Events>\n" + events.map { text($0) + "\n" }.joined() + "</Events>\n"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("'", with: "&apos;")
  }
}
