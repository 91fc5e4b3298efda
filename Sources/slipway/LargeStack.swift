import LocalDisk

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
///
/// The waiting thread keeps watch meanwhile: work without end, or without bound, ends the process with a message.
func onLargeStack(
  _ limits: RunLimits, showingProgress: Bool = false, _ body: @escaping @Sendable (Watch) -> Int32
) -> Int32 {
  final class Box: Sendable {
    nonisolated(unsafe) var status = ExitStatus.failure
  }
  let box = Box()
  let watch = Watch(limits, showsProgress: showingProgress && Progress.hasReader)
  do {
    let thread = try Thread(stackBytes: LargeStack.bytes) {
      box.status = body(watch)
      watch.end()
    }
    if let complaint = watch.untilEnd() {
      Output.tell("Error: " + complaint)
      Output.end(ExitStatus.failure)
    }
    thread.join()
  } catch {
    Output.tell("slipway: cannot start a thread with \(LargeStack.bytes >> 20) MiB of stack: \(reason(error.code))")
  }
  return box.status
}
