/// Short lists of numbers, all in one array.
struct Grouped: Sendable {
  private var starts: [Int32] = [0]
  private var numbers: [Int32] = []

  init(_ groups: [[Int32]]) {
    starts.reserveCapacity(groups.count + 1)
    for group in groups {
      numbers += group
      starts.append(Int32(numbers.count))
    }
  }

  /// The numbers of a group.
  @inline(__always)
  func forEach(in group: Int, _ body: (Int) -> Void) {
    for index in Int(starts[group])..<Int(starts[group + 1]) { body(Int(numbers[index])) }
  }
}
