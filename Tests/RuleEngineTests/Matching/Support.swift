import EventLog
import RuleEngine

/// An event of a provider with named values, as tests write it.
func event(
  _ provider: String = "TestProvider", _ eventID: Int? = 1, channel: String = "Application",
  data: KeyValuePairs<String, String> = [:], strings: [String] = [], userData: KeyValuePairs<String, String> = [:]
) -> Event {
  var event = Event()
  event.provider.name = provider
  event.eventID = eventID
  event.channel = channel
  event.computer = "EX01.example.com"
  event.data = data.map { DataItem(name: $0.key, value: $0.value) } + strings.map { DataItem(value: $0) }
  event.userData = userData.map { NamedValue(name: $0.key, value: $0.value) }
  return event
}

/// An event without payload, as it is read from a ticket.
func ticket(_ message: String, provider: String = "TestProvider", eventID: Int = 1) -> Event {
  var ticket = event(provider, eventID)
  ticket.rendering = RenderingInfo()
  ticket.rendering?.message = message
  return ticket
}

/// A test written as in a rule: `test("Image|endswith|cased", ["\\a.exe"])`.
func test(_ key: String, _ values: MatchValue...) throws(MatchError) -> FieldTest {
  let parts = key.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
  return try FieldTest.compile(field: parts[0], modifiers: Array(parts.dropFirst()), values: values)
}

/// Whether a test holds for an event whose field `Field` has a text.
func fits(_ text: String, _ key: String = "Field", _ values: MatchValue...) throws(MatchError) -> Bool {
  let parts = key.split(separator: "|").map(String.init)
  return try FieldTest.compile(field: parts[0], modifiers: Array(parts.dropFirst()), values: values)
    .matches(event(data: ["Field": text]))
}

/// A rule about a selection of tests.
func rule(
  _ id: String, _ tests: [FieldTest], _ change: (inout RuleDefinition) throws -> Void = { _ in }
) throws -> Rule {
  var definition = RuleDefinition(
    id: id, packID: "tests", title: LocalizedText(id), severity: .medium, condition: .single(.all(tests)),
    source: RuleSource(path: "tests.yaml", line: 1))
  try change(&definition)
  return Rule(definition)
}

/// The mistake that compiling something runs into.
func mistake(in body: () throws(MatchError) -> Void) -> MatchError? {
  do throws(MatchError) {
    try body()
    return nil
  } catch {
    return error
  }
}
