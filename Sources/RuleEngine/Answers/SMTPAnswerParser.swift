/// Takes the answers of mail servers out of any text: an error in a queue, a report of non-delivery, a ticket.
///
/// Servers quote each other: `451 4.4.0 Primary target IP address responded with: "454 4.7.0 …" Attempted failover …`.
/// Every reply becomes a link of a chain, in whatever quotation marks it stands, and also when marks or letters were
/// lost on the way. Time and memory are bounded: the text is passed once, and at most ``replyLimit`` replies are kept.
public struct SMTPAnswerParser: Sendable {
  /// How many replies of one text are kept.
  public static let replyLimit = 200
  /// How many answers one text gives.
  public static let answerLimit = 20
  /// How deep quotation marks are followed.
  static let depthLimit = 32

  /// When numbers are taken for codes.
  public enum Strictness: Sendable, Hashable {
    /// Where both codes stand together, or what stands around a code says that it is one.
    case strict
    /// Also at the beginning of the text: `454`, `5.7.1`.
    case query
    /// Three numbers with dots in between everywhere, which may as well be a version.
    case loose
  }

  private let strictness: Strictness

  /// Makes a parser.
  public init(_ strictness: Strictness = .strict) { self.strictness = strictness }

  /// The answers in a text, in its order, each once.
  ///
  /// - Parameter text: Any text.
  /// - Returns: At most ``answerLimit`` answers.
  public func answers(in text: String) -> [SMTPAnswer] {
    var text = text
    return text.withUTF8 { bytes in
      var reading = ReplyReading(scanner: ReplyScanner(bytes: bytes), strictness: strictness)
      reading.run()
      return reading.answers()
    }
  }
}

/// One pass over a text.
private struct ReplyReading {
  private struct Draft {
    var reply: SMTPReply
    var parent: Int?
    var start: Int
    var bodyStart: Int
    var bodyEnd: Int?
    var isContinued: Bool
    var hasChildren = false
    /// Whether a quotation mark closes it, so that line ends do not.
    var isQuoted = false
  }

  /// An open quotation mark, with the reply that begins in it.
  private struct Frame {
    var kind: ReplyScanner.Quote.Kind
    var draft: Int?
  }

  private let scanner: ReplyScanner
  private let strictness: SMTPAnswerParser.Strictness
  private var drafts: [Draft] = []
  private var frames: [Frame] = []
  private var position = 0

  init(scanner: ReplyScanner, strictness: SMTPAnswerParser.Strictness) {
    self.scanner = scanner
    self.strictness = strictness
  }

  mutating func run() {
    let bytes = scanner.bytes
    while position < bytes.count, drafts.count < SMTPAnswerParser.replyLimit {
      let byte = bytes[position]
      if let quote = byte < 0x30 || byte >= 0x60 ? scanner.quote(at: position) : nil {
        take(quote)
      } else if let codes = scanner.codes(at: position), isReply(codes) {
        add(codes, quote: nil, at: position)
      } else {
        position += 1
      }
    }
  }

  // MARK: Quotation marks

  private mutating func take(_ quote: ReplyScanner.Quote) {
    let end = position + quote.length
    let next = scanner.skippingBlanks(end)
    if next < end + 4, let codes = scanner.codes(at: next), isReply(codes, at: next) {
      let start = position
      position = next
      return add(codes, quote: quote.kind, at: start)
    }
    if !(quote.kind == .single && scanner.isApostrophe(position, end)) {
      if scanner.isOpening(position, end) {
        if frames.count < SMTPAnswerParser.depthLimit { frames.append(Frame(kind: quote.kind)) }
      } else if let index = frames.lastIndex(where: { $0.kind == quote.kind }) {
        close(from: index)
      }
    }
    position = end
  }

  private mutating func close(from index: Int) {
    for draft in frames[index...].compactMap(\.draft) where drafts[draft].bodyEnd == nil {
      drafts[draft].bodyEnd = position
      drafts[draft].isQuoted = true
    }
    frames.removeSubrange(index...)
  }

  // MARK: Replies

  /// Whether codes are meant as a reply: three digits alone may be any number, and three numbers a version.
  private func isReply(_ codes: ReplyScanner.Codes, at index: Int? = nil) -> Bool {
    if codes.basic != nil, codes.enhanced != nil { return true }
    let start = index ?? position
    if strictness != .strict, drafts.isEmpty, start < 64, scanner.before(start).isEmpty { return true }
    if strictness == .loose, codes.enhanced != nil { return true }
    if codes.enhanced != nil, ExchangeToken.starts(in: scanner.bytes, at: scanner.skippingBlanks(codes.end)) {
      return true
    }
    let lead = lead(at: start)
    return lead != .none && !(lead == .report && codes.basic != nil)
  }

  private func lead(at start: Int) -> SMTPReply.Lead {
    let lead = scanner.followsNumber(start) ? .none : SMTPReply.Lead(before: scanner.before(start))
    return lead == .none && start > 0 && scanner.bytes[start - 1] == UInt8(ascii: "#") ? .report : lead
  }

  private mutating func add(_ codes: ReplyScanner.Codes, quote: ReplyScanner.Quote.Kind?, at start: Int) {
    let lead = lead(at: start)
    defer { position = codes.end }
    if let last = drafts.indices.last, continues(codes, last) {
      drafts[last].isContinued = codes.isContinued
      return
    }
    let parent = parent(lead, start)
    for index in drafts.indices.suffix(1) where drafts[index].bodyEnd == nil { drafts[index].bodyEnd = start }
    if let parent { drafts[parent].hasChildren = true }
    let reply = SMTPReply(basic: codes.basic, enhanced: codes.enhanced, lead: lead)
    drafts.append(
      Draft(reply: reply, parent: parent, start: start, bodyStart: codes.end, isContinued: codes.isContinued))
    if let quote, frames.count < SMTPAnswerParser.depthLimit {
      frames.append(Frame(kind: quote, draft: drafts.count - 1))
    }
  }

  /// Whether codes begin another line of the reply before, as in `432-4.3.2 …` and `432 4.3.2 …`.
  private func continues(_ codes: ReplyScanner.Codes, _ last: Int) -> Bool {
    drafts[last].isContinued && drafts[last].reply.basic == codes.basic && codes.basic != nil
      && codes.end - drafts[last].start < 2_000
  }

  /// The reply that quotes the one that begins at an index.
  private func parent(_ lead: SMTPReply.Lead, _ start: Int) -> Int? {
    if let draft = frames.last(where: { $0.draft != nil })?.draft { return draft }
    guard let last = drafts.indices.last else { return nil }
    let isNear = start - drafts[last].bodyStart < 300
    switch lead {
    case .nextServer, .frontEnd: return isNear ? last : nil
    case .remoteServer:
      // `#5.7.1 smtp;530 5.7.1 …`: the report's own code, then what the server said.
      return isNear && drafts[last].reply.basic == nil && drafts[last].reply.lead == .report ? last : nil
    case .none, .queue, .report: return nil
    }
  }

  // MARK: Answers

  func answers() -> [SMTPAnswer] {
    var answers: [SMTPAnswer] = []
    var seen: Set<[String]> = []
    let words = drafts.indices.map(finished)
    for index in drafts.indices where !drafts[index].hasChildren && answers.count < SMTPAnswerParser.answerLimit {
      var chain = [index]
      while let parent = chain.last.flatMap({ drafts[$0].parent }) { chain.append(parent) }
      let root = chain.last ?? index
      if repeatsStatus(root, chain) { chain.removeLast() }
      var answer = SMTPAnswer(replies: chain.reversed().map { words[$0] })
      guard seen.insert(answer.signature).inserted else { continue }
      let end = drafts.indices.first { $0 > index && drafts[$0].parent == nil }.map { drafts[$0].start }
      answer.parties = PartyReader(bytes: scanner.bytes).parties(around: drafts[root].start, until: end)
      answers.append(answer)
    }
    return withoutRepetitions(answers)
  }

  /// Whether a chain begins with the `Status:` of a report, and its `Diagnostic-Code:` says the same.
  private func repeatsStatus(_ root: Int, _ chain: [Int]) -> Bool {
    guard chain.count > 1, drafts[root].reply.basic == nil, drafts[root].start > 0 else { return false }
    let next = drafts[chain[chain.count - 2]].reply
    return next.enhanced == drafts[root].reply.enhanced
      && scanner.bytes[drafts[root].start - 1] != UInt8(ascii: "#")
  }

  /// A reply with its words.
  private func finished(_ index: Int) -> SMTPReply {
    let draft = drafts[index]
    var reply = draft.reply
    let body = ReplyBody(
      scanner.bytes, from: draft.bodyStart, to: draft.bodyEnd, isQuoted: draft.isQuoted || draft.hasChildren)
    reply.text = body.text
    reply.token = ExchangeToken.first(in: reply.text)
    // What follows a code in a sentence need not be the server's words.
    if strictness == .loose, reply.basic == nil, reply.token == nil { reply.text = "" }
    return reply
  }

  /// Leaves out what another answer says in more detail, and successes beside failures.
  private func withoutRepetitions(_ answers: [SMTPAnswer]) -> [SMTPAnswer] {
    let failures = answers.filter { $0.deciding.replyClass != 2 }
    let kept = failures.isEmpty ? answers : failures
    return kept.enumerated().filter { index, answer in
      !kept.enumerated().contains { other, longer in
        guard other != index, let reply = answer.replies.first, answer.replies.count == 1 else { return false }
        let isShorter = longer.replies.count > 1 || other < index || longer.replies.first?.basic != nil
        return isShorter && longer.replies.contains { $0.repeats(reply) }
      }
    }.map(\.element)
  }
}

extension SMTPReply {
  /// Whether this says all that another one says.
  fileprivate func repeats(_ other: SMTPReply) -> Bool {
    (other.basic == nil || other.basic == basic) && other.enhanced == enhanced
      && (other.token == nil || other.token == token) && (other.basic != nil || other.enhanced != nil)
  }
}
