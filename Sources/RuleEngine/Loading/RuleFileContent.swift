import Foundation

/// What tells a file from others, whichever path or link leads to it.
enum FileIdentity: Sendable, Hashable {
  case stored(device: UInt64, number: UInt64)
  /// One that cannot be looked at.
  case unknown(path: String)

  init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      self = .unknown(path: path)
      return
    }
    self = .stored(device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(status.st_ino))
  }
}

/// A rule file that has been read, or what is wrong with it.
struct RuleFileContent: Sendable {
  let path: String
  /// Its bytes, as many of them as are ever looked at; nil when it cannot be read.
  let bytes: [UInt8]?

  /// Reads a file.
  init(path: String) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    bytes = descriptor >= 0 ? Self.bytes(of: descriptor) : nil
  }

  /// Whether a path is that of a file, which can be read again.
  static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Its text; nil when it cannot be read or is no text.
  var text: String? { bytes.flatMap { String(bytes: $0, encoding: .utf8) } }

  private static func bytes(of descriptor: Int32) -> [UInt8]? {
    let limit = YAMLReader.sizeLimit + 1
    var status = stat()
    // What a file system says of sizes may be anything, and a pipe has none.
    let size = fstat(descriptor, &status) == 0 ? max(0, min(Int(status.st_size), limit - 1)) : 0
    var bytes: [UInt8] = []
    var capacity = max(4096, size + 1)
    while bytes.count < limit {
      var count = 0
      let part = [UInt8](unsafeUninitializedCapacity: min(capacity, limit - bytes.count)) { buffer, used in
        count = read(descriptor, buffer.baseAddress, buffer.count)
        used = max(0, count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if bytes.isEmpty { bytes = part } else { bytes += part }
      if count == 0 || (size > 0 && bytes.count == size) { break }
      capacity = 64 * 1024
    }
    return bytes
  }

  /// A document that says why there is no text, with the place of the first character that is none.
  func unreadable() -> PackDocument {
    guard let bytes else { return document("unreadable", "the file cannot be read", hint: "check its permissions") }
    return document(
      "bad-encoding", "the file is no UTF-8 text", text: String(decoding: bytes, as: UTF8.self),
      hint: "save it as UTF-8")
  }

  private func document(_ code: String, _ message: String, text: String? = nil, hint: String) -> PackDocument {
    let before = text?.prefix { $0 != "\u{FFFD}" } ?? ""
    let lines = before.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let column = (lines.last?.unicodeScalars.count ?? 0) + 1
    let log = IssueLog(path: path, text: text)
    log.error(code, message, at: ConfigMark(line: max(1, lines.count), column: column), hint: hint)
    return PackDocument(nodes: [], log: log)
  }
}
