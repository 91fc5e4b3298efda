import SourceText

/// One step of a compiled pattern.
struct Instruction: Sendable {
  enum Operation: UInt8, Sendable {
    case match
    /// Never goes on.
    case fail
    /// Takes one character of the set `argument`.
    case set
    /// Tries `next` first, then `argument`.
    case split
    /// Stores the position in the slot `argument`.
    case capture
    /// Goes on where the assertion `argument` holds.
    case assertion
    case jump
  }

  var operation: Operation
  var next: Int32
  var argument: Int32
}

/// A pattern as instructions for the machines that match it.
struct Program: Sendable {
  private(set) var instructions: [Instruction] = []
  private(set) var sets: [ScalarSet] = []
  /// Where a match that begins at the current position starts.
  private(set) var start: Int32 = 0
  /// Where a search starts that may pass over characters first.
  private(set) var searchStart: Int32 = 0
  let slotCount: Int
  /// All assertions that occur, as bits.
  private(set) var assertions: UInt8 = 0

  private var setIndices: [ScalarSet: Int32] = [:]

  init(_ pattern: ParsedPattern) {
    slotCount = pattern.groupNames.count * 2
    build(pattern.root, direction: .forward)
  }

  /// The program that reads the text from its end; it has no captures.
  init(reversing pattern: ParsedPattern) {
    slotCount = 0
    build(pattern.root, direction: .backward)
  }

  private enum Direction { case forward, backward }

  private mutating func build(_ root: SyntaxTree.Node, direction: Direction) {
    var fragment = compile(root.tree, direction)
    let match = emit(.match, 0)
    patch(&fragment.exits, to: match)
    start = fragment.entry
    let loop = emit(.split, 0)
    let any = emit(.set, index(of: .all))
    instructions[Int(loop)].next = start
    instructions[Int(loop)].argument = any
    instructions[Int(any)].next = loop
    searchStart = loop
    setIndices = [:]
  }

  // MARK: Fragments

  /// A place that still needs a target: an instruction's `next`, or its `argument` when negative (`~index`).
  private struct Fragment {
    var entry: Int32
    var exits: [Int32]
    /// Whether it can be passed without taking a character.
    var isNullable: Bool
  }

  private mutating func emit(_ operation: Instruction.Operation, _ argument: Int32) -> Int32 {
    instructions.append(Instruction(operation: operation, next: 0, argument: argument))
    return Int32(instructions.count - 1)
  }

  private mutating func patch(_ exits: inout [Int32], to target: Int32) {
    for exit in exits {
      if exit >= 0 { instructions[Int(exit)].next = target } else { instructions[Int(~exit)].argument = target }
    }
    exits = []
  }

  private mutating func index(of set: ScalarSet) -> Int32 {
    if let known = setIndices[set] { return known }
    sets.append(set)
    let index = Int32(sets.count - 1)
    setIndices[set] = index
    return index
  }

  private mutating func compile(_ tree: SyntaxTree, _ direction: Direction) -> Fragment {
    switch tree {
    case .empty:
      return single(.jump, 0, isNullable: true)
    case .set(let set):
      if set.ranges.isEmpty { return Fragment(entry: emit(.fail, 0), exits: [], isNullable: false) }
      return single(.set, index(of: set), isNullable: false)
    case .assertion(let assertion):
      let kind = direction == .forward ? assertion : assertion.mirrored
      assertions |= kind.rawValue
      return single(.assertion, Int32(kind.rawValue), isNullable: true)
    case .capture(let group, let node):
      guard direction == .forward else { return compile(node.tree, direction) }
      let open = single(.capture, Int32(group * 2), isNullable: true)
      let inner = chain(open, compile(node.tree, direction))
      return chain(inner, single(.capture, Int32(group * 2 + 1), isNullable: true))
    case .concatenation(let nodes):
      var result: Fragment?
      for node in direction == .forward ? nodes : nodes.reversed() {
        let next = compile(node.tree, direction)
        result = if let before = result { chain(before, next) } else { next }
      }
      return result ?? single(.jump, 0, isNullable: true)
    case .alternation(let nodes): return alternation(nodes, direction)
    case .repetition(let node, let minimum, let maximum, let isGreedy):
      return repetition(node.tree, minimum, maximum, isGreedy, direction)
    }
  }

  private mutating func single(
    _ operation: Instruction.Operation, _ argument: Int32, isNullable: Bool
  ) -> Fragment {
    let entry = emit(operation, argument)
    return Fragment(entry: entry, exits: [entry], isNullable: isNullable)
  }

  private mutating func chain(_ first: Fragment, _ second: Fragment) -> Fragment {
    var exits = first.exits
    patch(&exits, to: second.entry)
    return Fragment(
      entry: first.entry, exits: second.exits, isNullable: first.isNullable && second.isNullable)
  }

  private mutating func alternation(_ nodes: [SyntaxTree.Node], _ direction: Direction) -> Fragment {
    var exits: [Int32] = []
    var isNullable = false
    var entry: Int32?
    var waiting: Int32?
    for (index, node) in nodes.enumerated() {
      var branch: Int32?
      if index < nodes.count - 1 { branch = emit(.split, 0) }
      let fragment = compile(node.tree, direction)
      if let branch { instructions[Int(branch)].next = fragment.entry }
      let target = branch ?? fragment.entry
      if let waiting { instructions[Int(waiting)].argument = target }
      waiting = branch
      entry = entry ?? target
      exits += fragment.exits
      isNullable = isNullable || fragment.isNullable
    }
    return Fragment(entry: entry ?? 0, exits: exits, isNullable: isNullable)
  }

  // MARK: Repetition

  private mutating func repetition(
    _ tree: SyntaxTree, _ minimum: Int, _ maximum: Int?, _ isGreedy: Bool, _ direction: Direction
  ) -> Fragment {
    if case .empty = tree { return compile(tree, direction) }
    guard let maximum else {
      if minimum == 0 { return star(compile(tree, direction), isGreedy) }
      var result: Fragment?
      for copy in 1...minimum {
        var next = compile(tree, direction)
        if copy == minimum { next = plus(next, isGreedy) }
        result = if let before = result { chain(before, next) } else { next }
      }
      return result ?? single(.jump, 0, isNullable: true)
    }
    var result = minimum == 0 ? nil : compile(tree, direction)
    for _ in 1..<max(minimum, 1) {
      let next = compile(tree, direction)
      result = if let before = result { chain(before, next) } else { next }
    }
    guard maximum > minimum else { return result ?? single(.jump, 0, isNullable: true) }
    let optional = optionals(tree, maximum - minimum, isGreedy, direction)
    return if let before = result { chain(before, optional) } else { optional }
  }

  /// `(x(x(x)?)?)?` with `count` levels, built without recursion: every level may leave for the end.
  private mutating func optionals(
    _ tree: SyntaxTree, _ count: Int, _ isGreedy: Bool, _ direction: Direction
  ) -> Fragment {
    var exits: [Int32] = []
    var entry: Int32?
    var pending: [Int32] = []
    for _ in 0..<count {
      let split = emit(.split, 0)
      let inner = compile(tree, direction)
      patch(&pending, to: split)
      exits.append(connect(split, to: inner.entry, isGreedy))
      pending = inner.exits
      entry = entry ?? split
    }
    return Fragment(entry: entry ?? 0, exits: exits + pending, isNullable: true)
  }

  /// Makes a split enter `target` first (or last); the other way is returned as an open exit.
  private mutating func connect(_ split: Int32, to target: Int32, _ isGreedy: Bool) -> Int32 {
    if isGreedy {
      instructions[Int(split)].next = target
      return ~split
    }
    instructions[Int(split)].argument = target
    return split
  }

  private mutating func plus(_ fragment: Fragment, _ isGreedy: Bool) -> Fragment {
    let split = emit(.split, 0)
    var exits = fragment.exits
    patch(&exits, to: split)
    let exit = connect(split, to: fragment.entry, isGreedy)
    return Fragment(entry: fragment.entry, exits: [exit], isNullable: fragment.isNullable)
  }

  private mutating func star(_ fragment: Fragment, _ isGreedy: Bool) -> Fragment {
    if fragment.isNullable {
      // As `(x+)?`, so that an empty pass through `x` ends the loop at its own priority.
      let loop = plus(fragment, isGreedy)
      let split = emit(.split, 0)
      let exit = connect(split, to: loop.entry, isGreedy)
      return Fragment(entry: split, exits: loop.exits + [exit], isNullable: true)
    }
    let split = emit(.split, 0)
    var exits = fragment.exits
    patch(&exits, to: split)
    let exit = connect(split, to: fragment.entry, isGreedy)
    return Fragment(entry: split, exits: [exit], isNullable: true)
  }
}

extension Program {
  /// The assertions that hold between two bytes of a text, as bits.
  @inline(__always)
  static func assertions(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt8 {
    var flags: UInt8 = 0
    var isWordBefore = false
    var isWordAfter = false
    if position == 0 {
      flags |= Assertion.beginText.rawValue | Assertion.beginLine.rawValue
    } else {
      let before = text[position - 1]
      if before == 10 { flags |= Assertion.beginLine.rawValue }
      isWordBefore = Scalars.isWord(before)
    }
    if position == text.count {
      flags |= Assertion.endText.rawValue | Assertion.endLine.rawValue
    } else {
      let after = text[position]
      if after == 10 { flags |= Assertion.endLine.rawValue }
      isWordAfter = Scalars.isWord(after)
    }
    let boundary = isWordBefore != isWordAfter ? Assertion.wordBoundary : Assertion.noWordBoundary
    return flags | boundary.rawValue
  }

  /// Whether every match begins at the start of the text.
  var isAnchored: Bool {
    var place = Int(start)
    while true {
      let instruction = instructions[place]
      switch instruction.operation {
      case .capture, .jump: place = Int(instruction.next)
      case .assertion: return instruction.argument == Int32(Assertion.beginText.rawValue)
      case .match, .fail, .set, .split: return false
      }
    }
  }
}
