import Triage

/// Writes what a rule says: meaning, symptoms, causes with checks and fixes, references.
struct MarkdownGuidance {
  private let guidance: ReportGuidance
  private let number: Int
  /// Whether sections can be linked to; a terminal shows plain text.
  private let hasAnchors: Bool

  /// - Parameters:
  ///   - guidance: The texts.
  ///   - number: The number of the section that this stands in.
  ///   - hasAnchors: Whether to write names to link to.
  init(_ guidance: ReportGuidance, number: Int, hasAnchors: Bool = true) {
    self.guidance = guidance
    self.number = number
    self.hasAnchors = hasAnchors
  }

  func writeMeaning(to page: inout MarkdownPage) {
    if let meaning = guidance.meaning { page.paragraph(AuthoredMarkdown.blocks(meaning)) }
    symptoms(&page)
  }

  func writeCauses(to page: inout MarkdownPage) {
    causes(&page)
    Self.links("References", guidance.references, &page)
  }

  private func symptoms(_ page: inout MarkdownPage) {
    guard !guidance.symptoms.isEmpty else { return }
    page.paragraph("What users see:")
    page.list(guidance.symptoms.map { AuthoredMarkdown.line($0) })
  }

  private func causes(_ page: inout MarkdownPage) {
    if hasAnchors { page.anchor("fix-\(number)") }
    guard !guidance.causes.isEmpty else {
      return page.paragraph("This rule names no causes" + (guidance.references.isEmpty ? "." : "; see its references."))
    }
    // With logs, the table of verdicts lists the causes; without, this does.
    if !hasAnchors, guidance.causes.count > 1 {
      page.paragraph("Possible causes, in the order to check them:")
      page.numberedList(guidance.causes.map { AuthoredMarkdown.line($0.title) })
    }
    for (index, cause) in guidance.causes.enumerated() { write(cause, index + 1, &page) }
  }

  private func write(_ cause: ReportCause, _ position: Int, _ page: inout MarkdownPage) {
    let title = AuthoredMarkdown.line(cause.title)
    page.heading(3, "\(number).\(position) \(title)", anchor: hasAnchors ? "cause-\(number)-\(position)" : nil)
    if let why = cause.why { page.paragraph(AuthoredMarkdown.blocks(why)) }
    if !cause.checks.isEmpty {
      page.paragraph("**Check**")
      page.numberedList(cause.checks.map(Self.step))
    }
    if let fix = cause.fix {
      page.paragraph("**Fix**")
      page.paragraph(AuthoredMarkdown.blocks(fix))
    }
    Self.links("More", cause.references.filter { !guidance.references.contains($0) }, &page)
  }

  static func step(_ check: ReportCheck) -> String {
    let place = check.place.map { AuthoredMarkdown.line($0) }
    let expect = check.expect.map { "Expect: \(AuthoredMarkdown.line($0))." }.map(withOneFullStop)
    if let command = check.command {
      let parts = [
        place.map { "On \($0):" } ?? "Run:", MarkdownText.block(command, language: "powershell"), expect,
      ]
      return parts.compactMap { $0 }.joined(separator: "\n\n")
    }
    let instruction = check.instruction.map { AuthoredMarkdown.line($0) } ?? ""
    let prefix = place.map { "On \($0): " } ?? ""
    return [prefix + withOneFullStop(instruction + "."), expect].compactMap { $0 }.joined(separator: " ")
  }

  static func withOneFullStop(_ text: String) -> String {
    text.hasSuffix("..") || text.hasSuffix("?.") || text.hasSuffix("!.") ? String(text.dropLast()) : text
  }

  /// A line of web addresses.
  static func links(
    _ label: String, _ addresses: [String], _ page: inout MarkdownPage, limit: Int = 50
  ) {
    guard !addresses.isEmpty else { return }
    let rest = addresses.count - limit
    page.paragraph(
      "\(label): " + addresses.prefix(limit).map(MarkdownText.link).joined(separator: ", ")
        + (rest > 0 ? " and \(Wording.number(rest)) more" : ""))
  }
}
