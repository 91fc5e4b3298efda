/// Matches small texts: tries the ways in order of preference and remembers where it has been, so that no
/// instruction runs twice at one position.
struct Backtracker {
  private enum Job {
    case visit(place: Int32, position: Int)
    /// Put back what a capture overwrote.
    case restore(slot: Int, position: Int)
  }

  /// The largest memory of places times positions, in bits.
  static let capacity = 1 << 18

  private(set) var slots: [Int] = []
  private var visited: [UInt64] = []
  private var jobs: [Job] = []

  static func fits(_ program: Program, length: Int) -> Bool {
    program.instructions.count <= capacity / (length + 1)
  }

  /// Looks for a match that begins between `starts.lowerBound` and `starts.upperBound` and may use the text up to
  /// `end`. After a success `slots` holds the positions of the groups, -1 for those that took no part.
  mutating func match(
    _ program: Program, _ text: UnsafeBufferPointer<UInt8>, starts: ClosedRange<Int>, end: Int, scan: StartScan?
  ) -> Bool {
    let width = end - starts.lowerBound + 1
    let words = (program.instructions.count * width + 63) / 64
    visited.removeAll(keepingCapacity: true)
    visited.append(contentsOf: repeatElement(0, count: words))
    var start = starts.lowerBound
    while start <= starts.upperBound {
      if let scan {
        guard let candidate = scan.next(in: text, from: start), candidate <= starts.upperBound else { return false }
        start = candidate
      }
      if matchHere(program, text, at: start, base: starts.lowerBound, end: end) { return true }
      start += start < text.count ? Scalars.decode(text, at: start).width : 1
    }
    return false
  }

  private mutating func matchHere(
    _ program: Program, _ text: UnsafeBufferPointer<UInt8>, at start: Int, base: Int, end: Int
  ) -> Bool {
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(-1, count: program.slotCount))
    jobs.removeAll(keepingCapacity: true)
    jobs.append(.visit(place: program.start, position: start))
    let width = end - base + 1
    return program.instructions.withUnsafeBufferPointer { instructions in
      while let job = jobs.popLast() {
        switch job {
        case .restore(let slot, let position): slots[slot] = position
        case .visit(let place, let position):
          if let matched = run(program, instructions, text, place, position, base, width, end) {
            slots[0] = start
            slots[1] = matched
            return true
          }
        }
      }
      return false
    }
  }

  /// Follows one way until it fails (nil) or matches (the end of the match).
  @inline(__always)
  private mutating func run(
    _ program: Program, _ instructions: UnsafeBufferPointer<Instruction>, _ text: UnsafeBufferPointer<UInt8>,
    _ first: Int32, _ from: Int, _ base: Int, _ width: Int, _ end: Int
  ) -> Int? {
    var place = Int(first)
    var position = from
    while true {
      let bit = place * width + position - base
      let mask = UInt64(1) << UInt64(bit & 63)
      if visited[bit >> 6] & mask != 0 { return nil }
      visited[bit >> 6] |= mask
      let instruction = instructions[place]
      switch instruction.operation {
      case .match: return position
      case .fail: return nil
      case .jump: break
      case .set:
        guard position < end else { return nil }
        let (scalar, width) = Scalars.decode(text, at: position)
        guard program.sets[Int(instruction.argument)].contains(scalar) else { return nil }
        position += width
      case .split: jobs.append(.visit(place: instruction.argument, position: position))
      case .capture:
        let slot = Int(instruction.argument)
        jobs.append(.restore(slot: slot, position: slots[slot]))
        slots[slot] = position
      case .assertion:
        guard Program.assertions(text, at: position) & UInt8(instruction.argument) != 0 else { return nil }
      }
      place = Int(instruction.next)
    }
  }
}
