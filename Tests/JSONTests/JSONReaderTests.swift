import JSON
import SourceText
import Testing
import Values

private func read(_ text: ByteString) throws(JSONError) -> Value {
  try JSONReader.value(of: SourceFile(path: "x.json", text: text), origins: OriginTable(isTracking: false))
}

private func message(_ text: ByteString) -> String {
  do {
    _ = try read(text)
    return "no error"
  } catch {
    return "\(error.message) at \(error.offset)"
  }
}

@Suite struct JSONReaderTests {
  @Test(arguments: [
    (#"{"a":x}"#, "invalid character 'x' looking for beginning of value at 5"),
    (#"{"a""#, "unexpected end of JSON input at 4"),
    (#"{"a" 1}"#, "invalid character '1' after object key at 5"),
    (#"{"a":1 "b"}"#, "invalid character '\"' after object key:value pair at 7"),
    (#"{"a":1,}"#, "invalid character '}' looking for beginning of object key string at 7"),
    ("[1 2]", "invalid character '2' after array element at 3"),
    ("[1,]", "invalid character ']' looking for beginning of value at 3"),
    ("a", "invalid character 'a' looking for beginning of value at 0"),
    ("{}b", "invalid character 'b' after top-level value at 2"),
    ("tru", "unexpected end of JSON input at 3"),
    ("trux", "invalid character 'x' in literal true (expecting 'e') at 3"),
    ("-", "unexpected end of JSON input at 1"),
    ("-x", "invalid character 'x' in numeric literal at 1"),
    ("1.x", "invalid character 'x' in numeric literal at 2"),
    ("1ex", "invalid character 'x' in numeric literal at 2"),
    ("01", "invalid character '1' after top-level value at 1"),
    (#""\q""#, "invalid escape sequence `\\q` in string at 1"),
    (#""\u12g4""#, "invalid escape sequence `\\u12g4` in string at 1"),
    ("\"\n\"", "invalid character '\\n' in string at 1"),
    ("'", "invalid character '\\'' looking for beginning of value at 0"),
    ("é", "invalid character 'é' looking for beginning of value at 0"),
    ("", "unexpected end of JSON input at 0"),
    ("[1e999]", "json: cannot unmarshal number 1e999 into .0 of type float64 at 1"),
  ])
  func errorsAreGo(_ text: String, _ expected: String) {
    #expect(message(ByteString(text)) == expected)
  }

  @Test func stringsAreRepairedAndDecoded() throws {
    let value = try read(ByteString([0x22, 0xff, 0x41] + Array(#"\ud83d\ude00\ud800x\/\n""#.utf8)))
    #expect(value.text?.string == "\u{FFFD}A😀\u{FFFD}x/\n")
  }

  @Test func theLastOfEqualKeysWins() throws {
    let map = try #require(try read(#"{"b":1,"a":2,"b":3}"#).asMap)
    #expect(map.entries.map(\.key) == ["a", "b"])
    guard case .float(3)? = map["b"]?.datum else {
      Issue.record("not 3")
      return
    }
  }

  @Test func depthIsLimitedWithoutRecursion() {
    let deep = ByteString(Array(repeating: UInt8(ascii: "["), count: 200_000))
    #expect(message(deep) == "exceeded max depth at 10000")
    let nested = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
    #expect(message(ByteString(nested)) == "no error")
  }

  @Test func theStreamFormStopsBehindOneValue() throws {
    let file = SourceFile(path: "--set-json", kind: .argument, text: #" {"a":1} [2]"#)
    let origins = OriginTable(isTracking: false)
    let first = try JSONReader.firstValue(of: file, origins: origins)
    #expect(first.end == 8)
    #expect(try JSONReader.firstValue(of: file, from: first.end, origins: origins).end == 12)
    #expect(throws: JSONError(message: "EOF", offset: 12)) {
      try JSONReader.firstValue(of: file, from: 12, origins: origins)
    }
    #expect(throws: JSONError(message: "unexpected EOF", offset: 2)) {
      try JSONReader.firstValue(of: SourceFile(path: "x", text: "[1"), origins: origins)
    }
  }

  @Test func scalarsKnowTheirPlace() throws {
    let file = SourceFile(path: "x.json", text: #"{"k":["v\tw",12]}"#)
    let origins = OriginTable(isTracking: true)
    let map = try #require(try JSONReader.value(of: file, origins: origins).asMap)
    let list = try #require(map["k"]?.asList)
    #expect(origins[list.elements[0].origin] == .leaf(SourceRange(file, ByteRange(7, 11))))
    #expect(origins[list.elements[1].origin] == .leaf(SourceRange(file, ByteRange(13, 15))))
    #expect(list.elements[0].text?.runs.map(\.offset) == [0, 1, 3])
  }

  @Test func partsOfATextKeepItsRuns() throws {
    let runs = [
      TextRun(end: 4, offset: 0, site: .none, frame: .none, origin: OriginID(7)),
      TextRun(end: 8, offset: 2, site: .none, frame: .none, origin: OriginID(9)),
    ]
    let text = Text(Array(#"["abcd"]"#.utf8), runs: runs)
    let value = try JSONReader.value(of: text, origin: .none, tracking: true)
    let inner = try #require(value.asList?.elements[0].text)
    #expect(inner.runs.map(\.origin) == [OriginID(7), OriginID(9)])
    #expect(inner.runs.map(\.offset) == [2, 2])
  }
}
