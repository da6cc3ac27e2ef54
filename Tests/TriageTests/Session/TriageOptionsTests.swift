import EventLog
import Testing
import Triage

@Suite("filters") struct TriageOptionsTests {
  @Test(
    "since and until take both ends, and let through what has no time",
    arguments: [(-1, false), (0, true), (60, true), (120, true), (121, false), (nil, true)] as [(Int?, Bool)])
  func times(seconds: Int?, passes: Bool) {
    var options = TriageOptions()
    options.since = after(0)
    options.until = after(120)
    #expect(options.includes(event("Mail", 1, at: seconds)) == passes)
  }

  @Test(
    "a computer is named by its full name or its first label",
    arguments: [
      ("EX01.example.com", "ex01.EXAMPLE.com", true), ("EX01.example.com", "ex01", true), ("EX01", "ex01", true),
      ("EX01", "ex01.example.com", false), ("EX011.example.com", "EX01", false), ("", "EX01", false),
    ])
  func computers(computer: String, wanted: String, passes: Bool) {
    var options = TriageOptions()
    options.computers = ["other", wanted]
    #expect(options.includes(event("Mail", 1, on: computer)) == passes)
  }

  @Test("a channel is named in any letter case", arguments: [("application", true), ("System", false), ("", false)])
  func channels(wanted: String, passes: Bool) {
    var options = TriageOptions()
    options.channels = [wanted]
    #expect(options.includes(event("Mail", 1, in: "Application")) == passes)
  }
}
