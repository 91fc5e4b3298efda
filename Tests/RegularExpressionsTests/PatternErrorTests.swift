import SourceText
import Testing

@testable import RegularExpressions

/// What Go says of patterns that it refuses.
@Suite struct PatternErrorTests {
  @Test(arguments: [
    ("*", "missing argument to repetition operator: `*`"),
    ("a|*?", "missing argument to repetition operator: `*?`"),
    ("(+)", "missing argument to repetition operator: `+`"),
    ("(?i)*", "missing argument to repetition operator: `*`"),
    ("(abc", "missing closing ): `(abc`"), ("a)b", "unexpected ): `a)b`"),
    ("x[a-z", "missing closing ]: `[a-z`"), ("[", "missing closing ]: `[`"), ("[]", "missing closing ]: `[]`"),
    ("[z-a]", "invalid character class range: `z-a`"), ("[[:foo:]]", "invalid character class range: `[:foo:]`"),
    (#"\p"#, #"invalid character class range: `\p`"#), (#"\pX"#, #"invalid character class range: `\pX`"#),
    (#"\p{Greek"#, #"invalid character class range: `\p{Greek`"#),
    (#"[\p{Nope}]"#, #"invalid character class range: `\p{Nope}`"#),
    (#"abc\"#, "trailing backslash at end of expression: ``"),
    ("a**", "invalid nested repetition operator: `**`"), ("a*+", "invalid nested repetition operator: `*+`"),
    ("a{2}??", "invalid nested repetition operator: `{2}??`"),
    (#"\x"#, #"invalid escape sequence: `\x`"#), (#"\xg1"#, #"invalid escape sequence: `\xg1`"#),
    (#"\x{}"#, #"invalid escape sequence: `\x{}`"#), (#"\x{110000}"#, #"invalid escape sequence: `\x{110000`"#),
    (#"(a)\1"#, #"invalid escape sequence: `\1`"#), (#"\C"#, #"invalid escape sequence: `\C`"#),
    (#"\é"#, #"invalid escape sequence: `\é`"#), (#"[\b]"#, #"invalid escape sequence: `\b`"#),
    ("(?P<n", "invalid named capture: `(?P<n`"), ("(?P<>a)", "invalid named capture: `(?P<>`"),
    ("(?<a-b>a)", "invalid named capture: `(?<a-b>`"), ("(?<!a)", "invalid named capture: `(?<!a)`"),
    ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"), ("(?i", "invalid or unsupported Perl syntax: `(?i`"),
    ("(?i-)", "invalid or unsupported Perl syntax: `(?i-)`"), ("(?", "invalid or unsupported Perl syntax: `(?`"),
    ("a{2,1}", "invalid repeat count: `{2,1}`"), ("a{1001}", "invalid repeat count: `{1001}`"),
    ("a{99999999999999999999,}", "invalid repeat count: `{99999999999999999999,}`"),
    ("(?:a{20}){100}", "invalid repeat count: `{100}`"),
  ])
  func message(pattern: String, expected: String) {
    #expect {
      try RegularExpression(ByteString(pattern))
    } throws: {
      ($0 as? RegularExpressionError)?.message == "error parsing regexp: " + expected
    }
  }

  @Test func limits() {
    let deep = String(repeating: "(", count: 1001) + String(repeating: ")", count: 1001)
    let wide = String(repeating: #"\pL"#, count: 27_000)
    let long = String(repeating: "(xx?){1000}", count: 2000)
    for (pattern, message) in [
      (deep, "expression nests too deeply"), (wide, "expression too large"), (long, "expression too large"),
    ] {
      #expect {
        try RegularExpression(ByteString(pattern))
      } throws: {
        ($0 as? RegularExpressionError)?.message == "error parsing regexp: \(message): `\(pattern)`"
      }
    }
    #expect {
      try RegularExpression(ByteString([0x61, 0xFF]))
    } throws: {
      ($0 as? RegularExpressionError)?.message == "error parsing regexp: invalid UTF-8: `\u{FFFD}`"
    }
  }

  @Test(arguments: [
    "a{,3}", "a{", "a{1", "a{01}", "{", "]", "}", "(?P<n>a)(?P<n>b)", "(?:)*", "^*", #"\_"#, #"a*\Q\E*"#,
  ])
  func accepted(pattern: String) throws {
    _ = try RegularExpression(ByteString(pattern))
  }
}
