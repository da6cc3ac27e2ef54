import Foundation
import RuleEngine
import Testing

/// Many rule files at once: which are found, and in which order things are told, whatever thread reads them.
@Suite struct RuleFolderTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rule-folder-\(UUID())").path

  private func write(_ text: String, _ path: String) throws {
    let file = URL(fileURLWithPath: folder + "/" + path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: false, encoding: .utf8)
  }

  private func pack(_ id: String, severity: String = "high") -> String {
    """
    rules:
      - id: \(id)
        title: A title
        match: {Provider_Name: Demo, EventID: 1}
        severity: \(severity)
        tests: [{fires: {Provider_Name: Demo, EventID: 1}}]
    """
  }

  @Test("every rule file below a folder is read once, in the order of paths")
  func files() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write(pack("third"), "b/third.yml")
    try write(pack("first"), "a/deep/first.yaml")
    try write(pack("second"), "b/second.yaml")
    try write(pack("fourth"), "b/UPPER.YML")
    try write(pack("fifth"), "b/Mixed.Yaml")
    try write("no rule", "b/notes.txt")
    try write("no rule", "b/xyml")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: folder + "/z.yaml", withDestinationPath: folder + "/a/deep/first.yaml")
    try manager.createSymbolicLink(atPath: folder + "/c", withDestinationPath: folder)
    let loaded = try RulePackLoader.load(paths: [folder, folder + "/", folder + "/b/../b/third.yml"])
    #expect(loaded.issues == [])
    #expect(loaded.rules.map(\.id) == ["first", "fifth", "fourth", "second", "third"])
    #expect(loaded.rules.first?.source.path == folder + "/a/deep/first.yaml")
  }

  @Test("a pipe in a folder is passed over, and a link that leads nowhere is named")
  func noFiles() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write(pack("first"), "first.yaml")
    try #require(mkfifo(folder + "/pipe.yaml", 0o600) == 0)
    try FileManager.default.createSymbolicLink(atPath: folder + "/nowhere.yml", withDestinationPath: folder + "/gone")
    let loaded = try RulePackLoader.load(paths: [folder])
    #expect(loaded.rules.map(\.id) == ["first"])
    #expect(loaded.issues.map(\.path) == [folder + "/nowhere.yml"])
    #expect(loaded.issues.map(\.code) == ["unreadable"])
  }

  @Test("a file that says it is larger than anything is refused as too large")
  func sparse() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("", "sparse.yaml")
    // As large as the file system allows.
    var size: off_t = .max
    while truncate(folder + "/sparse.yaml", size) != 0, size > 1 << 30 { size /= 2 }
    #expect(try RulePackLoader.load(paths: [folder]).issues.map(\.code) == ["too-large"])
  }

  @Test("a folder that cannot be read is named")
  func closedFolder() throws {
    defer {
      chmod(folder + "/closed", 0o700)
      try? FileManager.default.removeItem(atPath: folder)
    }
    try write(pack("first"), "first.yaml")
    try write(pack("second"), "closed/second.yaml")
    try #require(chmod(folder + "/closed", 0) == 0)
    // The superuser may read anything.
    let mayRead = access(folder + "/closed", R_OK) == 0
    let loaded = try RulePackLoader.load(paths: [folder])
    #expect(loaded.issues.map(\.path) == (mayRead ? [] : [folder + "/closed/"]))
    #expect(loaded.rules.map(\.id) == (mayRead ? ["second", "first"] : ["first"]))
  }

  @Test("the same file by another link is read once")
  func hardLinks() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write(pack("first"), "first.yaml")
    try FileManager.default.linkItem(atPath: folder + "/first.yaml", toPath: folder + "/second.yaml")
    let loaded = try RulePackLoader.load(paths: [folder])
    #expect(loaded.issues == [])
    #expect(loaded.rules.map(\.id) == ["first"])
  }

  @Test("a folder without rules, and one that is not there, are refused")
  func refused() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("no rule", "notes.txt")
    #expect(throws: RulePackLoader.Failure.self) { try RulePackLoader.load(paths: [folder]) }
    #expect(throws: RulePackLoader.Failure.self) { try RulePackLoader.load(paths: [folder + "/absent"]) }
  }

  @Test("mistakes come in the order of files, as when the files are read one by one")
  func order() {
    let files = (0..<300).map { number in
      RuleFile(
        path: "rules/\(number).yaml",
        text: pack("rule-\(number % 250)", severity: number.isMultiple(of: 3) ? "hihg" : "high") + "\nextra: 1\n")
    }
    let alone = files.flatMap { RulePackLoader.load([$0]).issues }
    let together = RulePackLoader.load(files)
    #expect(together.issues.map(\.path) == together.issues.map(\.path).sorted { number($0) < number($1) })
    #expect(together.issues.filter { $0.code != "duplicate-id" } == alone)
    #expect(together.issues.count { $0.code == "duplicate-id" } == 17)
    for _ in 0..<5 { #expect(RulePackLoader.load(files).issues == together.issues) }
  }

  @Test("a mistake names the rule that it is in")
  func names() throws {
    let sigma = loadSigma("title: A rule\nlogsource: {product: windows}\ndetection: {s: {A|containz: b}, condition: s}")
    #expect(sigma.issues.map(\.rule) == ["A rule"])
    let headline = try #require(sigma.issues.first).headline
    #expect(headline == "rules/rule.yml:3:19: error: unknown modifier 'containz' [unknown-modifier] in rule 'A rule'")
    let own = RulePackLoader.load([RuleFile(path: "a.yaml", text: pack("mine", severity: "hihg"))])
    #expect(own.issues.map(\.rule) == ["mine"])
  }

  private func number(_ path: String) -> Int { Int(path.dropFirst(6).dropLast(5)) ?? -1 }

  @Test("a condition that is an empty list is refused")
  func emptyCondition() {
    let issues = loadSigma(sigmaRule("a: {A: 1}\ncondition: []")).issues
    #expect(issues.map(\.message) == ["the condition is empty"])
    #expect(issues.map(\.line) == [6])
  }
}
