#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes that look random and follow from a seed (SplitMix64): for output that must come out the same again, not for
/// secrets.
final class SeededBytes: @unchecked Sendable {
  // Read and written with the lock held: a render draws from one thread, but nothing here relies on that.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  /// The next `count` bytes.
  func next(_ count: Int) -> [UInt8] {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var word: UInt64 = 0
    for index in 0..<max(count, 0) {
      if index % 8 == 0 { word = nextWord() }
      bytes.append(UInt8(truncatingIfNeeded: word >> (8 * UInt64(index % 8))))
    }
    return bytes
  }

  private func nextWord() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
