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
    var restarts = 0
  }

  private let isStopped = Atomic<Bool>(false)
  private let state = Mutex(State())

  package init() {}

  /// The template that was begun last.
  package var template: ByteString? { state.withLock { $0.template } }

  /// How often `restart` was called.
  package var restarts: Int { state.withLock { $0.restarts } }

  /// Asks the render to stop; its error says `reason`. What was measured before a restart does not count after it.
  package func stop(_ reason: String, after restarts: Int = 0) {
    state.withLock { state in
      guard state.restarts == restarts else { return }
      state.reason = reason
      isStopped.store(true, ordering: .releasing)
    }
  }

  /// Takes the wish back: what is done next is measured by itself.
  package func resume() {
    guard wish != nil else { return }
    state.withLock { _ in isStopped.store(false, ordering: .releasing) }
  }

  /// Says that what ran on several threads runs again, in order, because only then its error names the template that
  /// takes too much: whoever watches measures from here on.
  package func restart() {
    state.withLock { state in
      state.restarts += 1
      isStopped.store(false, ordering: .releasing)
    }
  }

  /// Why the render shall stop; nil while it may go on.
  package var wish: String? {
    guard isStopped.load(ordering: .acquiring) else { return nil }
    return state.withLock { $0.reason }
  }

  /// Says that a template begins.
  package func begin(_ template: ByteString) { state.withLock { $0.template = template } }
}
