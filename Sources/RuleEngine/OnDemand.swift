/// A value that is made each time it is asked for: for what most runs never look at, such as the texts of rules that
/// match nothing.
struct OnDemand<Value: Sendable>: Sendable {
  private let make: @Sendable () -> Value

  /// Wraps a value that is there already.
  init(_ value: Value) { make = { value } }

  /// Wraps the making of a value.
  init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  /// The value.
  var value: Value { make() }
}
