import JSON
import SourceText
import Testing
import Values
import YAML

/// The JSON of a YAML text, or the message of `yaml.Unmarshal`.
private func json(_ yaml: String) -> String {
  let file = SourceFile(path: "x.yaml", text: ByteString(yaml))
  do throws(YAMLError) {
    let value = try YAMLReader.value(of: file, origins: OriginTable(isTracking: false))
    return (try? JSONWriter.text(of: value, tracking: false).string) ?? "no JSON"
  } catch {
    return error.unmarshalMessage
  }
}

@Suite struct YAMLReaderTests {
  @Test(arguments: [
    ("yes", "true"), ("Off", "false"), ("n", "false"), ("~", "null"), ("", "null"), ("Null", "null"),
    ("0777", "511"), ("0o17", "15"), ("0x1F", "31"), ("-0b11", "-3"), ("1_000", "1000"), ("08", "8"), ("+7", "7"),
    ("0b+1", "1"), (".5", "0.5"), ("1.", "1"), ("1e3", "1000"), ("1e400", "\"1e400\""), ("..5", "\"..5\""),
    ("12:30", "\"12:30\""), ("2001-01-01", "\"2001-01-01\""), ("9007199254740993", "9007199254740992"),
    ("18446744073709551616", "18446744073709552000"), ("0x", "\"0x\""), ("_1", "\"_1\""), ("tRue", "\"tRue\""),
  ])
  func plainScalarsResolve(_ scalar: String, _ expected: String) {
    #expect(json("a: \(scalar)") == "{\"a\":\(expected)}")
  }

  @Test(arguments: [
    ("a: b: c", "yaml: mapping values are not allowed in this context"),
    ("a: 1\nb: c: d", "yaml: line 2: mapping values are not allowed in this context"),
    ("a: @x", "yaml: found character that cannot start any token"),
    ("- a\nb: c", "yaml: line 1: did not find expected '-' indicator"),
    ("a: [1", "yaml: line 1: did not find expected ',' or ']'"),
    ("a: \"x", "yaml: found unexpected end of stream"),
    ("a: |0\n x", "yaml: found an indentation indicator equal to 0"),
    ("a: *b", "yaml: unknown anchor 'b' referenced"),
    ("a: &a [*a]", "yaml: anchor 'a' value contains itself"),
    ("a: !!int x", "yaml: cannot decode !!str `x` as a !!int"),
    ("<<: 1", "yaml: map merge requires map or sequence of maps as the value"),
    ("%YAML 1.2\n---\na: 1", "yaml: found incompatible YAML document"),
    ("a: \u{7f}", "yaml: control characters are not allowed"),
    ("{{ x }}: 1", "yaml: invalid map key: map[interface {}]interface {}{\"x\":interface {}(nil)}"),
    ("~: d", "unsupported map key of type: %!s(<nil>), key: <nil>, value: \"d\""),
    ("b: .inf\na: .nan", "json: unsupported value: NaN"),
  ])
  func errorsAreGoYAML(_ yaml: String, _ expected: String) {
    #expect(json(yaml) == "error converting YAML to JSON: " + expected)
  }

  @Test(arguments: [
    ("y: 1\n1: 2\n1.5: 3", #"{"1":2,"1.5":3,"true":1}"#),
    ("b: 2\n<<: {b: 1}", #"{"b":1}"#),
    ("<<: [{a: 1}, {a: 2, c: 3}]", #"{"a":1,"c":3}"#),
    ("\"<<\": 1", #"{"\u003c\u003c":1}"#),
    ("a: &x {k: 1}\nb: {<<: *x, j: 2}", #"{"a":{"k":1},"b":{"j":2,"k":1}}"#),
    ("a: 1\na: 2", #"{"a":2}"#),
    ("a: !!binary aGk=\nb: !!str 5\nc: !!float 3\nd: !x y", #"{"a":"hi","b":"5","c":3,"d":"y"}"#),
    ("a: |\n  x\n   y\n\nb: >-\n  p\n  q\n\n  r\n", #"{"a":"x\n y\n","b":"p q\nr"}"#),
    ("a: 'it''s\n\n  b'\nc: \"x\\\n  y\\u00e9\"", #"{"a":"it's\nb","c":"xyé"}"#),
    ("a: 1\n...\n[", #"{"a":1}"#),
    ("{a:b, c: [d?e], ? f}", "error converting YAML to JSON: yaml: did not find expected ',' or ']'"),
    ("\"a\" b", "\"a\""),
    ("- - 1\n- - 2", "[[1],[2]]"),
  ])
  func documentsAreRead(_ yaml: String, _ expected: String) { #expect(json(yaml) == expected) }

  @Test func aliasBombsAreRefused() {
    var yaml = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (name, inner) in zip("bcdefghi", "abcdefgh") {
      yaml += "\(name): &\(name) [\(Array(repeating: "*\(inner)", count: 9).joined(separator: ", "))]\n"
    }
    #expect(json(yaml) == "error converting YAML to JSON: yaml: document contains excessive aliasing")
  }

  /// More nodes than a number can count.
  @Test func mergeBombsAreRefused() {
    var yaml = "k0: &k0 {x: 1}\n"
    for level in 1..<50 {
      let sources = Array(repeating: "*k\(level - 1)", count: 50).joined(separator: ", ")
      yaml += "k\(level): &k\(level) {<<: [\(sources)]}\n"
    }
    #expect(json(yaml) == "error converting YAML to JSON: yaml: document contains excessive aliasing")
  }

  @Test func aliasesAreValuesOfTheirOwn() throws {
    let file = SourceFile(path: "x", text: "a: &x {k: 1}\nb: *x")
    let map = try #require(try YAMLReader.value(of: file, origins: OriginTable(isTracking: false)).asMap)
    map["a"]?.asMap?["k"] = "changed"
    #expect(map["b"]?.asMap?["k"]?.text == nil)
  }

  @Test func depthIsLimited() {
    #expect(
      json(String(repeating: "[", count: 20_000)) == "error converting YAML to JSON: yaml: exceeded max depth of 10000")
    #expect(
      json(String(repeating: "- ", count: 20_000)) == "error converting YAML to JSON: yaml: exceeded max depth of 10000"
    )
  }

  @Test func leavesKnowTheirPlace() throws {
    let text = "é: 1\nkey: \"v\\tw\"\nscript: |\n  one\n  two\n"
    let file = SourceFile(path: "x", text: ByteString(text))
    let origins = OriginTable(isTracking: true)
    let map = try #require(try YAMLReader.value(of: file, origins: origins).asMap)
    func place(_ id: OriginID) -> String? {
      guard case .leaf(let range) = origins[id] else { return nil }
      return range.text.string
    }
    #expect(place(map["é"]?.origin ?? .none) == "1")
    #expect(place(map["key"]?.origin ?? .none) == "v\\tw")
    #expect(place(map.entry(at: "key")?.keyOrigin ?? .none) == "key")
    let script = try #require(map["script"]?.text)
    #expect(script.string == "one\ntwo\n")
    // The second line begins behind the first, its break and its two spaces of indentation.
    #expect(script.run(at: 4)?.run.offset == 8)
  }

  @Test func partsOfATextKeepItsRuns() throws {
    let runs = [
      TextRun(end: 3, offset: 0, site: .none, frame: .none, origin: .none),
      TextRun(end: 6, offset: 0, site: .none, frame: .none, origin: OriginID(4)),
    ]
    let value = try YAMLReader.value(of: Text(Array("a: xyz".utf8), runs: runs), origin: .none, tracking: true)
    #expect(value.asMap?["a"]?.text?.runs.map(\.origin) == [OriginID(4)])
  }

  @Test func otherEncodingsAreRead() throws {
    let little = Text([0xff, 0xfe] + "a: é".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    #expect(try YAMLReader.value(of: little, origin: .none, tracking: true).asMap?["a"]?.text?.string == "é")
    #expect(throws: YAMLError.self) { try YAMLReader.value(of: Text([0x61, 0xff]), origin: .none, tracking: true) }
  }
}
