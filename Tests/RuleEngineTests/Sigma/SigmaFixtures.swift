import EventLog
import RuleEngine

/// What log sources mean in these tests.
let logSources = RulePackLoader.load([
  RuleFile(
    path: "logsources.yaml",
    text: """
      logsources:
        - {product: windows}
        - {product: windows, service: security, match: {Channel: Security}}
        - {product: windows, service: sysmon, match: {Channel: Sysmon}}
        - {product: windows, category: process_creation, service: sysmon, match: {Channel: Sysmon, EventID: 1}}
        - product: windows
          category: process_creation
          service: security
          match: {Channel: Security, EventID: 4688}
          fields:
            Image: NewProcessName
            IntegrityLevel: {name: MandatoryLabel, values: {High: S-1-16-12288}}
        - {product: windows, category: file_event, service: sysmon, match: {Channel: Sysmon, EventID: 11}}
      """)
])

/// Loads Sigma rules on the log sources of these tests.
func loadSigma(_ texts: String..., path: String = "rules/rule.yml") -> LoadedRules {
  let files = texts.enumerated().map {
    RuleFile(path: $0.offset == 0 ? path : "rules/rule\($0.offset).yml", text: $0.element)
  }
  return RulePackLoader.load(files, adding: logSources)
}

/// A rule with a detection, and what else a Sigma rule must have.
func sigmaRule(
  _ detection: String, logsource: String = "{product: windows}", id: String = "929a690e-bef0-4204-a928-ef5e620d6fcc",
  more: String = ""
) -> String {
  let body = detection.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(
    separator: "\n")
  return "title: Test rule\nid: \(id)\nlogsource: \(logsource)\n\(more)detection:\n\(body)\n"
}

/// An event of Sysmon.
func sysmon(_ eventID: Int, _ data: KeyValuePairs<String, String> = [:]) -> Event {
  event("Microsoft-Windows-Sysmon", eventID, channel: "Sysmon", data: data)
}

/// An event of the Security log.
func security(_ eventID: Int, _ data: KeyValuePairs<String, String> = [:]) -> Event {
  event("Microsoft-Windows-Security-Auditing", eventID, channel: "Security", data: data)
}
