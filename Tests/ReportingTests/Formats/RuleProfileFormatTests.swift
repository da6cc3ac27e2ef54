import EventLog
import RuleEngine
import TestSupport
import Testing
import Triage

@testable import Reporting

@Suite struct RuleProfileFormatTests {
  private static let pack = """
    pack: test
    title: Test rules
    rules:
      - {id: b, title: "A \\u001b[31mtitle", match: {Provider_Name: Disk, EventID: [1, 2]}, severity: low}
      - {id: a, title: Numbers, match: {Provider_Name: Disk, "Data|gt": [5, 7]}, severity: low}
      - {id: c, title: Never, match: {Provider_Name: Other, "Data|gt": 5}, severity: low}
    """

  @Test("the most expensive rules come first, whatever the number of threads", arguments: [1, 4])
  func table(jobs: Int) async throws {
    let rules = try rules(Self.pack)
    let profiler = RuleProfiler()
    var options = TriageOptions()
    options.jobs = jobs
    let events = [event("Disk", 1, "4"), event("Disk", 3, "6"), event("Disk", 2, "9"), event("Other", 9)]
    let inputs = events.map { event in
      InputSource(origin: .memory(Array(EventXML.export([event]).utf8)), name: "memory")
    }
    _ = await TriageSession(rules: rules, options: options, profiler: profiler).run(inputs)
    #expect(
      RuleProfileFormat(rules: rules).text(of: profiler.profile) == """
              tests  looked at    matches  rule
                  4          3          2  a (Numbers)
                  0          1          0  c (Never)

        """)
  }

  @Test("a run without events says so")
  func nothing() throws {
    #expect(RuleProfileFormat(rules: try rules(Self.pack)).text(of: RuleProfile()).hasPrefix("No rule"))
  }
}
