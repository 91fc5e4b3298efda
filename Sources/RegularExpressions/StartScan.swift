#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is known of the first bytes of any match, to pass quickly over places where none can begin.
struct StartScan: Sendable {
  /// Bytes with which every match begins.
  let prefix: [UInt8]
  /// Whether the prefix is the whole pattern.
  let isWholePattern: Bool
  /// By byte: whether a match can begin with it. Nil when a match can be empty, so that no byte rules it out.
  private let firstBytes: [Bool]?

  init(_ program: Program) {
    (prefix, isWholePattern) = StartScan.literalPrefix(program)
    firstBytes = prefix.isEmpty ? StartScan.firstBytes(program) : nil
  }

  /// False when every position has to be tried.
  var isSelective: Bool { !prefix.isEmpty || firstBytes != nil }

  /// The first position from `start` on where a match can begin; nil when there is none.
  func next(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    if !prefix.isEmpty { return find(in: text, from: start) }
    guard let firstBytes else { return start }
    return firstBytes.withUnsafeBufferPointer { table in
      var position = start
      while position < text.count {
        if table[Int(text[position])] { return position }
        position += 1
      }
      return nil
    }
  }

  private func find(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let address = text.baseAddress else { return nil }
    return prefix.withUnsafeBufferPointer { needle in
      guard let wanted = needle.baseAddress else { return nil }
      var position = start
      while position + needle.count <= text.count {
        let room = text.count - needle.count + 1 - position
        guard let hit = memchr(address + position, Int32(wanted[0]), room) else { return nil }
        position = UnsafeRawPointer(hit) - UnsafeRawPointer(address)
        if memcmp(address + position, wanted, needle.count) == 0 { return position }
        position += 1
      }
      return nil
    }
  }

  /// A longer prefix would make the scan, which compares at every hit of the first byte, slow on hostile texts.
  private static let longestPrefix = 16

  private static func literalPrefix(_ program: Program) -> ([UInt8], Bool) {
    var bytes: [UInt8] = []
    var place = Int(program.start)
    while true {
      let instruction = program.instructions[place]
      switch instruction.operation {
      case .capture, .jump: break
      case .set:
        // U+FFFD also stands for any byte that is not UTF-8.
        guard let scalar = program.sets[Int(instruction.argument)].single, scalar != Scalars.replacement else {
          return (bytes, false)
        }
        if bytes.count >= longestPrefix { return (bytes, false) }
        Scalars.append(scalar, to: &bytes)
      case .match: return (bytes, !bytes.isEmpty)
      case .fail, .split, .assertion: return (bytes, false)
      }
      place = Int(instruction.next)
    }
  }

  private static func firstBytes(_ program: Program) -> [Bool]? {
    var table = [Bool](repeating: false, count: 256)
    var seen = [Bool](repeating: false, count: program.instructions.count)
    var stack = [program.start]
    while let place = stack.popLast() {
      if seen[Int(place)] { continue }
      seen[Int(place)] = true
      let instruction = program.instructions[Int(place)]
      switch instruction.operation {
      case .match: return nil
      case .fail: break
      case .set: mark(program.sets[Int(instruction.argument)], in: &table)
      case .split: stack += [instruction.argument, instruction.next]
      case .capture, .assertion, .jump: stack.append(instruction.next)
      }
    }
    return table
  }

  private static func mark(_ set: ScalarSet, in table: inout [Bool]) {
    for range in set.ranges {
      for byte in Int(Scalars.leadByte(range.low))...Int(Scalars.leadByte(range.high)) { table[byte] = true }
      if range.low <= Scalars.replacement && range.high >= Scalars.replacement {
        for byte in 0x80...0xFF { table[byte] = true }
      }
    }
  }
}
