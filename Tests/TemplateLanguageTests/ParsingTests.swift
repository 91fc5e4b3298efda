import Diagnostics
import SourceText
import TemplateLanguage
import Testing

@Suite struct ParsingTests {
  @Test(arguments: [
    ("a\n{{ nofunc }}", 2, "function \"nofunc\" not defined"),
    ("{{ $x }}", 1, "undefined variable \"$x\""),
    ("{{ .a", 1, "unclosed action"),
    ("{{ .a\n", 2, "unclosed action started at t.yaml:1"),
    ("{{ if }}", 1, "missing value for if"),
    ("{{ if .a }}\n", 2, "unexpected EOF"),
    ("{{ end }}", 1, "unexpected {{end}}"),
    ("{{ else }}", 1, "unexpected {{else}}"),
    ("{{ if 1 }}{{ else }}{{ else }}{{ end }}", 1, "expected end; found {{else}}"),
    ("{{ (1 }}", 1, "unclosed left paren"),
    ("{{ 1) }}", 1, "unexpected right paren"),
    ("{{ \"abc }}", 1, "unterminated quoted string"),
    ("{{ `abc }}", 1, "unterminated raw quoted string"),
    ("{{/* abc", 1, "unclosed comment"),
    ("{{ 1x }}", 1, "bad number syntax: \"1x\""),
    ("{{ 99999999999999999999 }}", 1, "integer overflow: \"99999999999999999999\""),
    ("{{ \"a\".b }}", 1, "unexpected . after term \"\\\"a\\\"\""),
    ("{{ 1 | 2 }}", 1, "non executable command in pipeline stage 2"),
    ("{{ .a.é! }}", 1, "bad character U+0021 '!'"),
    ("{{ \u{1} }}", 1, "unrecognized character in action: U+0001"),
    ("{{ break }}", 1, "{{break}} outside {{range}}"),
    ("{{ template foo }}", 1, "unexpected \"foo\" in template clause"),
    ("{{ range $a, $b, $c := . }}{{ end }}", 1, "too many declarations in range"),
    (
      "{{ define \"x\" }}a{{ end }}{{ define \"x\" }}b{{ end }}", 1,
      "template: multiple definition of template \"x\""
    ),
    ("{{ if 1 }}{{ define \"x\" }}{{ end }}{{ end }}", 1, "unexpected <define> in command"),
  ])
  func reportsGosFirstError(template: String, line: Int, message: String) throws {
    let failure = try #require(Fixtures.parse(ByteString(template)).failures.first)
    #expect(failure.message.string == message)
    #expect(failure.line == line)
    #expect(failure.goText.string == "template: t.yaml:\(line): \(message)")
  }

  @Test func helmPrintsTheLastPartOfAMessage() throws {
    let failure = try #require(Fixtures.parse("{{ 1x }}").failures.first)
    #expect(failure.helmText == "parse error at (t.yaml:1): \"1x\"")
  }

  /// Each line of carets stands under the text that a diagnostic must point at; nothing else may be reported.
  @Test(arguments: [
    """
    a: {{ uper .x }}
          ^^^^
    """,
    """
    a: {{ .x | uper | lowr }}
               ^^^^
    b: {{ $undefined }}
          ^^^^^^^^^^
    c: {{ "open }}
          ^
    d: {{ .fine }}
    """,
    """
    {{ if uper .x }}
          ^^^^
    a: {{ .y }}
    {{ else }}
    b: {{ $z }}
          ^^
    {{ end }}
    """,
    """
    {{ range .x }}
    ^^^^^^^^^^^^^^
    """,
    """
    a: {{ .x
       ^^^^^
    """,
    """
    a: {{ .é | uper }}
               ^^^^
    """,
    """
    {{ end }}
    ^^^^^^^^^
    {{ define "a" }}1{{ end }}{{ define "a" }}2{{ end }}
                                        ^^^
    """,
  ])
  func pointsAtEveryFault(marked: String) {
    let (text, expected) = Self.unmark(marked)
    let found = Fixtures.parse(text).failures.map(\.place.range)
    let ends = Set(expected.map(\.start))
    #expect(found.map(\.start).sorted() == ends.sorted(), "\(found) in \(marked)")
    for range in expected where range.count > 1 { #expect(found.contains(range), "\(found) in \(marked)") }
  }

  /// Takes lines of carets out of a text; they mark ranges of the line before by columns of characters.
  private static func unmark(_ marked: String) -> (ByteString, [ByteRange]) {
    var text = ""
    var ranges: [ByteRange] = []
    var lastLine = ""
    for line in marked.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.contains("^"), line.allSatisfy({ $0 == " " || $0 == "^" }) else {
        text += line + "\n"
        lastLine = String(line)
        continue
      }
      let start = line.prefix { $0 == " " }.count
      let length = line.count { $0 == "^" }
      let before = lastLine.prefix(start).utf8.count
      let base = text.utf8.count - lastLine.utf8.count - 1 + before
      ranges.append(ByteRange(base, base + lastLine.dropFirst(start).prefix(length).utf8.count))
    }
    return (ByteString(text), ranges)
  }

  @Test func suggestsTheFunctionThatWasMeant() throws {
    let failure = try #require(Fixtures.parse("{{ uper . }}").failures.first)
    #expect(failure.diagnostic.id == "template/unknown-function")
    #expect(failure.diagnostic.notes.map(\.text) == ["did you mean `upper`?"])
  }

  @Test func keepsComments() {
    let text: ByteString = "a{{/* one */}}b{{- /* two */ -}}"
    #expect(Fixtures.parse(text).comments.map { text[$0.start..<$0.end].string } == ["/* one */", "/* two */"])
  }
}
