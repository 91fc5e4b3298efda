import SourceText
import Testing
import Values

@Suite struct MapValueTests {
  /// A map behaves as a dictionary that is walked in bytewise order, whatever is done to it.
  @Test(arguments: 0..<50) func behavesAsASortedDictionary(seed: UInt64) {
    var state = seed &+ 1
    func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Int(state >> 33) % sides
    }
    let map = MapValue()
    var model: [String: Int] = [:]
    for step in 0..<300 {
      let key = "k\(roll(40))"
      if roll(4) == 0 {
        map[ByteString(key)] = nil
        model[key] = nil
      } else {
        map[ByteString(key)] = .int(step)
        model[key] = step
      }
    }
    #expect(map.entries.map(\.key.string) == model.keys.sorted())
    for (key, number) in model {
      guard case .integer(let value, .int)? = map[ByteString(key)]?.datum else { return #expect(Bool(false)) }
      #expect(value == Int64(number))
    }
  }

  @Test func ofEqualKeysTheLastWins() {
    let map = MapValue(unsorted: [
      .init(key: "b", value: 1), .init(key: "a", value: 2), .init(key: "b", value: 3),
    ])
    #expect(map.entries.map(\.key.string) == ["a", "b"])
    guard case .integer(3, .int)? = map["b"]?.datum else { return #expect(Bool(false)) }
  }

  @Test func nestingWithoutEndIsFreed() {
    var map = MapValue()
    for _ in 0..<500_000 { map = MapValue(["a": .map(map)]) }
    #expect(map.count == 1)
  }

  @Test func freeingAMapLeavesSharedMapsAlone() {
    let shared = MapValue(["x": 1])
    do {
      let outer = MapValue(["a": .map(shared), "b": .map(MapValue(["c": .map(shared)]))])
      #expect(outer.count == 2)
    }
    #expect(shared.count == 1)
  }

  @Test func copiesShareValuesNotEntries() {
    let map = MapValue(["a": 1])
    let copy = map.shallowCopy()
    copy["b"] = 2
    #expect(map.count == 1)
    #expect(copy.count == 2)
  }
}

@Suite struct GoFloatTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "-0"), (1.0, "1"), (100_000.0, "100000"), (1_000_000.0, "1e+06"), (1_234_567.0, "1.234567e+06"),
    (99_999_999_999.0, "9.9999999999e+10"), (0.0001, "0.0001"), (0.00001, "1e-05"), (1.5, "1.5"), (-2.25, "-2.25"),
    (1e100, "1e+100"), (.leastNonzeroMagnitude, "5e-324"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
  ]) func printsAsGoDoes(value: Double, text: String) {
    #expect(GoFloat.general(value).string == text)
  }

  @Test func otherThresholdsMoveTheExponent() {
    #expect(GoFloat.general(1e20, threshold: 21).string == "100000000000000000000")
    #expect(GoFloat.general(1e21, threshold: 21).string == "1e+21")
  }

  @Test(arguments: 0..<500) func digitsReadBackAsTheSameNumber(seed: UInt64) {
    let value = Double(bitPattern: seed &* 0x9E37_79B9_7F4A_7C15)
    guard value.isFinite else { return }
    #expect(Double(GoFloat.general(value).string) == value)
  }
}
