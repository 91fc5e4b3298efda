/// Matches texts of any size in one pass, following all ways at once in order of preference (after Rob Pike).
struct PikeMachine {
  /// The places at which the machine stands before a character, in order of preference, each with its captures.
  private struct Threads {
    var places: [Int32] = []
    /// Those of them that take a character or match.
    var leaves: [Int32] = []
    /// The captures of each leaf.
    var slots: [Int] = []
    /// Index of a place in `places`, valid when the entry there names it.
    var index: [Int32]

    init(count: Int) { index = [Int32](repeating: 0, count: count) }

    func contains(_ place: Int32) -> Bool {
      let position = Int(index[Int(place)])
      return position < places.count && places[position] == place
    }

    mutating func clear() {
      places.removeAll(keepingCapacity: true)
      leaves.removeAll(keepingCapacity: true)
      slots.removeAll(keepingCapacity: true)
    }
  }

  private enum Job {
    case visit(Int32)
    case restore(slot: Int, position: Int)
  }

  private(set) var slots: [Int] = []
  private var current: Threads
  private var upcoming: Threads
  private var captures: [Int] = []
  private var jobs: [Job] = []

  init(_ program: Program) {
    current = Threads(count: program.instructions.count)
    upcoming = Threads(count: program.instructions.count)
  }

  /// Looks for the leftmost match from `start` on, only at `start` when `isAnchored`. `slots` holds the result.
  mutating func match(
    _ program: Program, _ text: UnsafeBufferPointer<UInt8>, from start: Int, isAnchored: Bool
  ) -> Bool {
    let empty = [Int](repeating: -1, count: program.slotCount)
    var matched = false
    var position = start
    current.clear()
    while true {
      if !matched && (position == start || !isAnchored) {
        captures = empty
        captures[0] = position
        add(program.start, program, text, position, toCurrent: true)
      }
      if current.leaves.isEmpty && (matched || isAnchored) { break }
      let atEnd = position == text.count
      let (scalar, width) = atEnd ? (0, 1) : Scalars.decode(text, at: position)
      if step(program, text, scalar, atEnd: atEnd, position, width) { matched = true }
      if atEnd { break }
      swap(&current, &upcoming)
      position += width
    }
    return matched
  }

  /// Moves every thread over a character; true when one of them has matched before it.
  private mutating func step(
    _ program: Program, _ text: UnsafeBufferPointer<UInt8>, _ scalar: UInt32, atEnd: Bool, _ position: Int,
    _ width: Int
  ) -> Bool {
    upcoming.clear()
    for (index, place) in current.leaves.enumerated() {
      let instruction = program.instructions[Int(place)]
      let own = index * program.slotCount..<(index + 1) * program.slotCount
      switch instruction.operation {
      case .match:
        slots = Array(current.slots[own])
        slots[1] = position
        return true
      case .set where !atEnd && program.sets[Int(instruction.argument)].contains(scalar):
        captures.replaceSubrange(captures.indices, with: current.slots[own])
        add(instruction.next, program, text, position + width, toCurrent: false)
      case .set, .fail, .split, .capture, .assertion, .jump: break
      }
    }
    return false
  }

  /// Adds all places that can be reached from `place` without taking a character.
  private mutating func add(
    _ place: Int32, _ program: Program, _ text: UnsafeBufferPointer<UInt8>, _ position: Int, toCurrent: Bool
  ) {
    let holding = Program.assertions(text, at: position)
    jobs.append(.visit(place))
    while let job = jobs.popLast() {
      switch job {
      case .restore(let slot, let old): captures[slot] = old
      case .visit(let place):
        if (toCurrent ? current : upcoming).contains(place) { continue }
        let instruction = program.instructions[Int(place)]
        let isLeaf = instruction.operation == .set || instruction.operation == .match
        if toCurrent {
          append(place, isLeaf: isLeaf, to: &current)
        } else {
          append(place, isLeaf: isLeaf, to: &upcoming)
        }
        switch instruction.operation {
        case .match, .fail, .set: break
        case .jump: jobs.append(.visit(instruction.next))
        case .split:
          jobs.append(.visit(instruction.argument))
          jobs.append(.visit(instruction.next))
        case .capture:
          let slot = Int(instruction.argument)
          jobs.append(.restore(slot: slot, position: captures[slot]))
          jobs.append(.visit(instruction.next))
          captures[slot] = position
        case .assertion:
          if holding & UInt8(instruction.argument) != 0 { jobs.append(.visit(instruction.next)) }
        }
      }
    }
  }

  private func append(_ place: Int32, isLeaf: Bool, to threads: inout Threads) {
    threads.index[Int(place)] = Int32(threads.places.count)
    threads.places.append(place)
    guard isLeaf else { return }
    threads.leaves.append(place)
    threads.slots.append(contentsOf: captures)
  }
}
