import Foundation
import RuleEngine
import Testing

/// The cache of rule files: faster or not, the rules are the same.
@Suite struct RuleCacheTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rule-cache-\(UUID())")

  private var cache: String { folder.appendingPathComponent("deep/cache").path }
  private var rules: String { folder.appendingPathComponent("rules").path }

  /// Enough rules to be worth a cache.
  private func writeRules(count: Int = 300) throws {
    try FileManager.default.createDirectory(atPath: rules, withIntermediateDirectories: true)
    for number in 0..<count {
      let id = "00000000-0000-0000-0000-\(String(1_000_000_000_000 + number).dropFirst())"
      let values = (0..<20).map { "'value \(number) \($0) ä'" }.joined(separator: ", ")
      let rule = sigmaRule("a: {A|contains: [\(values)]}\ncondition: a", id: id)
      try rule.write(toFile: "\(rules)/\(number).yml", atomically: false, encoding: .utf8)
    }
  }

  private func load() throws -> LoadedRules {
    var options = RuleLoadingOptions()
    options.cachePath = cache
    return try RulePackLoader.load(paths: [rules], adding: logSources, options: options)
  }

  private func fingerprint(_ loaded: LoadedRules) -> String { RuleSet(rules: loaded.rules, packs: []).fingerprint }

  @Test("whatever happened to the cache, the same rules are read")
  func robust() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeRules()
    let first = try load()
    #expect(first.rules.count == 300)
    #expect(first.issues == [])
    let whole = try Data(contentsOf: URL(fileURLWithPath: cache))
    #expect(whole.count > 100_000)
    let expected = fingerprint(first)
    #expect(fingerprint(try load()) == expected)

    var flipped = whole
    flipped[whole.count / 2] ^= 1
    let damages = [
      Data(), whole.prefix(10), whole.prefix(whole.count / 2), whole.dropLast(), flipped, Data(whole.reversed()),
      Data("evtriage rule cache 0\n".utf8) + whole.dropFirst(22), whole + Data("x".utf8),
    ]
    for damage in damages {
      try damage.write(to: URL(fileURLWithPath: cache))
      #expect(fingerprint(try load()) == expected)
      #expect(try Data(contentsOf: URL(fileURLWithPath: cache)) == whole)
    }
  }

  @Test("a changed file is read anew, and only what is in use is kept")
  func stale() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeRules()
    let before = fingerprint(try load())
    let path = "\(rules)/7.yml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("value 7 3", with: "value 7 X").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(fingerprint(try load()) != before)
    let size = try Data(contentsOf: URL(fileURLWithPath: cache)).count
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(fingerprint(try load()) == before)
    #expect(try Data(contentsOf: URL(fileURLWithPath: cache)).count == size)
  }

  @Test("mistakes are told every time")
  func mistakes() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeRules()
    try "title: [".write(toFile: "\(rules)/bad.yml", atomically: true, encoding: .utf8)
    try sigmaRule("a: {A|xyz: 1}\ncondition: a", id: "929a690e-bef0-4204-a928-ef5e620d6fcc")
      .write(toFile: "\(rules)/wrong.yml", atomically: true, encoding: .utf8)
    try sigmaRule("a: {A: 1}\ncondition: a", id: "no-uuid", more: "tags: [atack.t1003]\nstatus: tset\n")
      .write(toFile: "\(rules)/doubtful.yml", atomically: true, encoding: .utf8)
    let first = try load().issues
    #expect(first.map(\.code) == ["yaml-syntax", "bad-id", "bad-tag", "bad-status", "unknown-modifier"])
    for _ in 0..<2 { #expect(try load().issues == first) }
  }

  @Test("remembered rules say the same of themselves")
  func texts() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeRules()
    let more = """
      name: a_name
      status: test
      description: |
        It means “this”.
      author: An Author
      references: [https://example.com/page, a book]
      date: 2024/05/01
      falsepositives: [Administrators]
      fields: [A, B]
      tags: [attack.t1003.001, attack.credential-access]
      related: [{id: 929a690e-bef0-4204-a928-ef5e620d6fcc, type: similar}]

      """
    try sigmaRule("a: {A: 1}\ncondition: a", id: "31111111-1111-1111-1111-111111111111", more: more)
      .write(toFile: "\(rules)/full.yml", atomically: true, encoding: .utf8)
    let (first, second) = (try load(), try load())
    try FileManager.default.removeItem(atPath: cache)
    #expect(first.issues == [] && second.issues == [])
    #expect(second.rules.map(\.sigma) == first.rules.map(\.sigma))
    #expect(second.rules.map(\.guidance) == first.rules.map(\.guidance))
    #expect(second.rules.map(\.tags) == first.rules.map(\.tags))
    let rule = try #require(second.rules.last)
    #expect(rule.sigma?.author == "An Author" && rule.sigma?.date == "2024-05-01" && rule.sigma?.name == "a_name")
    #expect(rule.guidance.references == ["https://example.com/page"])
  }

  @Test("what files say about each other is told, though each alone is as it was")
  func conflicts() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeRules()
    #expect(try load().issues == [])
    let other = sigmaRule("a: {A: 1}\ncondition: a", id: "00000000-0000-0000-0000-000000000007")
    try other.write(toFile: "\(rules)/0.yml", atomically: true, encoding: .utf8)
    for _ in 0..<2 { #expect(try load().issues.map(\.code) == ["duplicate-id"]) }
    try FileManager.default.removeItem(atPath: "\(rules)/0.yml")
    for _ in 0..<2 { #expect(try load().issues == []) }
  }

  @Test("a cache that cannot be written is done without")
  func unwritable() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeRules()
    try Data().write(to: folder.appendingPathComponent("deep"))
    #expect(try load().rules.count == 300)
  }

  @Test("a few rules need no cache")
  func small() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeRules(count: 3)
    #expect(try load().rules.count == 3)
    #expect(!FileManager.default.fileExists(atPath: cache))
  }
}
