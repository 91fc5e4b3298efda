/// The processors that a render may use. They come in as a value: the rooms start no threads of their own.
package struct Workers: Sendable {
  /// Calls its body once for each of `count` numbers, several at a time, and returns when all calls have.
  package typealias Perform = @Sendable (_ count: Int, _ body: @Sendable (Int) -> Void) -> Void

  /// How many work at a time.
  private let count: Int
  private let perform: Perform

  /// Only the thread that asks.
  package static let alone = Workers(count: 1) { count, body in (0..<count).forEach(body) }
  /// Less text than this is done sooner than another thread starts.
  private static let worthwhileBytes = 64 << 10

  package init(count: Int, perform: @escaping Perform) {
    self.count = count
    self.perform = perform
  }

  /// What `transform` makes of each element, in their order. `bytes` is how much text the elements hold.
  package func map<Element: Sendable, Output: Sendable>(
    _ elements: [Element], bytes: Int, _ transform: @Sendable (Element) -> Output
  ) -> [Output] {
    let count = min(count, elements.count)
    if count < 2 || bytes < Self.worthwhileBytes { return elements.map(transform) }
    // Neighbours are of a kind, so each worker takes every count-th element.
    let shares = [[Output]](unsafeUninitializedCapacity: count) { buffer, initialized in
      // Each worker writes a place of its own.
      nonisolated(unsafe) let places = buffer
      perform(count) { worker in
        let share = stride(from: worker, to: elements.count, by: count).map { transform(elements[$0]) }
        places.initializeElement(at: worker, to: share)
      }
      initialized = count
    }
    return elements.indices.map { shares[$0 % count][$0 / count] }
  }
}
