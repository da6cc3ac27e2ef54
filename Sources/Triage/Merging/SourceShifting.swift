/// Something that remembers events by the position of their input.
protocol SourceShifting {
  /// A copy with inputs at higher positions, as after the inputs of another summary.
  func shiftingSources(by offset: Int) -> Self
}

extension EventSample: SourceShifting {
  func shiftingSources(by offset: Int) -> EventSample {
    var copy = self
    copy.source += offset
    return copy
  }
}
