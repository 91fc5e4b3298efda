/// The machines of one pattern with their memory. One thread at a time uses it.
final class Matcher {
  private let pattern: CompiledPattern
  private var backtracker = Backtracker()
  private var pike: PikeMachine?
  private var automata: Automata = .unbuilt

  private enum Automata {
    case unbuilt
    /// The pattern is not fit for them, or a text led to too many states.
    case unavailable
    case built(forward: Automaton, backward: Automaton)
  }

  /// Texts up to this length are matched without automata, whose states would cost more than they save.
  private static let shortText = 64

  init(_ pattern: CompiledPattern) { self.pattern = pattern }

  private enum Bounds {
    case match(start: Int, end: Int)
    case none
    /// No automaton can tell.
    case unknown
  }

  /// Whether the text contains a match.
  func isMatch(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if pattern.scan.isWholePattern { return pattern.scan.next(in: text, from: 0) != nil }
    if text.count > Matcher.shortText, let automata = builtAutomata() {
      var work = 0
      let start = pattern.scan.next(in: text, from: 0)
      guard let start else { return false }
      switch automata.forward.end(
        text, from: pattern.isAnchored ? 0 : start, isAnchored: pattern.isAnchored, stopsEarly: true, work: &work)
      {
      case .match: return true
      case .none: return false
      case .exhausted: self.automata = .unavailable
      }
    }
    return search(text, from: 0)
  }

  /// The bounds of the leftmost match from `start` on.
  func range(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> (start: Int, end: Int)? {
    switch bounds(text, from: start) {
    case .match(let start, let end): return (start, end)
    case .none: return nil
    case .unknown:
      guard search(text, from: start) else { return nil }
      return (slots[0], slots[1])
    }
  }

  /// The positions of all groups of the leftmost match from `start` on, two each.
  func groups(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> [Int]? {
    switch bounds(text, from: start) {
    case .none: return nil
    case .unknown: return search(text, from: start) ? slots : nil
    case .match(let start, let end):
      if pattern.program.slotCount == 2 { return [start, end] }
      if Backtracker.fits(pattern.program, length: end - start) {
        usedPike = false
        let found = backtracker.match(pattern.program, text, starts: start...start, end: end, scan: nil)
        return found ? slots : nil
      }
      return searchWithPike(text, from: start, isAnchored: true) ? slots : nil
    }
  }

  // MARK: Machines that know groups

  private var usedPike = false
  private var slots: [Int] { usedPike ? pike?.slots ?? [] : backtracker.slots }

  private func search(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    if pattern.isAnchored && start > 0 { return false }
    guard Backtracker.fits(pattern.program, length: text.count - start) else {
      return searchWithPike(text, from: start, isAnchored: pattern.isAnchored)
    }
    usedPike = false
    let scan = pattern.isAnchored || !pattern.scan.isSelective ? nil : pattern.scan
    return backtracker.match(
      pattern.program, text, starts: start...(pattern.isAnchored ? start : text.count), end: text.count, scan: scan)
  }

  private func searchWithPike(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, isAnchored: Bool
  ) -> Bool {
    usedPike = true
    var machine = pike ?? PikeMachine(pattern.program)
    pike = nil
    defer { pike = machine }
    return machine.match(pattern.program, text, from: start, isAnchored: isAnchored)
  }

  // MARK: Automata

  private func builtAutomata() -> (forward: Automaton, backward: Automaton)? {
    switch automata {
    case .built(let forward, let backward): return (forward, backward)
    case .unavailable: return nil
    case .unbuilt:
      guard let forward = Automaton(pattern.program, direction: .forward),
        let backward = Automaton(Program(reversing: pattern.parsed), direction: .backward)
      else {
        automata = .unavailable
        return nil
      }
      automata = .built(forward: forward, backward: backward)
      return (forward, backward)
    }
  }

  private func bounds(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bounds {
    if pattern.isAnchored && start > 0 { return .none }
    if pattern.scan.isWholePattern {
      guard let found = pattern.scan.next(in: text, from: start) else { return .none }
      return .match(start: found, end: found + pattern.scan.prefix.count)
    }
    guard text.count > Matcher.shortText, let (forward, backward) = builtAutomata() else { return .unknown }
    let result =
      pattern.isAnchored
      ? anchored(forward, text, start) : unanchored(forward, backward, text, start)
    if case .unknown = result { automata = .unavailable }
    return result
  }

  private func anchored(_ forward: Automaton, _ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bounds {
    var work = 0
    switch forward.end(text, from: start, isAnchored: true, stopsEarly: false, work: &work) {
    case .match(let end): return .match(start: start, end: end)
    case .none: return .none
    case .exhausted: return .unknown
    }
  }

  /// Tries the places where a match can begin one by one as long as that stays cheap; then searches in one pass for the
  /// end of the match and from there back to its start. Both together take time linear in the text.
  private func unanchored(
    _ forward: Automaton, _ backward: Automaton, _ text: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> Bounds {
    var position = start
    var work = 0
    if pattern.scan.isSelective {
      while work <= 64 + 4 * (position - start) {
        guard let candidate = pattern.scan.next(in: text, from: position) else { return .none }
        switch forward.end(text, from: candidate, isAnchored: true, stopsEarly: false, work: &work) {
        case .match(let end): return .match(start: candidate, end: end)
        case .exhausted: return .unknown
        case .none: position = candidate + Scalars.decode(text, at: candidate).width
        }
        work += 1
      }
    }
    switch forward.end(text, from: position, isAnchored: false, stopsEarly: false, work: &work) {
    case .none: return .none
    case .exhausted: return .unknown
    case .match(let end):
      guard case .match(let first) = backward.start(text, endingAt: end, limit: position) else { return .unknown }
      return .match(start: first, end: end)
    }
  }
}
