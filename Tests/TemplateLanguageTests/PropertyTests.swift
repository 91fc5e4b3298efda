import SourceText
import TemplateLanguage
import Testing
import Values

/// Templates put together at random: nothing may crash, and what is printed from a tree must parse to the same tree.
@Suite struct PropertyTests {
  private static let pieces: [String] = [
    "{{", "}}", "{{-", " -}}", " ", "\n", "if ", "else", "else if ", "end", "range ", "with ", "define \"d\"", "block ",
    "template \"d\" ", "break", "continue", "$x", " := ", " = ", ", ", "|", "(", ")", ".", ".name", ".list",
    ".image.tag",
    "upper", "printf \"%v\"", "list", "or ", "and ", "nil", "true", "1", "-2.5", "0x", "1e", "'a'", "\"s\"", "\"",
    "`r`",
    "`", "/*", "*/", "é", "\u{0}", "tpl ", "include \"d\" ", "$", "1i", "text", "{{ end }}", "{{ .name }}",
    "{{ $x := 1 }}",
  ]

  private static func soup(_ generator: inout some RandomNumberGenerator) -> String {
    (0..<Int.random(in: 1...30, using: &generator)).map { _ in
      pieces.randomElement(using: &generator) ?? ""
    }.joined()
  }

  @Test func tokenSoupNeverCrashes() {
    var generator = SplitMix(state: 1)
    var limits = Limits()
    limits.steps = 2000
    limits.outputBytes = 1 << 16
    limits.includeDepth = 20
    limits.expansionDepth = 20
    for _ in 0..<3000 {
      let text = ByteString(Self.soup(&generator))
      let parsed = Fixtures.parse(text)
      for failure in parsed.failures {
        #expect(failure.place.range.start <= failure.place.range.end)
        #expect(failure.place.range.end <= text.count)
      }
      if parsed.failures.isEmpty { _ = Fixtures.render(text, Fixtures.data, limits: limits) }
    }
  }

  @Test func printingATreeAndParsingItAgainIsStable() {
    var generator = SplitMix(state: 2)
    var checked = 0
    for _ in 0..<6000 {
      let parsed = Fixtures.parse(ByteString(Self.soup(&generator)))
      guard parsed.failures.isEmpty else { continue }
      let printed = GoSyntax.text(of: parsed.main)
      // Trim markers are gone, so that literal braces may now touch an action.
      guard !printed.string.contains("{{{") else { continue }
      let again = Fixtures.parse(printed)
      #expect(again.failures.isEmpty, "\(printed)")
      #expect(GoSyntax.text(of: again.main) == printed)
      checked += 1
    }
    #expect(checked > 500)
  }

  @Test func manyFaultsEndTheParseEarly() {
    let parsed = Fixtures.parse(ByteString(String(repeating: "{{ nofunc }}\n", count: 50_000)))
    #expect(!Fixtures.parse(ByteString(String(repeating: "{", count: 200_000))).failures.isEmpty)
    #expect(parsed.failures.count == TemplateParser.maximumFailures)
    #expect(parsed.failures.last?.line == TemplateParser.maximumFailures)
  }

  @Test func deepNestingIsAnError() {
    let parentheses = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
    #expect(Fixtures.render(ByteString("{{ \(parentheses) }}")).contains("max expression depth exceeded"))
    let ifs = String(repeating: "{{ if 1 }}", count: 5000)
    #expect(!Fixtures.parse(ByteString(ifs)).failures.isEmpty)
  }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
