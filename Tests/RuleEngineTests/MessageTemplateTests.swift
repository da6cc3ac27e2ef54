import RuleEngine
import Testing

@Suite struct MessageTemplateTests {
  @Test(
    "templates are rendered",
    arguments: [
      ("plain", "plain"), ("{a}", "1"), ("x{a}y{b}z{a}", "x1y2z1"), ("{ a }", "1"), ("{{a}}", "{a}"),
      ("{{{a}}}", "{1}"), ("{unknown}", "{unknown}"), ("a } b", "a } b"), ("", ""), ("漢{a}字", "漢1字"),
    ])
  func rendering(template: String, expected: String) throws {
    #expect(try MessageTemplate(parsing: template).render { ["a": "1", "b": "2"][$0] } == expected)
  }

  @Test("placeholders are listed once, in order")
  func placeholders() throws {
    #expect(try MessageTemplate(parsing: "{b} {a} {b} {{c}}").placeholders == ["b", "a"])
  }

  @Test(
    "mistakes are named with their place",
    arguments: [
      ("é {a", 3, "'{' without '}'", "close the placeholder with '}', or write '{{' for a brace"),
      (
        "x{}", 1, "a placeholder without a name",
        "write the name of a parameter or field between braces, or '{{' for a brace"
      ),
      (
        "{a{b}", 0, "'{' inside a placeholder",
        "write the name of a parameter or field between braces, or '{{' for a brace"
      ),
    ])
  func mistakes(template: String, offset: Int, message: String, hint: String) {
    let error = #expect(throws: MessageTemplate.ParseError.self) { _ = try MessageTemplate(parsing: template) }
    #expect(error?.message == message)
    #expect(error?.hint == hint)
    #expect(error?.utf8Offset == offset)
  }

  @Test(
    "values are read back from a rendered text",
    arguments: [
      ("The {a} service failed.", "The Spooler service failed.", ["a": "Spooler"]),
      ("The {a} service failed.", "  the\tSpooler \r\n SERVICE failed. See the log.", ["a": "Spooler"]),
      ("Client {ip}.", "Client 192.0.2.10.", ["ip": "192.0.2.10"]),
      ("Client {ip}.", "Client 192.0.2.10.\nMore.", ["ip": "192.0.2.10"]),
      ("Error: {e}", "Error: it broke\nMore.", ["e": "it broke"]),
      ("{a}: {b}", "x: y: z", ["a": "x", "b": "y: z"]),
      ("{a} and {a}", "x and x", ["a": "x"]),
      ("A {a} B", "A  B", ["a": ""]),
      ("no values", "No values", [:]),
      ("{a}{b}!", "xy!", ["a": "", "b": "xy"]),
    ] as [(String, String, [String: String])])
  func extraction(template: String, text: String, expected: [String: String]) throws {
    #expect(try MessageTemplate(parsing: template).extract(from: text) == expected)
  }

  @Test(
    "a text that does not fit gives nothing",
    arguments: [
      ("The {a} service failed.", "The Spooler service stopped."), ("The {a} failed.", "Well, the disk failed."),
      ("{a} and {a}", "x and y"), ("The {a} failed.", ""), ("Client {ip}.", "Client 192.0.2.10"),
      ("no values", "no valuesx"),
    ])
  func misfits(template: String, text: String) throws {
    #expect(try MessageTemplate(parsing: template).extract(from: text) == nil)
  }
}
