import Foundation

/// One input to read events from: a file, or standard input.
public struct InputSource: Sendable, Hashable {
  /// Where the bytes come from.
  public enum Origin: Sendable, Hashable {
    /// A file on disk, plain or compressed with gzip.
    case file(path: String)
    /// Standard input.
    case standardInput
    /// Bytes in memory, for tests and callers that hold the text already.
    case memory([UInt8])
  }

  /// Where the bytes come from.
  public var origin: Origin
  /// The name that the report shows.
  public var name: String

  /// Makes a source.
  public init(origin: Origin, name: String) {
    self.origin = origin
    self.name = name
  }

  /// Makes a source of text in memory.
  public init(text: String, name: String = "text") {
    self.init(origin: .memory(Array(text.utf8)), name: name)
  }
}

extension InputSource {
  /// What a list of arguments stands for.
  public struct Expansion: Sendable {
    /// The inputs, directories expanded, in a fixed order and without doubles.
    public var sources: [InputSource] = []
    /// The arguments that stand for nothing readable.
    public var failures: [InputFailure] = []
  }

  /// Expands arguments: `-` is standard input, a directory stands for every `*.xml` and `*.xml.gz` below it in the
  /// order of their paths, anything else is a file.
  public static func expand(_ arguments: [String]) -> Expansion {
    var expansion = Expansion()
    var seen = Set<String>()
    func add(_ source: InputSource, key: String) {
      if seen.insert(key).inserted { expansion.sources.append(source) }
    }
    for argument in arguments {
      if argument == "-" {
        add(InputSource(origin: .standardInput, name: "standard input"), key: "-")
        continue
      }
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: argument, isDirectory: &isDirectory) else {
        expansion.failures.append(InputFailure(input: argument, reason: .notFound))
        continue
      }
      guard isDirectory.boolValue else {
        add(InputSource(origin: .file(path: argument), name: argument), key: canonical(argument))
        continue
      }
      let files = exportedFiles(below: argument)
      if files.isEmpty { expansion.failures.append(InputFailure(input: argument, reason: .emptyDirectory)) }
      for file in files { add(InputSource(origin: .file(path: file), name: file), key: canonical(file)) }
    }
    return expansion
  }

  private static func canonical(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// Symbolic links to directories are not followed, so a loop of links cannot trap the walk.
  private static func exportedFiles(below directory: String) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: directory) else { return [] }
    var files: [String] = []
    for case let relative as String in walk {
      let name = relative.lowercased()
      guard name.hasSuffix(".xml") || name.hasSuffix(".xml.gz") else { continue }
      let path = directory.hasSuffix("/") ? directory + relative : directory + "/" + relative
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
        continue
      }
      files.append(path)
    }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
