import Foundation

/// What tells a file from others, whichever path or link leads to it.
enum FileIdentity: Sendable, Hashable {
  case stored(device: UInt64, number: UInt64)
  /// One that cannot be looked at.
  case unknown(path: String)
}

/// A rule file that has been read, or what is wrong with it.
struct RuleFileContent: Sendable {
  /// What tells the file from others.
  let identity: FileIdentity
  let path: String
  /// Its bytes; nil when it cannot be read.
  let bytes: [UInt8]?

  /// Reads a file, as much of it as is ever looked at.
  init(path: String) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    var status = stat()
    if descriptor >= 0, fstat(descriptor, &status) == 0 {
      identity = .stored(device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(status.st_ino))
    } else {
      identity = .unknown(path: path)
    }
    bytes = descriptor >= 0 ? Self.bytes(of: descriptor, expected: Int(status.st_size)) : nil
  }

  /// Its text; nil when it cannot be read or is no text.
  var text: String? { bytes.flatMap { String(bytes: $0, encoding: .utf8) } }

  /// What is wrong with a file that has no text.
  var unreadableDocument: PackDocument {
    guard let bytes else { return document("unreadable", "the file cannot be read", hint: "check its permissions") }
    return document(
      "bad-encoding", "the file is no UTF-8 text", text: String(decoding: bytes, as: UTF8.self),
      hint: "save it as UTF-8")
  }

  /// The bytes of a file; nil when it cannot be read. A pipe has more bytes than are expected.
  private static func bytes(of descriptor: Int32, expected: Int) -> [UInt8]? {
    let limit = YAMLReader.sizeLimit + 1
    var bytes: [UInt8] = []
    var capacity = min(limit, max(4096, expected + 1))
    while bytes.count < limit {
      var count = 0
      let part = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, size in
        count = read(descriptor, buffer.baseAddress, buffer.count)
        size = max(0, count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      if bytes.isEmpty { bytes = part } else { bytes += part }
      capacity = min(limit - bytes.count, 64 * 1024)
    }
    return bytes
  }

  /// A document that says what is wrong, with the place of the first character that is none.
  private func document(_ code: String, _ message: String, text: String? = nil, hint: String) -> PackDocument {
    let before = text?.prefix { $0 != "\u{FFFD}" } ?? ""
    let lines = before.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let column = (lines.last?.unicodeScalars.count ?? 0) + 1
    let log = IssueLog(path: path, text: text)
    log.error(code, message, at: ConfigMark(line: max(1, lines.count), column: column), hint: hint)
    return PackDocument(nodes: [], log: log)
  }
}
