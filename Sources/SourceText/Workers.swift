import Synchronization

/// The processors that a render may use. They come in as a value: the rooms start no threads of their own.
package struct Workers: Sendable {
  /// Calls its body once for each of `count` numbers, several at a time, and returns when all calls have. Number 0
  /// runs on the thread that asks.
  package typealias Perform = @Sendable (_ count: Int, _ body: @Sendable (Int) -> Void) -> Void

  /// How many work at a time.
  package let count: Int
  private let perform: Perform

  /// Only the thread that asks.
  package static let alone = Workers(count: 1) { count, body in (0..<count).forEach(body) }
  /// Less text than this is done sooner than another thread starts.
  package static let worthwhileBytes = 64 << 10

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
    let next = Atomic(0)
    return [Output](unsafeUninitializedCapacity: elements.count) { buffer, initialized in
      // Each place is written once, by the worker that took its number.
      nonisolated(unsafe) let places = buffer
      perform(count) { _ in
        while let index = next.take(below: elements.count) {
          places.initializeElement(at: index, to: transform(elements[index]))
        }
      }
      initialized = elements.count
    }
  }

  /// Calls `body` once for each worker, several at a time.
  package func each(_ body: @Sendable (_ worker: Int) -> Void) { perform(count, body) }
}

extension Atomic where Value == Int {
  /// The next number, for the one who asks alone; nil from `limit` on.
  package borrowing func take(below limit: Int) -> Int? {
    let number = wrappingAdd(1, ordering: .relaxed).oldValue
    return number < limit ? number : nil
  }
}
