/// The characters as a program can tell them apart: two characters that every set of the program treats alike are one
/// letter.
struct Alphabet: Sendable {
  /// The letters of the ASCII characters.
  let ascii: [UInt16]
  /// A character of each letter.
  let samples: [UInt32]
  /// Where intervals of one letter begin, from U+0080 on.
  private let starts: [UInt32]
  private let letters: [UInt16]
  /// By the upper bits of a scalar: the last interval that begins at or before its block of 256.
  private let blocks: [Int32]

  var count: Int { samples.count }

  /// Nil when the program makes too many distinctions to be worth it.
  init?(_ program: Program) {
    var sets = program.sets
    let boundaries = Assertion.wordBoundary.rawValue | Assertion.noWordBoundary.rawValue
    if program.assertions & boundaries != 0 { sets.append(ScalarSet(NamedClasses.perl(UInt8(ascii: "w")) ?? [])) }
    if program.assertions & (Assertion.beginLine.rawValue | Assertion.endLine.rawValue) != 0 {
      sets.append(ScalarSet([ScalarRange(10, 10)]))
    }
    let distinct = sets.filter { $0.ranges != ScalarSet.all.ranges }
    // Membership in each set is one bit of a signature.
    guard distinct.count <= 64 else { return nil }
    var changes: [(at: UInt32, bit: UInt64)] = [(0, 0), (128, 0)]
    for (index, set) in distinct.enumerated() {
      for range in set.ranges {
        changes.append((range.low, 1 << UInt64(index)))
        if range.high < Scalars.highest { changes.append((range.high + 1, 1 << UInt64(index))) }
      }
    }
    guard changes.count < 1 << 16 else { return nil }
    changes.sort { $0.at < $1.at }
    var build = Builder()
    var signature: UInt64 = 0
    for (index, change) in changes.enumerated() {
      signature ^= change.bit
      let end = index + 1 < changes.count ? changes[index + 1].at : Scalars.highest + 1
      if end > change.at { build.add(change.at, end, signature) }
    }
    guard build.samples.count < 1024 else { return nil }
    (ascii, samples, starts, letters) = (build.ascii, build.samples, build.starts, build.letters)
    blocks = Alphabet.blocks(build.starts)
  }

  private struct Builder {
    var ascii = [UInt16](repeating: 0, count: 128)
    var samples: [UInt32] = []
    var starts: [UInt32] = []
    var letters: [UInt16] = []
    private var known: [UInt64: UInt16] = [:]

    mutating func add(_ start: UInt32, _ end: UInt32, _ signature: UInt64) {
      let letter = known[signature] ?? UInt16(truncatingIfNeeded: samples.count)
      if known.updateValue(letter, forKey: signature) == nil { samples.append(start) }
      if start < 128 {
        for scalar in start..<min(end, 128) { ascii[Int(scalar)] = letter }
      } else if letters.last != letter {
        starts.append(start)
        letters.append(letter)
      }
    }
  }

  private static func blocks(_ starts: [UInt32]) -> [Int32] {
    // With few intervals a search from the first one is quick enough.
    guard starts.count > 4 else { return [] }
    var result: [Int32] = []
    result.reserveCapacity(0x1100)
    var interval = 0
    for block in 0..<UInt32(0x1100) {
      while interval + 1 < starts.count, starts[interval + 1] <= block << 8 { interval += 1 }
      result.append(Int32(interval))
    }
    return result
  }

  /// The letter of a scalar outside ASCII.
  func letter(_ scalar: UInt32) -> Int {
    var interval = blocks.isEmpty ? 0 : Int(blocks[Int(scalar >> 8)])
    while interval + 1 < starts.count, starts[interval + 1] <= scalar { interval += 1 }
    return Int(letters[interval])
  }
}
