public import EventLog

/// Everything that was read of an input.
public struct ReadResult {
  /// The events in order.
  public var events: [Event] = []
  /// The counts and the damaged places.
  public var tally = ReadingTally()
  /// What stopped the reading, if anything did.
  public var failure: InputFailure?
  /// The SHA-256 of the input.
  public var sha256: String?
  /// The format that the content showed.
  public var format: InputFormat?
  /// The encoding that the content showed.
  public var encoding: TextEncoding?
}

/// Reads an input whole.
public func readAll(_ source: InputSource, limits: ReadingLimits = ReadingLimits()) -> ReadResult {
  var result = ReadResult()
  do throws(InputFailure) {
    let reader = try EventReader(source, limits: limits)
    result.format = reader.format
    result.encoding = reader.encoding
    while let chunk = try reader.next() {
      result.tally.append(chunk.decode { result.events.append($0) })
    }
    result.sha256 = reader.sha256
  } catch {
    result.failure = error
  }
  return result
}

/// Reads bytes whole.
public func readAll(_ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()) -> ReadResult {
  readAll(InputSource(origin: .memory(bytes), name: "memory"), limits: limits)
}

/// Reads a text whole, as UTF-8.
public func readAll(_ text: String, limits: ReadingLimits = ReadingLimits()) -> ReadResult {
  readAll(Array(text.utf8), limits: limits)
}

/// Reads a file whole.
public func readAll(path: String, limits: ReadingLimits = ReadingLimits()) -> ReadResult {
  readAll(InputSource(origin: .file(path: path), name: path), limits: limits)
}
