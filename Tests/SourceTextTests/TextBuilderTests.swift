import SourceText
import Testing

/// Text that is cut and joined again keeps, for every byte, which byte of which origin it is.
@Suite struct TextBuilderTests {
  /// Deterministic pseudo-random numbers.
  struct Dice {
    var state: UInt64
    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % sides
    }
  }

  @Test(arguments: 0..<200) func slicesKeepOffsets(seed: UInt64) {
    var dice = Dice(state: seed)
    // Two values whose byte i is the letter of its index, so that a byte names the place it came from.
    let sources = [1, 2].map { number in
      (text: Text((0..<26).map { UInt8(ascii: number == 1 ? "a" : "A") + UInt8($0) }), origin: OriginID(UInt32(number)))
    }
    var text = Text()
    for _ in 0..<4 {
      var builder = TextBuilder(tracking: true)
      if !text.isEmpty { builder.append(text, dice.roll(text.count)..<text.count, origin: .none) }
      for _ in 0..<dice.roll(6) {
        let (source, origin) = sources[dice.roll(2)]
        let start = dice.roll(26)
        builder.append(source, start..<(start + dice.roll(27 - start)), origin: origin)
        if dice.roll(3) == 0 { builder.append(byte: UInt8(ascii: "-")) }
      }
      text = builder.finish()
    }
    for (index, byte) in text.bytes.enumerated() {
      guard let (start, run) = text.run(at: index) else { return #expect(Bool(false), "byte \(index) has no run") }
      let offset = run.offset + UInt32(index - start)
      switch run.origin.rawValue {
      case 1: #expect(UInt32(byte) == UInt32(UInt8(ascii: "a")) + offset)
      case 2: #expect(UInt32(byte) == UInt32(UInt8(ascii: "A")) + offset)
      default: #expect(byte == UInt8(ascii: "-"))
      }
    }
    #expect(text.runs.isEmpty == text.isEmpty)
    #expect(text.runs.last.map { Int($0.end) } ?? 0 == text.count)
  }

  @Test func withoutTrackingNothingIsWritten() {
    var builder = TextBuilder(tracking: false)
    builder.append(Text("abc"), 1..<3, origin: OriginID(7))
    builder.append(byte: 0x20)
    let text = builder.finish()
    #expect(text.string == "bc ")
    #expect(text.runs.isEmpty)
  }

  @Test func printingFillsOnlySitesThatAreMissing() {
    var inner = TextBuilder(tracking: true)
    inner.append(literal: Array("lit".utf8), site: SiteID(3), frame: FrameID(1))
    inner.append(Text("val"), origin: OriginID(9))
    var outer = TextBuilder(tracking: true)
    outer.print(inner.finish(), origin: .none, site: SiteID(8), frame: FrameID(2))
    let text = outer.finish()
    #expect(text.run(at: 0)?.run.site == SiteID(3))
    #expect(text.run(at: 3)?.run.site == SiteID(8))
    #expect(text.run(at: 3)?.run.frame == FrameID(2))
    #expect(text.run(at: 3)?.run.origin == OriginID(9))
  }
}
