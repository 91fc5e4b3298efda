import LocalDisk
import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A thread of the operating system.
struct Thread {
  /// The system has no room for another thread.
  struct Refusal: Error {
    let code: Int32
  }

  private final class Task {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let thread: pthread_t

  /// Starts `body`.
  init(stackBytes: Int, _ body: @escaping @Sendable () -> Void) throws(Refusal) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    var thread = pthread_t()
    let task = Unmanaged.passRetained(Task(body))
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Task>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, task.toOpaque())
    guard code == 0 else {
      task.release()
      throw Refusal(code: code)
    }
    self.thread = thread
  }

  /// Waits for its end.
  func join() { pthread_join(thread, nil) }
}

extension Workers {
  /// More processors than this gain nothing: what runs on them is short.
  static let maximum = 8

  /// The processors of this machine.
  static var ofThisMachine: Workers {
    Workers(count: min(maximum, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) { count, body in
      // Who asks for several processors will also want memory.
      LargePages.prefer()
      withoutActuallyEscaping(body) { body in
        var threads: [Thread] = []
        for number in 1..<count {
          do {
            threads.append(
              try Thread(stackBytes: LargeStack.bytes) {
                LargePages.prefer()
                body(number)
              })
          } catch {
            body(number)
          }
        }
        body(0)
        for thread in threads { thread.join() }
      }
    }
  }
}
