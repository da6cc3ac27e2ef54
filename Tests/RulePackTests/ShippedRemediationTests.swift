import Foundation
import RuleEngine
import ShippedRules
import TestSupport
import Testing

@Suite("shipped remediations") struct ShippedRemediationTests {
  private static let loaded = ShippedRules.load()
  private static let rules = RuleSet(loaded)
  private static var remediations: [Remediation] { rules.remediations.remediations }

  @Test("say what it means, when it is harmless, and how to contain, check, eradicate and recover")
  func complete() {
    #expect(Self.remediations.count >= 60)
    for remediation in Self.remediations {
      let steps = remediation.steps
      let texts = [steps.meaning, steps.harmless, steps.contain, steps.eradicate, steps.recover]
      #expect(texts.allSatisfy { $0?.english.isEmpty == false }, "\(remediation.id)")
      #expect(!steps.checks.isEmpty, "\(remediation.id)")
      #expect(steps.checks.allSatisfy { $0.expect != nil }, "\(remediation.id)")
    }
  }

  @Test("are those of the technique itself, where there are any")
  func subtechnique() throws {
    let text = """
      title: A SID was added
      id: 00000000-0000-0000-0000-000000000001
      tags: [attack.privilege-escalation, attack.t1134.005]
      logsource: {product: windows, service: security}
      detection: {selection: {EventID: 4765}, condition: selection}
      """
    let loaded = RulePackLoader.load([RuleFile(path: "a.yml", text: text)], adding: Self.loaded)
    let rule = try #require(loaded.rules.first { $0.sigma != nil })
    #expect(loaded.remediations.remediations(for: rule).map(\.id) == ["sid-history-injection"])
  }

  @Test("say nothing twice")
  func distinct() {
    var seen: [String: String] = [:]
    for remediation in Self.remediations {
      let steps = remediation.steps
      let texts = [steps.meaning, steps.contain, steps.eradicate, steps.recover].compactMap { $0?.english }
      for text in texts {
        #expect(seen[text] == nil, "\(remediation.id) and \(seen[text] ?? "")")
        seen[text] = remediation.id
      }
    }
  }

  @Test("never check with a command that changes something")
  func readOnly() {
    let changing = [
      "Remove-", "Set-", "Stop-", "Disable-", "Enable-", "New-", "Clear-", "Restart-", "Add-", " delete", " stop ",
      "reset",
    ]
    for remediation in Self.remediations {
      for check in remediation.steps.checks {
        guard case .run(let command) = check.action else { continue }
        let found = changing.filter { word in command.contains(word) && !command.contains("'\(word)") }
        #expect(found == [], "\(remediation.id): \(command)")
      }
    }
  }

  @Test("refer to the pages of the techniques that they are for")
  func references() {
    for remediation in Self.remediations {
      let pages = remediation.steps.references.filter { $0.hasPrefix("https://attack.mitre.org/techniques/") }
      let ids = pages.map { page in
        page.dropFirst(36).split(separator: "/").joined(separator: ".").lowercased()
      }
      let tags = remediation.targets.compactMap { target -> String? in
        if case .tag(let tag) = target, tag.hasPrefix("attack.t1") { String(tag.dropFirst(7)) } else { nil }
      }
      guard !tags.isEmpty else { continue }
      #expect(!ids.isEmpty, "\(remediation.id)")
      #expect(ids.allSatisfy(tags.contains), "\(remediation.id): \(ids) \(tags)")
    }
  }

  @Test(
    "cover every tactic",
    arguments: [
      "reconnaissance", "resource-development", "initial-access", "execution", "persistence", "privilege-escalation",
      "stealth", "defense-impairment", "defense-evasion", "credential-access", "discovery", "lateral-movement",
      "collection", "command-and-control", "exfiltration", "impact",
    ])
  func tactics(tactic: String) {
    #expect(Self.remediations.contains { $0.targets.contains(.tag("attack.\(tactic)")) })
    #expect(Self.rules.tables["attack-tactic"]?.words(for: tactic) != nil)
  }

  @Test(
    "cover the 40 techniques that rules name most, and leave no rule without a check and a remedy",
    .enabled(if: Corpus.isPresent))
  func corpus() throws {
    let folder = Corpus.root.appendingPathComponent("sigma/rules").path
    let loaded = try RulePackLoader.load(paths: [folder], adding: Self.loaded)
    let sigma = loaded.rules.filter { $0.sigma != nil }
    #expect(sigma.count > 2000)
    var uses: [String: Int] = [:]
    for rule in sigma {
      let steps = loaded.remediations.remediations(for: rule).map(\.steps)
      #expect(steps.contains { !$0.checks.isEmpty }, "\(rule.id)")
      #expect(steps.contains { $0.eradicate != nil && $0.contain != nil }, "\(rule.id)")
      for technique in rule.sigma?.techniques ?? [] {
        uses[technique, default: 0] += 1
        #expect(Self.rules.tables["attack-technique"]?.words(for: technique) != nil, "\(technique)")
      }
    }
    let frequent = uses.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(40)
    for (technique, _) in frequent {
      let tag = Remediation.Target.tag("attack.\(technique.lowercased())")
      #expect(Self.remediations.contains { $0.targets.contains(tag) }, "\(technique)")
    }
  }
}
