import Foundation

/// A rule file that has been read but not parsed.
public struct RuleFile: Sendable, Hashable {
  /// The file's name for messages.
  public var path: String
  /// Its text, YAML.
  public var text: String

  /// Makes a file.
  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// What loading came to: a mistake in one rule never stops the others.
public struct LoadedRules: Sendable {
  /// The rules that can run.
  public var rules: [Rule] = []
  /// The packs they are from.
  public var packs: [RulePack] = []
  /// What the packs know about the answers of mail servers.
  public var answers = AnswerCatalog.empty
  /// Every mistake, in the order of files and lines.
  public var issues: [RuleIssue] = []
  /// Rules whose log source is not known here, so that they would have to be run over everything.
  public var notApplicable: [NotApplicableRule] = []
  /// What to do about findings of rules that do not say so themselves.
  public var remediations = RemediationCatalog()
  /// The value tables that packs share, by name.
  var tables: [String: ValueTable] = [:]
  /// What Sigma's log sources mean.
  var logSources = LogSourceMap()

  /// Makes an empty result.
  public init() {}
}

/// A Sigma rule that was understood, but whose log source means no events here.
public struct NotApplicableRule: Sendable, Hashable {
  /// The rule's ID.
  public var id: String
  /// The rule's title.
  public var title: String
  /// The log source, as written.
  public var logSource: SigmaLogSource
  /// Where the rule stands.
  public var source: RuleSource
}

/// Loads rule packs.
public enum RulePackLoader {
  /// A path that cannot be read.
  public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence that says what is wrong.
    public var description: String
  }

  /// Loads files and directories (every `*.yaml` and `*.yml` below, in the order of their paths).
  ///
  /// - Parameters:
  ///   - paths: The files and directories.
  ///   - base: Rules that were loaded before, whose IDs, tags and tables these may refer to.
  ///   - options: How files are read.
  /// - Returns: The rules of all files and of the base, and every mistake.
  /// - Throws: A path that does not exist, or a directory without rule files.
  public static func load(
    paths: [String], adding base: LoadedRules = LoadedRules(), options: RuleLoadingOptions = RuleLoadingOptions()
  ) throws(Failure) -> LoadedRules {
    let (result, cache) = inParallel({ Result { () throws(Failure) in try RuleFileFinder.paths(of: paths) } }) {
      options.cachePath.map { RuleCache(path: $0) }
    }
    let found = try result.get()
    // More than one path or link may lead to a file.
    var seen: Set<FileIdentity> = []
    let distinct = zip(found, found.parallelMap(FileIdentity.init)).filter { seen.insert($1).inserted }.map(\.0)
    let files = distinct.parallelMap { document(RuleFileContent(path: $0), cache) }
    let loaded = PackCompiler(base: base, options: options).compile(files.map(\.document))
    cache?.save(files.compactMap { document, entry in entry?.noting(hasMistakes: !document.log.issues.isEmpty) })
    releaseElsewhere(files)
    return loaded
  }

  /// Loads files that have been read.
  public static func load(
    _ files: [RuleFile], adding base: LoadedRules = LoadedRules(), options: RuleLoadingOptions = RuleLoadingOptions()
  ) -> LoadedRules {
    PackCompiler(base: base, options: options).compile(files.parallelMap(document))
  }

  private static func document(_ file: RuleFile) -> PackDocument {
    let log = IssueLog(path: file.path, text: file.text)
    return PackDocument(nodes: YAMLReader(text: file.text, log: log).documents(), log: log)
  }

  private static func document(
    _ content: RuleFileContent, _ cache: RuleCache?
  ) -> (document: PackDocument, entry: RuleCache.Entry?) {
    var entry = content.bytes.flatMap { cache?.entry(for: $0) }
    if let entry, let nodes = entry.nodes {
      // The text is read again when there is something to tell, and takes no memory until then.
      let path = content.path
      let text = OnDemand { RuleFileContent.isRegular(path) ? RuleFileContent(path: path).text : nil }
      let log = IssueLog(path: path, text: text)
      return (PackDocument(nodes: nodes, log: log, isKnown: !entry.hasMistakes), entry)
    }
    guard let text = content.text else { return (content.unreadable(), nil) }
    let document = document(RuleFile(path: content.path, text: text))
    // What is no valid YAML is read again next time, to tell its mistakes again.
    if document.log.issues.isEmpty { entry?.keep(document.nodes) }
    return (document, entry)
  }
}

/// The content of a rule file, whichever form it was stored in.
struct PackDocument: Sendable {
  /// Its documents; one for a pack, one or more for a file of Sigma rules.
  var nodes: [ConfigNode]
  var log: IssueLog
  /// Whether the file was read before without a mistake.
  var isKnown = false
}

extension RulePackLoader {
  /// Writes packs in the compact form that travels inside the binary.
  ///
  /// - Returns: The text of each file's form; an empty one for a file that cannot be read.
  package static func compact(_ file: RuleFile) -> String {
    let log = IssueLog(path: file.path, text: file.text)
    return YAMLReader(text: file.text, log: log).documents().map(ConfigNodeCoder.encode).joined()
  }

  /// Loads packs from their compact form.
  ///
  /// - Parameters:
  ///   - files: The packs.
  ///   - name: A provider or a rule's ID; packs that do not have it anywhere are passed over.
  /// - Returns: The rules, and every pack that is damaged.
  package static func load(
    compact files: [(path: String, text: StaticString)], mentioning name: String? = nil
  ) -> LoadedRules {
    // Whatever is asked for, tables and log sources may belong to it.
    let wanted = name.map { name in
      files.filter { mentions(name, $0.text) || mentions(":tables", $0.text) || mentions(":logsources", $0.text) }
    }
    let documents = (wanted ?? files).parallelMap { file in
      let log = IssueLog(path: file.path, text: nil)
      let nodes = (try? ConfigNodeCoder.decode(StoredBytes(file.text))) ?? []
      if nodes.isEmpty { log.error("damaged", "the shipped pack is damaged", at: ConfigMark(line: 1, column: 1)) }
      return PackDocument(nodes: nodes, log: log)
    }
    let loaded = PackCompiler(base: LoadedRules(), isTrusted: true).compile(documents)
    releaseElsewhere(documents)
    return loaded
  }

  private static func mentions(_ name: String, _ text: StaticString) -> Bool {
    var needle = name.lowercased()
    return needle.withUTF8 { needle in
      text.withUTF8Buffer { bytes in
        guard ByteSearch.firstNonASCII(in: needle) == nil else { return true }
        return needle.count <= bytes.count
          && ByteSearch.firstIndex(of: needle, in: bytes, range: 0..<bytes.count, ignoringCase: true) != nil
      }
    }
  }
}
