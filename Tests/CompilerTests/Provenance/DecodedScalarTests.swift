import Testing

@testable import Compiler

@Suite struct DecodedScalarTests {
  /// Raw text, decoded text.
  static let scalars: [(String, String)] = [
    ("plain", "plain"), ("two  words", "two  words"), ("a\n  b", "a b"), ("a  \r\n\r\n\t b", "a\nb"),
    ("'it''s'", "it's"), ("'a\n\n  b'", "a\nb"), ("\"a\\tb\\\"\\u00e9\\x41\"", "a\tb\"éA"), ("\"a\\\n   b\"", "ab"),
    ("`raw \\n`", "raw \\n"), ("|\n  a\n   b\n\n", "a\n b\n"), ("|-\n  a\n  b\n", "a\nb"), ("|+\n  a\n\n", "a\n\n"),
    (">\n  a\n  b\n\n  c\n", "a b\nc\n"), (">-\r\n  a\r\n    x\r\n  b\r\n", "a\n  x\nb"), ("''", ""), ("", ""),
    ("|", ""),
  ]

  @Test(arguments: scalars)
  func theTextIsTheParsersText(raw: String, text: String) throws {
    let decoded = try #require(DecodedScalar(raw: Array(raw.utf8)[...]))
    #expect(String(decoding: decoded.bytes, as: UTF8.self) == text)
    #expect(decoded.starts.count == decoded.bytes.count + 1)
  }

  @Test func aRangeOfTheTextIsARangeOfTheRawText() throws {
    let raw = Array("\"tag\\u003a \\\"latest\\\"\"".utf8)
    let decoded = try #require(DecodedScalar(raw: raw[...]))
    #expect(String(decoding: decoded.bytes, as: UTF8.self) == "tag: \"latest\"")
    let range = try #require(decoded.rawRange(of: 3..<12))
    #expect(String(decoding: raw[range], as: UTF8.self) == "\\u003a \\\"latest")
    #expect(decoded.rawRange(of: 13..<13) == 21..<21)
    #expect(decoded.rawRange(of: 3..<14) == nil)
  }

  @Test(arguments: ["\"a", "'a", "'a'b'", "\"\\", "\"\\q\"", "\"\\u00\"", "`", "|2\n   a\n"])
  func brokenTextIsRefused(raw: String) {
    #expect(DecodedScalar(raw: Array(raw.utf8)[...]) == nil)
  }
}
