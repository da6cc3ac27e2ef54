extension SMTPReply.Lead {
  /// Tells whose reply follows from the words before it.
  ///
  /// - Parameter before: The words in lower case, without marks at their end.
  init(before: String) {
    let words = before.split { $0 == " " || $0.isNewline || $0 == "\t" }.suffix(4)
    guard let last = words.last else {
      self = .none
      return
    }
    if let lead = Self.byLastWord[Self.lastPart(of: last)] {
      self = lead
    } else if last.hasSuffix("->") || last.hasSuffix("-&gt") {
      self = .nextServer
    } else if last.count == 4 || last.count == 3, NearMiss.isOneEditAway(String(last), "with") {
      self = words.contains { Self.isFrontEnd($0) } ? .frontEnd : .nextServer
    } else {
      self = .none
    }
  }

  private static let byLastWord: [Substring: SMTPReply.Lead] = [
    "led": .queue, "lasterror": .queue, "returned": .remoteServer, "said": .remoteServer, "smtp": .remoteServer,
    "response": .remoteServer, "smtpresponse": .remoteServer, "status": .report, "dsn": .report,
  ]

  /// `led` of `{led` and `]};{led`; `smtp` of `diagnostic-code:smtp`.
  private static func lastPart(of word: Substring) -> Substring {
    word.split { !$0.isLetter }.last ?? ""
  }

  private static func isFrontEnd(_ word: Substring) -> Bool {
    NearMiss.isOneEditAway(String(word), "frontend") || word == "front-end"
  }
}
