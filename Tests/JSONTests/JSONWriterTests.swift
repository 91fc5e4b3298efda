import JSON
import SourceText
import Testing
import Values

private func write(_ value: Value, _ style: JSONWriter.Style = .init()) -> String {
  do {
    return try JSONWriter.text(of: value, style: style, tracking: true).string
  } catch {
    return error.message.string
  }
}

@Suite struct JSONWriterTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "-0"), (1, "1"), (1.5, "1.5"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
    (1e-6, "0.000001"), (1e-7, "1e-7"), (1.5e-10, "1.5e-10"), (123456789.25, "123456789.25"),
    (.nan, "json: unsupported value: NaN"), (-.infinity, "json: unsupported value: -Inf"),
  ])
  func numbersAreGo(_ number: Double, _ expected: String) { #expect(write(.float(number)) == expected) }

  @Test func stringsAreEscaped() {
    #expect(write("<&>\u{2028}\u{7f}\u{1}\"\\\n") == #""\u003c\u0026\u003e\u2028\#u{7f}\u0001\"\\\n""#)
    #expect(write("<", .init(escapesHTML: false)) == "\"<\"")
    #expect(write(.string(ByteString([0xff, 0x61]))) == "\"\u{FFFD}a\"")
  }

  @Test func containersAreLaidOut() {
    let value = Value(.map(MapValue(["b": .list([1, .list([]), Value(.map(MapValue()))]), "a": .none])))
    #expect(write(value) == #"{"a":null,"b":[1,[],{}]}"#)
    #expect(
      write(value, .init(indent: "  ")) == """
        {
          "a": null,
          "b": [
            1,
            [],
            {}
          ]
        }
        """)
    #expect(write(Value(.list(ListValue([], isNil: true)))) == "null")
    #expect(write(Value(.map(MapValue(isNil: true)))) == "null")
    #expect(write(Value(.bytes("hi"))) == "\"aGk=\"")
    #expect(write(Value(.integer(-1, .uint64))) == "18446744073709551615")
  }

  @Test func aMapThatHoldsItselfIsAnError() {
    let map = MapValue()
    map["self"] = Value(.map(map))
    #expect(
      write(Value(.map(map))) == "json: unsupported value: encountered a cycle via map[string]interface {}")
    map["self"] = nil
  }

  @Test func originsStandInsideTheQuotes() throws {
    let text = try JSONWriter.text(of: .string("ab<c", origin: OriginID(3)), tracking: true)
    #expect(text.runs.map(\.origin) == [.none, OriginID(3), OriginID(3), .none].filter { _ in true })
    #expect(text.runs.last?.end == UInt32(text.count))
  }

  @Test func whatIsWrittenReadsBack() throws {
    var random = SeededBytes(seed: 11)
    for _ in 0..<300 {
      let value = random.value(depth: 0)
      let text = try JSONWriter.text(of: value, tracking: false)
      let again = try JSONReader.value(of: text, origin: .none, tracking: false)
      #expect(try JSONWriter.text(of: again, tracking: false).bytes == text.bytes)
    }
  }

  @Test func anyBytesAreReadOrRefused() {
    var random = SeededBytes(seed: 5)
    let words = Array(#"{}[],:"\u0aé1e-+.truefalsenull "#.utf8) + [0x09, 0x01]
    for _ in 0..<4000 {
      let bytes = (0..<random.below(30)).map { _ in
        random.below(9) == 0 ? UInt8(random.below(256)) : words[random.below(words.count)]
      }
      _ = try? JSONReader.value(of: Text(bytes), origin: .none, tracking: true)
    }
  }
}

/// A generator whose numbers are the same in every run.
struct SeededBytes {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  mutating func value(depth: Int) -> Value {
    switch below(depth > 3 ? 5 : 7) {
    case 0: return .none
    case 1: return .bool(below(2) == 0)
    case 2: return .float(Double(below(1_000_000)) / Double(1 + below(1000)))
    case 3, 4: return .string(ByteString((0..<below(8)).map { _ in UInt8(below(256)) }))
    case 5: return .list((0..<below(4)).map { _ in value(depth: depth + 1) })
    default:
      let entries = (0..<below(4)).map { MapValue.Entry(key: ByteString("k\(9 - $0)"), value: value(depth: depth + 1)) }
      return .map(MapValue(unsorted: entries))
    }
  }
}
