/// An input that could not be read, as a whole or from some point on.
public struct InputFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// Why.
  public enum Reason: Error, Sendable, Hashable {
    /// Nothing has this name.
    case notFound
    /// The directory holds no `*.xml` or `*.xml.gz`.
    case emptyDirectory
    /// The operating system refused; its own words.
    case system(String)
    /// The compressed data is damaged at this byte of the file.
    case damagedGzip(byteOffset: UInt64)
    /// The file is no event export that can be read.
    case unsupported(ForeignFormat)
    /// The file declares a document type, which no exporter writes and which could declare entities.
    case documentType
    /// The text is in UTF-32.
    case utf32
  }

  /// The input's name.
  public var input: String
  /// Why it could not be read.
  public var reason: Reason

  /// Makes a failure.
  public init(input: String, reason: Reason) {
    self.input = input
    self.reason = reason
  }

  /// A sentence that says what is wrong and what to do.
  public var description: String { "\(input): \(explanation)" }

  /// What is wrong and what to do, without the input's name.
  public var explanation: String {
    switch reason {
    case .notFound:
      "no such file or directory; check the path."
    case .emptyDirectory:
      "the directory has no *.xml or *.xml.gz below it; name the files themselves if they end otherwise."
    case .system(let message):
      "cannot be read: \(message)."
    case .damagedGzip(let byteOffset):
      "the gzip data is damaged at byte \(byteOffset); events before that place were read. Copy the file again."
    case .unsupported(let format):
      format.explanation
    case .documentType:
      "declares a document type (<!DOCTYPE …>), which no event export does and which can hide entity bombs; refused. "
        + "Remove the declaration if you trust the file."
    case .utf32:
      "the text is in UTF-32; save it as UTF-8 or UTF-16."
    }
  }
}

/// What a file looks like that is no event export evtriage reads.
public enum ForeignFormat: Sendable, Hashable {
  /// No bytes, or white space only.
  case empty
  /// A binary Windows event log (`.evtx`).
  case evtx
  /// A binary event log of Windows XP or Server 2003 (`.evt`).
  case evt
  /// JSON.
  case json
  /// Comma-separated or tab-separated values.
  case csv
  /// A web page.
  case html
  /// Event XML whose markup is escaped (`&lt;Event`).
  case escapedXML
  /// XML with another vocabulary; its first element's name.
  case otherXML(rootElement: String)
  /// A container or another binary format; its name.
  case binary(String)
  /// Text that is nothing of the above.
  case text

  /// What it looks like and what to run instead.
  public var explanation: String {
    switch self {
    case .empty:
      "the file is empty; export the log again, and check that the export command had the right to read it."
    case .evtx:
      "this is a binary event log (.evtx). On Windows run: wevtutil qe FILE.evtx /lf:true /f:xml /e:Events > FILE.xml "
        + "(anywhere: evtx_dump FILE.evtx > FILE.xml), then feed the XML."
    case .evt:
      "this is a binary event log of Windows XP or 2003 (.evt). Open it in Event Viewer, save it as .evtx, then run: "
        + "wevtutil qe FILE.evtx /lf:true /f:xml /e:Events > FILE.xml"
    case .json:
      "this looks like JSON. Export the events as XML: wevtutil qe LOG /f:xml /e:Events > LOG.xml, "
        + "or evtx_dump -o xml FILE.evtx > FILE.xml"
    case .csv:
      "this looks like CSV, which lacks the events' fields. Export XML instead: "
        + "wevtutil qe LOG /f:xml /e:Events > LOG.xml, or Event Viewer, Save All Events As, XML."
    case .html:
      "this is a web page. Export the events as XML: wevtutil qe LOG /f:xml /e:Events > LOG.xml"
    case .escapedXML:
      "the event XML is escaped (&lt;Event …), as copied from a web page. Replace &lt; &gt; &quot; and &amp; by the "
        + "characters they stand for, or export the event again."
    case .otherXML(let root):
      "this is XML, but its first element is <\(root)> and it has no <Event> in it. Export the events: "
        + "wevtutil qe LOG /f:xml /e:Events > LOG.xml"
    case .binary(let name):
      "this looks like \(name). Unpack or convert it, then feed the exported XML."
    case .text:
      "this is text without any event in it. Export the events as XML: wevtutil qe LOG /f:xml /e:Events > LOG.xml"
    }
  }
}
