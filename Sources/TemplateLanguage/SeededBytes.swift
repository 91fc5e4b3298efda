import Synchronization

/// Bytes that look random and follow from a seed (SplitMix64): for output that must come out the same again, not for
/// secrets.
final class SeededBytes: Sendable {
  /// A render draws from one thread, but an environment may be handed to several.
  private let state: Mutex<UInt64>

  init(seed: UInt64) { state = Mutex(seed) }

  /// The next `count` bytes.
  func next(_ count: Int) -> [UInt8] {
    state.withLock { state in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(max(count, 0))
      var word: UInt64 = 0
      for index in 0..<max(count, 0) {
        if index % 8 == 0 { word = Self.nextWord(&state) }
        bytes.append(UInt8(truncatingIfNeeded: word >> (8 * UInt64(index % 8))))
      }
      return bytes
    }
  }

  private static func nextWord(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
