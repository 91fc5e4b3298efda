/// A deterministic automaton of a program whose states are made when a text first leads to them.
///
/// It finds where a match ends and knows nothing of groups. Read backwards, with the mirrored program, it finds where a
/// match begins. The assertions that look at the next character make every state wait: whether a match ends at a
/// position is known once the character after it, or the end of the text, has been seen.
final class Automaton {
  enum Direction { case forward, backward }

  enum Answer: Equatable {
    case match(Int)
    case none
    /// The states did not fit into the memory allowed; another machine must answer.
    case exhausted
  }

  private let program: Program
  private let alphabet: Alphabet
  private let direction: Direction
  /// Letters, and one more for the end of the text.
  private let stride: Int

  /// By state times `stride` plus letter: the first entry of the next state's row, with `matchBit` when a match ends
  /// before the letter; `unknown` or `dead`.
  private var table: [Int32] = []
  private var states: [State] = []
  private var rows: [State: Int32] = [:]
  private var starts = [Int32](repeating: Automaton.unknown, count: 8)
  private var memory = 0
  private var closure: Closure

  private static let unknown: Int32 = -1
  private static let dead: Int32 = -2
  private static let matchBit: Int32 = 1 << 30
  private static let memoryLimit = 4 << 20

  /// What lies before a position, as far as assertions care.
  private enum Context: UInt8 { case textStart, lineStart, word, other }

  /// A state is a list of places in order of preference.
  private struct State: Hashable {
    /// All that can be reached without a character. Where assertions wait for the next character, the places from which
    /// that is to be worked out again: what an assertion opens ranks by when it is passed, so leaves would not do.
    var places: [Int32]
    var isResolved: Bool
    /// Without assertions what lies before makes no difference.
    var context: Context
  }

  /// Nil when the program is not fit for an automaton.
  init?(_ program: Program, direction: Direction) {
    guard program.instructions.count <= 10_000, let alphabet = Alphabet(program) else { return nil }
    self.program = program
    self.alphabet = alphabet
    self.direction = direction
    stride = alphabet.count + 1
    closure = Closure(count: program.instructions.count)
  }

  // MARK: Running

  /// The end of the leftmost match that begins at or after `start`, or at `start` when `isAnchored`; how far the text
  /// was read is added to `work`.
  func end(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, isAnchored: Bool, stopsEarly: Bool, work: inout Int
  ) -> Answer {
    var run = Run(position: start, last: -1, row: startRow(text, at: start, isAnchored: isAnchored))
    defer { work += run.position - start }
    return drive(&run, text, limit: text.count, stopsEarly: stopsEarly)
  }

  /// The first start, not before `limit`, of a match that ends at `end`; the automaton must be a backward one.
  func start(_ text: UnsafeBufferPointer<UInt8>, endingAt end: Int, limit: Int) -> Answer {
    var run = Run(position: end, last: -1, row: startRow(text, at: end, isAnchored: true))
    return drive(&run, text, limit: limit, stopsEarly: false)
  }

  private struct Run {
    var position: Int
    /// Where the best match so far ends.
    var last: Int
    var row: Int32
  }

  private enum Stop {
    case finished
    /// The transition by this letter, `width` bytes wide, is not known yet.
    case missing(letter: Int, width: Int)
  }

  private func drive(
    _ run: inout Run, _ text: UnsafeBufferPointer<UInt8>, limit: Int, stopsEarly: Bool
  ) -> Answer {
    if run.row == Automaton.dead { return .none }
    while true {
      let stop =
        direction == .forward
        ? scanForward(&run, text, stopsEarly: stopsEarly) : scanBackward(&run, text, limit: limit)
      guard case .missing(let letter, let width) = stop else { break }
      guard let next = makeTransition(from: run.row, letter) else { return .exhausted }
      if next >= 0 && next & Automaton.matchBit != 0 {
        run.last = run.position
        if stopsEarly { break }
      }
      // Width zero: the end of the text, after which nothing comes.
      if next < 0 || width == 0 || (direction == .backward && run.position <= limit) { break }
      run.position += direction == .forward ? width : -width
      run.row = next & ~Automaton.matchBit
    }
    return run.last < 0 ? .none : .match(run.last)
  }

  private func scanForward(_ run: inout Run, _ text: UnsafeBufferPointer<UInt8>, stopsEarly: Bool) -> Stop {
    table.withUnsafeBufferPointer { table in
      alphabet.ascii.withUnsafeBufferPointer { ascii in
        var position = run.position
        var row = run.row
        var last = run.last
        defer { run = Run(position: position, last: last, row: row) }
        while position < text.count {
          let byte = text[position]
          var letter: Int
          var width = 1
          if byte < 0x80 {
            letter = Int(ascii[Int(byte)])
          } else {
            let found = Scalars.decode(text, at: position)
            letter = alphabet.letter(found.scalar)
            width = found.width
          }
          let next = table[Int(row) + letter]
          if next < 0 { return next == Automaton.dead ? .finished : .missing(letter: letter, width: width) }
          if next & Automaton.matchBit != 0 {
            last = position
            if stopsEarly { return .finished }
          }
          row = next & ~Automaton.matchBit
          position += width
        }
        return finish(table, row, position, &last)
      }
    }
  }

  private func scanBackward(_ run: inout Run, _ text: UnsafeBufferPointer<UInt8>, limit: Int) -> Stop {
    table.withUnsafeBufferPointer { table in
      alphabet.ascii.withUnsafeBufferPointer { ascii in
        var position = run.position
        var row = run.row
        var last = run.last
        defer { run = Run(position: position, last: last, row: row) }
        while position > 0 {
          let (scalar, width) = Scalars.decode(text, before: position)
          let letter = scalar < 0x80 ? Int(ascii[Int(scalar)]) : alphabet.letter(scalar)
          let next = table[Int(row) + letter]
          if next < 0 { return next == Automaton.dead ? .finished : .missing(letter: letter, width: width) }
          if next & Automaton.matchBit != 0 { last = position }
          // The character before the limit was only looked at.
          if position <= limit { return .finished }
          row = next & ~Automaton.matchBit
          position -= width
        }
        return finish(table, row, position, &last)
      }
    }
  }

  private func finish(
    _ table: UnsafeBufferPointer<Int32>, _ row: Int32, _ position: Int, _ last: inout Int
  ) -> Stop {
    let next = table[Int(row) + stride - 1]
    if next == Automaton.unknown { return .missing(letter: stride - 1, width: 0) }
    if next >= 0 && next & Automaton.matchBit != 0 { last = position }
    return .finished
  }

  // MARK: States

  private func startRow(_ text: UnsafeBufferPointer<UInt8>, at position: Int, isAnchored: Bool) -> Int32 {
    let context = context(text, at: position)
    let slot = Int(context.rawValue) * 2 + (isAnchored ? 1 : 0)
    if starts[slot] == Automaton.unknown {
      starts[slot] = row(ofRoots: [isAnchored ? program.start : program.searchStart], context)
    }
    return starts[slot]
  }

  private func context(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> Context {
    if program.assertions == 0 { return .other }
    let neighbour = direction == .forward ? position - 1 : position
    guard neighbour >= 0, neighbour < text.count else { return .textStart }
    return Automaton.context(after: UInt32(text[neighbour]))
  }

  private static func context(after scalar: UInt32) -> Context {
    if scalar == 10 { return .lineStart }
    return scalar < 0x80 && Scalars.isWord(UInt8(scalar)) ? .word : .other
  }

  /// The assertions that the text before a position decides alone.
  private static func holding(_ context: Context) -> UInt8 {
    switch context {
    case .textStart: Assertion.beginText.rawValue | Assertion.beginLine.rawValue
    case .lineStart: Assertion.beginLine.rawValue
    case .word, .other: 0
    }
  }

  /// All assertions between a context and the next character; nil is the end of the text.
  private static func holding(_ context: Context, before next: UInt32?) -> UInt8 {
    var flags = holding(context)
    if let next {
      if next == 10 { flags |= Assertion.endLine.rawValue }
    } else {
      flags |= Assertion.endText.rawValue | Assertion.endLine.rawValue
    }
    let isWordNext = next.map { $0 < 0x80 && Scalars.isWord(UInt8($0)) } ?? false
    let boundary = (context == .word) != isWordNext ? Assertion.wordBoundary : Assertion.noWordBoundary
    return flags | boundary.rawValue
  }

  /// Works out a transition and stores it; nil when the memory is used up.
  private func makeTransition(from row: Int32, _ letter: Int) -> Int32? {
    let source = Int(row) / stride
    let state = states[source]
    let next: UInt32? = letter < alphabet.count ? alphabet.samples[letter] : nil
    var places = state.places
    if !state.isResolved {
      closure.clear()
      let holding = Automaton.holding(state.context, before: next)
      for place in places { closure.add(place, program, holding: holding, defersAssertions: false) }
      places = closure.leaves
    }
    var isMatch = false
    var roots: [Int32] = []
    scan: for place in places {
      let instruction = program.instructions[Int(place)]
      switch instruction.operation {
      case .match:
        isMatch = true
        // Forward, ways of lower preference end here; backward the longest match is wanted.
        if direction == .forward { break scan }
      case .set:
        if let next, program.sets[Int(instruction.argument)].contains(next) { roots.append(instruction.next) }
      case .fail, .split, .capture, .assertion, .jump: break
      }
    }
    guard memory < Automaton.memoryLimit else { return nil }
    let context = program.assertions == 0 ? .other : next.map(Automaton.context(after:)) ?? .other
    var target = roots.isEmpty && !isMatch ? Automaton.dead : self.row(ofRoots: roots, context)
    if isMatch { target |= Automaton.matchBit }
    table[source * stride + letter] = target
    return target
  }

  /// The row of the state that is reached at these places; it is made when it is new.
  private func row(ofRoots roots: [Int32], _ context: Context) -> Int32 {
    closure.clear()
    let holding = Automaton.holding(context)
    for root in roots { closure.add(root, program, holding: holding, defersAssertions: true) }
    if closure.hasDeferred { return row(of: State(places: roots, isResolved: false, context: context)) }
    let leaves = direction == .forward ? closure.leaves : closure.leaves.sorted()
    return row(of: State(places: leaves, isResolved: true, context: .other))
  }

  private func row(of state: State) -> Int32 {
    if let known = rows[state] { return known }
    let row = Int32(states.count * stride)
    rows[state] = row
    states.append(state)
    table.append(contentsOf: repeatElement(Automaton.unknown, count: stride))
    memory += stride * 4 + state.places.count * 8 + 128
    return row
  }
}

/// The places that can be reached without taking a character, in order of preference.
private struct Closure {
  private(set) var leaves: [Int32] = []
  /// Whether an assertion was met that needs the next character.
  private(set) var hasDeferred = false
  private var stamps: [UInt32]
  private var stamp: UInt32 = 0
  private var stack: [Int32] = []

  init(count: Int) { stamps = [UInt32](repeating: 0, count: count) }

  mutating func clear() {
    leaves.removeAll(keepingCapacity: true)
    hasDeferred = false
    stamp &+= 1
    if stamp == 0 {
      stamps = [UInt32](repeating: 0, count: stamps.count)
      stamp = 1
    }
  }

  /// Follows the assertions among `holding`. With `defersAssertions` only what lies before is known, and those that need
  /// the next character are noted.
  mutating func add(_ place: Int32, _ program: Program, holding: UInt8, defersAssertions: Bool) {
    let needsNext =
      Assertion.endLine.rawValue | Assertion.endText.rawValue | Assertion.wordBoundary.rawValue
      | Assertion.noWordBoundary.rawValue
    stack.append(place)
    while let place = stack.popLast() {
      if stamps[Int(place)] == stamp { continue }
      stamps[Int(place)] = stamp
      let instruction = program.instructions[Int(place)]
      switch instruction.operation {
      case .match, .set: leaves.append(place)
      case .fail: break
      case .jump, .capture: stack.append(instruction.next)
      case .split:
        stack.append(instruction.argument)
        stack.append(instruction.next)
      case .assertion:
        let kind = UInt8(instruction.argument)
        if holding & kind != 0 {
          stack.append(instruction.next)
        } else if defersAssertions && kind & needsNext != 0 {
          hasDeferred = true
        }
      }
    }
  }
}
