import EventLog

/// What looking for a value in a field came to.
enum FieldFit {
  /// The event does not have the field.
  case absent
  /// The event has the field, but no value of it fits.
  case unfit
  /// A value of the field fits.
  case fit

  fileprivate mutating func note(_ fits: Bool) -> Bool {
    self = fits ? .fit : .unfit
    return fits
  }
}

extension Event {
  /// Looks for a value of a field that fits; a field that occurs more than once fits with any of its values.
  func fit(of reference: FieldReference, where fits: (FieldValue) -> Bool) -> FieldFit {
    switch reference {
    case .system(let field):
      guard let value = field.value(in: self) else { return .absent }
      return fits(value) ? .fit : .unfit
    case .parameter(let index):
      guard data.indices.contains(index) else { return .absent }
      return fits(.text(data[index].value)) ? .fit : .unfit
    case .unnamedData: return fitOfData(where: fits) { ($0 ?? "").isEmpty || $0 == "Data" }
    case .binary:
      guard let binary else { return .absent }
      return fits(.text(binary)) ? .fit : .unfit
    case .payload(let name): return fitOfPayload(name, where: fits)
    case .anywhere: return fitAnywhere(where: fits)
    }
  }

  /// The first value of a field.
  func firstValue(of reference: FieldReference) -> FieldValue? {
    var first: FieldValue?
    _ = fit(of: reference) { value in
      first = value
      return true
    }
    return first
  }

  /// Whether the event carries nothing but its header: such events come from tickets and forums, as rendered text.
  var hasPayload: Bool { !data.isEmpty || !userData.isEmpty }

  /// `<Data>` before `<UserData>`, and names as spelt before names in other letter case or with blanks.
  private func fitOfPayload(_ name: String, where fits: (FieldValue) -> Bool) -> FieldFit {
    for comparison in NameComparison.allCases {
      let inData = fitOfData(where: fits) { comparison.equal($0, name) }
      if inData != .absent { return inData }
      var inUserData = FieldFit.absent
      for leaf in userData where comparison.path(leaf.name, endsWith: name) {
        if inUserData.note(fits(.text(leaf.value))) { return .fit }
      }
      if inUserData != .absent { return inUserData }
    }
    if let field = SystemField.namedIgnoringCase(name) {
      guard let value = field.value(in: self) else { return .absent }
      return fits(value) ? .fit : .unfit
    }
    guard FieldReference.isRenderedMessage(name), let message = renderedMessage else { return .absent }
    return fits(.text(message)) ? .fit : .unfit
  }

  /// The message that the exporting computer rendered; an empty one is none.
  private var renderedMessage: String? { rendering?.message.flatMap { $0.isEmpty ? nil : $0 } }

  private func fitOfData(where fits: (FieldValue) -> Bool, named isName: (String?) -> Bool) -> FieldFit {
    var result = FieldFit.absent
    for item in data where isName(item.name) {
      if result.note(fits(.text(item.value))) { return .fit }
    }
    return result
  }

  /// Every text of the event: payload first, then the rendered message and the names in its header.
  private func fitAnywhere(where fits: (FieldValue) -> Bool) -> FieldFit {
    for item in data where fits(.text(item.value)) { return .fit }
    for leaf in userData where fits(.text(leaf.value)) { return .fit }
    for leaf in otherData where fits(.text(leaf.value)) { return .fit }
    if let binary, fits(.text(binary)) { return .fit }
    if let message = renderedMessage, fits(.text(message)) { return .fit }
    for field in SystemField.searchedAnywhere {
      if let value = field.value(in: self), fits(value) { return .fit }
    }
    return .unfit
  }
}
