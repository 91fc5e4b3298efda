#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Memory in pieces of 2 MiB: a large render would else ask the system thousands of times for one page of 4 KiB.
package enum LargePages {
  /// The C library's heaps for threads begin at multiples of their largest size.
  private static let heapBytes: UInt = 64 << 20
  /// One file of this size alone makes a render large.
  package static let worthwhileBytes = 1 << 20

  /// Asks the system for large pages where the memory of the calling thread comes from. Only advice: nothing fails
  /// where the system has none.
  package static func prefer() {
    #if canImport(Glibc)
      guard let probe = malloc(64) else { return }
      defer { free(probe) }
      let heap = UInt(bitPattern: probe) & ~(heapBytes - 1)
      madvise(UnsafeMutableRawPointer(bitPattern: heap), Int(heapBytes), MADV_HUGEPAGE)
    #endif
  }
}
