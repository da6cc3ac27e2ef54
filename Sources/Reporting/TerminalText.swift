/// Text made safe for a terminal: control, format and direction characters are written out.
public enum TerminalText {
  /// A text of several lines; line breaks and tabs stay.
  public static func sanitize(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { MarkdownText.visible(String($0)) }
        .joined(separator: "\t")
    }.joined(separator: "\n")
  }

  /// A text on one line.
  public static func line(_ text: String) -> String {
    MarkdownText.visible(text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }
}
