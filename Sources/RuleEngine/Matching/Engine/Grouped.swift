/// Short lists in one array.
struct Grouped<Element: Sendable>: Sendable {
  private var starts: [Int32] = [0]
  private var elements: [Element] = []

  init(_ groups: [[Element]]) {
    starts.reserveCapacity(groups.count + 1)
    for group in groups {
      elements += group
      starts.append(Int32(elements.count))
    }
  }

  /// Makes lists of elements that know their lists; those of one list keep their order.
  init(_ elements: [(group: Int32, element: Element)], groupCount: Int) {
    starts = Array(repeating: 0, count: groupCount + 1)
    for (group, _) in elements { starts[Int(group) + 1] += 1 }
    for group in 0..<groupCount { starts[group + 1] += starts[group] }
    var ends = starts
    var order = Array(repeating: 0, count: elements.count)
    for (place, element) in elements.enumerated() {
      order[Int(ends[Int(element.group)])] = place
      ends[Int(element.group)] += 1
    }
    self.elements = order.map { elements[$0].element }
  }

  /// How many lists there are.
  var count: Int { starts.count - 1 }

  /// Where the elements of a list are.
  @inline(__always)
  func range(of group: Int) -> Range<Int> { Int(starts[group])..<Int(starts[group + 1]) }

  /// An element, by its place among those of all lists.
  @inline(__always)
  subscript(place: Int) -> Element { elements[place] }

  /// The elements of a list.
  @inline(__always)
  func forEach(in group: Int, _ body: (Element) -> Void) {
    for index in Int(starts[group])..<Int(starts[group + 1]) { body(elements[index]) }
  }
}
