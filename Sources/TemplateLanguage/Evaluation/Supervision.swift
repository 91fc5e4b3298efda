import SourceText
import Synchronization

/// What connects a render with the thread that watches over it: which template runs, and the wish that it stop.
///
/// Counting bounds a render first, the same way on every machine; a wish to stop comes from a clock or from the
/// memory that is really in use.
package final class Supervision: Sendable {
  private struct State {
    var template: ByteString?
    var reason: String?
  }

  private let isStopped = Atomic<Bool>(false)
  private let state = Mutex(State())

  package init() {}

  /// The template that was begun last.
  package var template: ByteString? { state.withLock { $0.template } }

  /// Asks the render to stop; its error says `reason`.
  package func stop(_ reason: String) {
    state.withLock { $0.reason = reason }
    isStopped.store(true, ordering: .releasing)
  }

  /// Why the render shall stop; nil while it may go on.
  package var wish: String? {
    guard isStopped.load(ordering: .acquiring) else { return nil }
    return state.withLock { $0.reason }
  }

  /// Says that a template begins.
  package func begin(_ template: ByteString) { state.withLock { $0.template = template } }
}
