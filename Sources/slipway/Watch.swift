import LocalDisk

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The last defence against inputs that are made to cost: what the rooms bound by counting ends long before.
///
/// Time is the processor's, so that neither a busy machine nor a slow pipe ends a run, and is counted from the last
/// file that was read for the first time, so that many files may take as long as they need.
final class Watch: @unchecked Sendable {
  /// Seconds of work on what was read.
  private static let mostSeconds = 10.0
  /// Bytes of memory in use beyond those at the start.
  private static let mostBytes = 3 << 29
  private static let intervalNanoseconds = 50_000_000

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

  init(showsProgress: Bool = false) {
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
    }
  }

  /// The disk, which tells this watch of what it reads.
  var disk: Disk {
    Disk(
      reading: { self.read($0) },
      refusing: { error in
        Output.tell("Error: standard input: " + error.message)
        Output.end(ExitStatus.failure)
      })
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
    let (seconds, memory) = Self.usage()
    if hasReadMore {
      hasReadMore = false
      start = seconds
    }
    let after = path.map { " after \($0) was read" } ?? ""
    if seconds - start > Self.mostSeconds {
      return "gave up: more than \(Int(Self.mostSeconds)) seconds of work" + after
    }
    if memory - memoryAtStart > Self.mostBytes {
      return "gave up: more than \(Self.mostBytes >> 20) MiB of memory" + after
    }
    return nil
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
