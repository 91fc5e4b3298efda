import LocalDisk
import SourceText
import TemplateLanguage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The last defence against inputs that are made to cost: what the rooms bound by counting ends long before.
///
/// A render that takes too long, or too much memory, is asked to stop, which it does with an error at the template's
/// line. What does not stop by itself soon after ends the process.
///
/// Time is the processor's, so that neither a busy machine nor a slow pipe ends a run, and is counted from the last
/// file that was read for the first time, so that many files may take as long as they need.
final class Watch: @unchecked Sendable {
  /// Memory may grow by twenty megabytes meanwhile.
  private static let intervalNanoseconds = 10_000_000
  /// Seconds that a run has to stop in after it was asked to.
  private static let patience = 8.0

  /// Hears the wish to stop.
  let supervision = Supervision()
  let limits: RunLimits

  // Everything below is read and written with the lock held.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var hasEnded = false
  private var start = 0.0
  private var path: String?
  /// True when a file was read since `start` was set.
  private var hasReadMore = false
  private var seen: Set<String> = []
  private let memoryAtStart: Int
  private let showsProgress: Bool
  /// The restarts of the render that were heard of, and the memory that the last one was allowed beside the limit:
  /// what the process has used once it does not give back.
  private var restarts = 0
  private var restartBytes = 0

  init(_ limits: RunLimits, showsProgress: Bool = false) {
    self.limits = limits
    self.showsProgress = showsProgress
    pthread_mutex_init(lock, nil)
    pthread_cond_init(change, nil)
    (start, memoryAtStart) = Self.usage()
  }

  deinit {
    pthread_cond_destroy(change)
    pthread_mutex_destroy(lock)
    change.deallocate()
    lock.deallocate()
  }

  /// Says that `path` is read now. A file that is read again (to explain a failure) buys no time.
  func read(_ path: String) {
    // The clock is read by the one who watches: asking it for each file takes longer than most files do.
    locked {
      guard seen.insert(path).inserted else { return }
      hasReadMore = true
      self.path = path
      supervision.resume()
    }
  }

  /// The limits of renders that this watches over.
  var evaluationLimits: Limits {
    var limits = limits.evaluation
    limits.supervision = supervision
    return limits
  }

  /// The disk, which tells this watch of what it reads.
  var disk: Disk {
    Disk(
      reading: { self.read($0) },
      refusing: { error in
        Output.tell("Error: standard input: " + error.message)
        Output.end(ExitStatus.failure)
      }, wait: limits.waitSeconds)
  }

  /// Ends the watch: from here on results are written, which takes as long as their reader takes.
  func end() {
    locked {
      hasEnded = true
      pthread_cond_signal(change)
    }
  }

  /// Waits for `end`. Not nil: the limit that was passed before.
  func untilEnd() -> String? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    var progress = Progress()
    defer { progress.erase() }
    while !hasEnded {
      if showsProgress { progress.show(files: seen.count, path: path) }
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      let nanoseconds = time.tv_nsec + Self.intervalNanoseconds
      time.tv_sec += nanoseconds / 1_000_000_000
      time.tv_nsec = nanoseconds % 1_000_000_000
      pthread_cond_timedwait(change, lock, &time)
      if !hasEnded, let complaint { return complaint }
    }
    return nil
  }

  private var complaint: String? {
    let (now, peak) = Self.usage()
    let memory = peak - memoryAtStart
    let restarts = supervision.restarts
    if restarts != self.restarts {
      self.restarts = restarts
      restartBytes = max(0, memory - limits.memoryBytes) + limits.memoryBytes / 20
      // Half the time: it has had all of it once.
      start = now - limits.seconds / 2
      hasReadMore = false
    } else if hasReadMore {
      hasReadMore = false
      start = now
    }
    let seconds = now - start
    let mostSeconds = limits.seconds + Self.patience
    let mostMemory = limits.memoryBytes + limits.memoryBytes / 4
    if seconds > mostSeconds { return "gave up: more than \(Self.text(mostSeconds)) seconds of work" + context }
    if memory > mostMemory { return "gave up: more than \(mostMemory >> 20) MiB of memory" + context }
    if seconds > limits.seconds {
      supervision.stop("more than \(Self.text(limits.seconds)) seconds of work (see --max-time)", after: restarts)
    } else if memory > limits.memoryBytes + restartBytes {
      supervision.stop("more than \(limits.memoryBytes >> 20) MiB of memory (see --max-memory)", after: restarts)
    }
    return nil
  }

  /// What was being done, as far as is known.
  private var context: String {
    (path.map { " after \($0) was read" } ?? "")
      + (supervision.template.map { ", in or behind template \($0.string)" } ?? "")
  }

  /// Without the decimals of a whole number.
  private static func text(_ number: Double) -> String {
    number == number.rounded() && number < 1e9 ? String(Int(number)) : String(number)
  }

  private func locked(_ body: () -> Void) {
    pthread_mutex_lock(lock)
    body()
    pthread_mutex_unlock(lock)
  }

  /// Processor time and the most memory that this process has used.
  private static func usage() -> (seconds: Double, memory: Int) {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      let memory = usage.ru_maxrss << 10
    #else
      getrusage(RUSAGE_SELF, &usage)
      let memory = usage.ru_maxrss
    #endif
    let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    let microseconds = Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    return (seconds + microseconds / 1_000_000, memory)
  }
}
