import SourceText
import Testing

@testable import RegularExpressions

/// The machines must agree on every pattern and text.
@Suite struct MachineTests {
  /// Bounds and groups as the Pike machine, the backtracker and the automata see them.
  private func compare(_ pattern: ByteString, _ text: ByteString) throws {
    let compiled = CompiledPattern(source: pattern, try PatternParser.parse(pattern))
    text.bytes.withUnsafeBufferPointer { bytes in
      var pike = PikeMachine(compiled.program)
      let matched = pike.match(compiled.program, bytes, from: 0, isAnchored: compiled.isAnchored)
      let expected = matched ? pike.slots : nil

      var backtracker = Backtracker()
      let last = compiled.isAnchored ? 0 : bytes.count
      let found = backtracker.match(compiled.program, bytes, starts: 0...last, end: bytes.count, scan: nil)
      #expect((found ? backtracker.slots : nil) == expected, "backtracker: \(pattern) on \(text)")

      guard let forward = Automaton(compiled.program, direction: .forward),
        let backward = Automaton(Program(reversing: compiled.parsed), direction: .backward)
      else { return }
      var work = 0
      let end = forward.end(
        bytes, from: 0, isAnchored: compiled.isAnchored, stopsEarly: false, work: &work)
      #expect(end == (expected.map { .match($0[1]) } ?? .none), "automaton: \(pattern) on \(text)")
      if let expected {
        let start = backward.start(bytes, endingAt: expected[1], limit: 0)
        #expect(start == .match(expected[0]), "backward: \(pattern) on \(text)")
      }
      let all = Matcher(compiled)
      #expect(all.groups(bytes, from: 0) == expected, "matcher: \(pattern) on \(text)")
      #expect(all.isMatch(bytes) == matched)
    }
  }

  @Test(arguments: 0..<8)
  func randomPatterns(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<400 {
      let pattern = ByteString(randomPattern(&random, depth: 4))
      let text = randomText(&random)
      guard (try? PatternParser.parse(pattern)) != nil else { continue }
      try compare(pattern, text)
    }
  }

  /// Any bytes as a pattern, any bytes as a text: an answer or an error, never a crash.
  @Test(arguments: 0..<4)
  func hostilePatterns(seed: UInt64) {
    var random = SplitMix(seed: 1000 + seed)
    let alphabet = Array(#"()[]{}*+?\|^$.-:<>=!,019abizPQEpLuxU"#.utf8) + [0, 0x80, 0xC3, 0xA9, 0xFF]
    for _ in 0..<4000 {
      let pattern = ByteString((0..<random.below(16)).map { _ in alphabet[random.below(alphabet.count)] })
      guard let expression = try? RegularExpression(pattern) else { continue }
      let text = randomText(&random)
      _ = expression.matches(in: text)
      _ = expression.replaceAll(in: text, with: pattern)
      _ = expression.split(text)
    }
  }

  /// Patterns that cost others exponential or quadratic time.
  @Test(arguments: [
    "(a*)*b", "(a|aa)+$x", "(a?){30}a{30}b", "(.*)*x", "a.*b", "(x+x+)+y", "(?:a|b)*c{100}", ".*.*=.*",
    "[a-q][^u-z]{13}x", "(a.{20})*b",
  ])
  func linearTime(pattern: String) throws {
    let expression = try RegularExpression(ByteString(pattern))
    let text = ByteString([UInt8](repeating: UInt8(ascii: "a"), count: 20_000))
    let duration = ContinuousClock().measure { _ = expression.firstMatch(in: text) }
    #expect(duration < .seconds(20))
  }

  @Test func manyThreads() async throws {
    let expression = try RegularExpression("([a-z]+)([0-9]+)")
    let text = ByteString(String(repeating: "abc123 ", count: 100))
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<32 { group.addTask { expression.matches(in: text).count } }
      for await count in group { #expect(count == 100) }
    }
  }

  // MARK: Random input

  private func randomPattern(_ random: inout SplitMix, depth: Int) -> String {
    let atoms = [
      "a", "b", ".", "[a-c]", "[^a]", #"\d"#, #"\w"#, #"\W"#, #"\b"#, #"\B"#, "^", "$", "(?m:^)", "(?m:$)", #"\z"#, "é",
      "(?i:k)", #"\pL"#, "\\n", "ab", "", "-", "(?s:.)",
    ]
    if depth == 0 || random.below(4) == 0 { return atoms[random.below(atoms.count)] }
    switch random.below(6) {
    case 0, 1:
      return (0..<1 + random.below(4)).map { _ in randomPattern(&random, depth: depth - 1) }.joined()
    case 2: return "(" + randomPattern(&random, depth: depth - 1) + ")"
    case 3:
      let parts = (0..<1 + random.below(3)).map { _ in randomPattern(&random, depth: depth - 1) }
      return "(?:" + parts.joined(separator: "|") + ")"
    default:
      let operators = ["*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,3}?", "{2,}", "{0}"]
      return "(?:" + randomPattern(&random, depth: depth - 1) + ")" + operators[random.below(operators.count)]
    }
  }

  private func randomText(_ random: inout SplitMix) -> ByteString {
    let pieces: [[UInt8]] = ["a", "b", "c", "ab", "k", "K", "\u{212A}", "é", "1", "_", "-", " ", "\n"].map {
      Array($0.utf8)
    }
    var text = ByteString()
    for _ in 0..<random.below(random.below(5) == 0 ? 200 : 12) {
      text.append(random.below(20) == 0 ? [0xFF, 0xC3] : pieces[random.below(pieces.count)])
    }
    return text
  }
}

/// A small seeded generator, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
