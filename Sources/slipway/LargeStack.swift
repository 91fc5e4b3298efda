#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The thread on which templates run: includes nest a thousand deep in charts that Helm renders.
enum LargeStack {
  static let bytes = 512 << 20
  /// What the evaluator may use; the rest is for what runs around it.
  static let usableBytes = bytes - (16 << 20)
}

/// Runs `body` on a thread with a large stack, and waits for it. The memory is only reserved until it is used.
func onLargeStack(_ body: @escaping @Sendable () -> Int32) -> Int32 {
  final class Box {
    let body: @Sendable () -> Int32
    var status = ExitStatus.failure
    init(_ body: @escaping @Sendable () -> Int32) { self.body = body }
  }
  let box = Box(body)
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, LargeStack.bytes)
  var thread = pthread_t()
  let code = pthread_create(
    &thread, &attributes,
    { argument in
      guard let argument else { return nil }
      let box = Unmanaged<Box>.fromOpaque(argument).takeUnretainedValue()
      box.status = box.body()
      return nil
    }, Unmanaged.passUnretained(box).toOpaque())
  guard code == 0 else {
    Output.tell("slipway: cannot start a thread with \(LargeStack.bytes >> 20) MiB of stack: \(reason(code))")
    return ExitStatus.failure
  }
  pthread_join(thread, nil)
  return box.status
}
