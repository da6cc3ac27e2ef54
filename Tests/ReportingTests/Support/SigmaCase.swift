import EventLog
import RuleEngine
import TestSupport
import Testing
import Triage

/// A report by Sigma rules, with remediations.
enum SigmaCase {
  /// Two rules of one technique and one whose log source is not known; texts of authors are a value where one is given.
  static func rules(text: String? = nil) throws -> RuleSet {
    let basis = RuleFile(
      path: "basis.yaml",
      text: """
        logsources:
          - {product: windows, category: process_creation, match: {Channel: Sysmon, EventID: 1}}
          - {product: windows, service: bits-client, match: {Channel: Bits}}
        tables:
          attack-technique: {T1059.001: \(text ?? "PowerShell")}
          attack-tactic: {execution: \(text ?? "Execution")}
        remediations:
          - id: powershell
            for: {tag: attack.t1059.001}
            title: \(text ?? "PowerShell ran")
            meaning: \(text ?? "Someone used PowerShell.")
            harmless: \(text ?? "an administrator did")
            contain: \(text ?? "Unplug it.")
            check: [{run: \(text ?? "quser"), on: \(text ?? "the server"), expect: \(text ?? "nobody")}]
            eradicate: \(text ?? "Remove the script.")
            recover: \(text ?? "Change the password.")
            references: [https://attack.mitre.org/techniques/T1059/001/]
          - {id: rest, for: {any: true}, title: Is this an attack, recover: Look closer.}
        """)
    let sigma = [
      rule(
        "Encoded command", id: 1, "CommandLine|contains: ' -enc '", tags: "attack.execution, attack.t1059.001", text),
      rule("User ran it", id: 2, "User: admin", tags: "attack.t1059.001", text),
      rule("Bits", id: 3, "X: 1", tags: "attack.t1197", text, source: "service: bits-client"),
      rule("Elsewhere", id: 4, "X: 1", tags: "attack.t1197", text, source: "service: nowhere"),
    ]
    let base = RulePackLoader.load([basis])
    try #require(base.issues == [])
    return RuleSet(RulePackLoader.load(sigma, adding: base))
  }

  private static func rule(
    _ title: String, id: Int, _ test: String, tags: String, _ text: String?,
    source: String = "category: process_creation"
  ) -> RuleFile {
    RuleFile(
      path: "sigma/\(id).yml",
      text: """
        title: \(text ?? title)
        id: 929a690e-bef0-4204-a928-ef5e620d6fc\(id)
        status: test
        description: \(text ?? "Detects it.")
        author: \(text ?? "Jane Doe")
        date: 2026-01-02
        references: [https://example.com/sigma]
        tags: [\(tags)]
        logsource: {product: windows, \(source)}
        detection:
          selection: {\(test)}
          condition: selection
        falsepositives: [\(text ?? "Installers"), Unknown]
        level: high
        """)
  }

  static func report() async throws -> Report {
    let events = (0..<3).map { index in
      var found = event("Sysmon", 1, at: index, in: "Sysmon")
      found.data = [
        DataItem(name: "CommandLine", value: "powershell.exe -Enc AAAA\(index)"),
        DataItem(name: "User", value: index == 0 ? "Admin" : "someone"),
      ]
      return found
    }
    return await ReportingTests.report(
      on: [InputSource(text: EventXML.export(events), name: "a.xml")], rules: try rules())
  }
}
