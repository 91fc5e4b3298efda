import SourceText
import TemplateLanguage
import Values

/// Functions that answer differently each time. All of them draw from the environment's source.
enum RandomFunctions {
  static let functions: [Function] = [
    Function("randAlphaNum", [.int], origins: .summary, cost: .constant) {
      (evaluator, arguments) throws(FunctionError) in
      try text(evaluator, arguments.integer(0), from: letters + digits)
    },
    Function("randAlpha", [.int], origins: .summary) { (evaluator, arguments) throws(FunctionError) in
      try text(evaluator, arguments.integer(0), from: letters)
    },
    Function("randNumeric", [.int], origins: .summary) { (evaluator, arguments) throws(FunctionError) in
      try text(evaluator, arguments.integer(0), from: digits)
    },
    Function("randAscii", [.int], origins: .summary) { (evaluator, arguments) throws(FunctionError) in
      try text(evaluator, arguments.integer(0), from: Array(0x20...0x7E))
    },
    Function("randInt", [.int, .int], origins: .summary, body: integer),
    Function("shuffle", [.string], origins: .map, cost: Cost(perUnit: 128), body: shuffle),
  ]

  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  private static let digits = Array("0123456789".utf8)

  private static func text(
    _ evaluator: Evaluator, _ count: Int, from alphabet: [UInt8]
  ) throws(FunctionError) -> Value {
    guard count > 0 else { return "" }
    guard count <= Limit.bytes else { throw .tooLarge }
    try evaluator.spend(count)
    // Bytes at the top of the range would favour the first letters; they are drawn again.
    let fair = 256 / alphabet.count * alphabet.count
    var out: [UInt8] = []
    out.reserveCapacity(count)
    while out.count < count {
      let drawn = evaluator.environment.random(min(count - out.count, 4096))
      if drawn.isEmpty { break }
      for byte in drawn where Int(byte) < fair { out.append(alphabet[Int(byte) % alphabet.count]) }
    }
    return .string(ByteString(out))
  }

  private static func integer(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let (low, high) = (arguments.integer(0), arguments.integer(1))
    let span = high &- low
    guard span > 0 else { throw FunctionError("invalid argument to Intn") }
    return .int(low &+ Int(evaluator.random(below: UInt64(span))))
  }

  /// The code points in another order, each with its origin.
  private static func shuffle(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    var ranges: [(rune: UInt32, range: Range<Int>)] = []
    arguments.text(0).bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let (rune, width) = Runes.decode(bytes, at: index)
        ranges.append((rune, index..<(index + width)))
        index += width
      }
    }
    for index in ranges.indices.dropFirst().reversed() {
      ranges.swapAt(index, Int(evaluator.random(below: UInt64(index + 1))))
    }
    var mapper = RuneMapper(arguments[0], evaluator)
    for (rune, range) in ranges { mapper.append(rune, from: range) }
    return mapper.finish()
  }
}

extension Evaluator {
  /// A number from zero to below `limit`, each as likely as the others.
  func random(below limit: UInt64) -> UInt64 {
    let fair = UInt64.max - UInt64.max % limit
    while true {
      let drawn = environment.random(8)
      let number = drawn.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      if number < fair || drawn.isEmpty { return number % limit }
    }
  }
}
