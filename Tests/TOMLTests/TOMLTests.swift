import SourceText
import TOML
import Testing
import Values

private func message(_ text: String) -> String {
  do {
    _ = try TOMLReader.value(of: Text(text), origin: .none, tracking: true)
    return "no error"
  } catch {
    return error.message
  }
}

private func rewritten(_ text: String) throws -> String {
  let value = try TOMLReader.value(of: Text(text), origin: .none, tracking: true)
  return try TOMLWriter.text(of: value, tracking: true).string
}

@Suite struct TOMLTests {
  @Test(arguments: [
    ("a", "toml: line 1: unexpected EOF; expected key separator '='"),
    ("a = x", "toml: line 1 (last key \"a\"): expected value but found \"x\" instead"),
    ("a = 1\na = 2", "toml: line 2 (last key \"a\"): Key 'a' has already been defined."),
    ("a = [1", "toml: line 1 (last key \"a\"): expected a comma (',') or array terminator (']'), but got end of file"),
    ("a = 01", "toml: line 1 (last key \"a\"): Invalid integer \"01\": cannot have leading zeroes"),
    ("[a\n", "toml: line 2: expected '.' or ']' to end table name, but got '\\n' instead"),
    ("a = \"\\q\"", "toml: line 1 (last key \"a\"): invalid escape in string '\\q'"),
    ("a = 0xg", "toml: line 1 (last key \"a\"): not a hexadecimal number: '0xg'"),
    (
      "a = {b = 1 c",
      "toml: line 1 (last key \"a.b\"): expected a comma or an inline table terminator '}', but got 'c' instead"
    ),
    ("a=1\n[a.b]", "toml: line 2: Key 'a' was already created as a hash."),
    ("a = 9223372036854775808", "toml: line 1 (last key \"a\"): 9223372036854775808 is out of range for int64"),
  ])
  func errorsAreTheLibrarys(_ text: String, _ expected: String) { #expect(message(text) == expected) }

  @Test(arguments: [
    ("a.b=1\na.c=\"x\"", "[a]\n  b = 1\n  c = \"x\"\n"),
    ("z=1\n[[t]]\nk=1\n[[t]]\nk=2", "z = 1\n\n[[t]]\n  k = 1\n\n[[t]]\n  k = 2\n"),
    ("a = [1, {b = 2}]", "a = [1, {b = 2}]\n"),
    ("a = 1e6\nb = -inf\nc = 1.0", "a = 1e+06\nb = -inf\nc = 1.0\n"),
    ("a = 1979-05-27T07:32:00.50-07:00\nb = 07:32", "a = 1979-05-27T07:32:00.5-07:00\nb = 07:32:00\n"),
    ("a = \"\"\"\nx\\\n  y\\u00e9\"\"\"\nb = '''q\\n'''", "a = \"xyé\"\nb = \"q\\\\n\"\n"),
    ("\"a b\" = true", "\"a b\" = true\n"),
    ("a = 0x1F\nb = 1_000", "a = 31\nb = 1000\n"),
  ])
  func documentsAreReadAndWritten(_ text: String, _ expected: String) throws {
    #expect(try rewritten(text) == expected)
  }

  @Test func valuesThatHaveNoFormAreErrors() {
    func error(_ value: Value) -> String? {
      do {
        _ = try TOMLWriter.text(of: value, tracking: false)
        return nil
      } catch {
        return error.message.string
      }
    }
    #expect(error(.map(MapValue(["a": .list([.none])]))) == "toml: cannot encode array with nil element")
    #expect(error(.list([.map(MapValue())])) == "toml: top-level values must be Go maps or structs")
    let map = MapValue()
    map["self"] = .map(map)
    #expect(error(.map(map)) == "toml: value is nested too deeply")
    map["self"] = nil
  }

  @Test func scalarsKeepTheirOrigins() throws {
    let runs = [
      TextRun(end: 5, offset: 0, site: .none, frame: .none, origin: .none),
      TextRun(end: 9, offset: 0, site: .none, frame: .none, origin: OriginID(2)),
    ]
    let value = try TOMLReader.value(of: Text(Array("a = \"xyz\"".utf8), runs: runs), origin: .none, tracking: true)
    #expect(value.asMap?["a"]?.text?.runs.map(\.origin) == [OriginID(2)])
  }

  @Test func anyBytesAreReadOrRefused() {
    var state: UInt64 = 77
    func below(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let words = [
      "a", "=", " = ", "\n", "[", "]", "[[", "]]", "{", "}", ",", ".", "\"", "'", "\"\"\"", "'''", "\\", "\\u00e9", "1",
      "0x",
      "1.5", "-", "_", "e", "inf", "nan", "true", "1979-05-27", "07:32:00", "T", "Z", "#", " ", "é", "\r\n",
    ]
    for _ in 0..<5000 {
      let bytes = (0..<below(20)).flatMap { _ in
        below(40) == 0 ? [UInt8(below(256))] : Array(words[below(words.count)].utf8)
      }
      guard let value = try? TOMLReader.value(of: Text(bytes), origin: .none, tracking: true) else { continue }
      _ = try? TOMLWriter.text(of: value, tracking: true)
    }
  }
}
