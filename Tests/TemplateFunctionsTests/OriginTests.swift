import SourceText
import TemplateFunctions
import TemplateLanguage
import Testing
import Values

/// What functions print still knows where it came from.
@Suite struct OriginTests {
  private static let values = """
    name: web-frontend
    long: alpha beta gamma delta
    tags: one,two,three
    list: [x1, y2]
    nested: {deep: {key: inner}}
    """

  /// Functions that only move bytes about: each byte with an origin must be the byte of the file that its run names.
  @Test(arguments: [
    "trim .Values.name", "trunc 5 .Values.name", "trunc -4 .Values.name", "trimSuffix \"end\" .Values.name",
    "replace \"-\" \"+\" .Values.name", "substr 2 6 .Values.long", "abbrev 9 .Values.long", "wrap 8 .Values.long",
    "nindent 3 .Values.long", "indent 2 (cat .Values.name .Values.long)", "quote .Values.name .Values.long",
    "squote .Values.name", "cat .Values.name 5 .Values.long", "splitList \",\" .Values.tags | last",
    "splitList \",\" .Values.tags | reverse | join \"/\"", "(splitn \",\" 2 .Values.tags)._1",
    "regexReplaceAll \"(\\\\w+)-(\\\\w+)\" .Values.name \"${2}:$1\"", "regexFind \"b\\\\w+\" .Values.long",
    "regexSplit \" \" .Values.long -1 | join \"\"", "default \"none\" .Values.name", "coalesce \"\" .Values.long",
    "ternary .Values.name .Values.long true", "first .Values.list",
    "concat .Values.list (list .Values.name) | join \"-\"",
    "dig \"deep\" \"key\" \"none\" .Values.nested", "get .Values \"name\"", "(pick .Values \"name\").name",
    "(merge (dict \"a\" 1) .Values).name", "base .Values.name", "repeat 2 .Values.name",
    "(deepCopy .Values).long", "toString .Values.name", "printf \"%s/%s\" .Values.name (upper \"x\")",
    "(dict \"k\" .Values.name) | toYaml | nindent 2", "(toYaml .Values.nested | fromYaml).deep.key",
    "keys .Values | join \" \"",
  ])
  func copiedBytesPointBack(_ expression: String) throws {
    let rendering = try Rendering(values: Self.values, tracking: true)
    let text = try rendering.text("{{ \(expression) }}")
    #expect(text.string == (try Rendering.of(expression, values: Self.values)))
    var start = 0
    var traced = 0
    for run in text.runs {
      defer { start = Int(run.end) }
      guard case .leaf(let place) = rendering.origins[run.origin] else { continue }
      let length = Int(run.end) - start
      let from = place.range.start + Int(run.offset)
      #expect(text.bytes[start..<Int(run.end)].elementsEqual(rendering.file.text.bytes[from..<(from + length)]))
      traced += length
    }
    #expect(start == text.count)
    #expect(traced > 0)
  }

  /// Functions that change bytes one by one keep their number and places.
  @Test(arguments: ["upper", "title", "swapcase", "snakecase", "kebabcase", "camelcase", "untitle", "lower"])
  func changedLettersPointBack(_ function: String) throws {
    let rendering = try Rendering(values: Self.values, tracking: true)
    let text = try rendering.text("{{ \(function) .Values.name }}")
    let leaves = text.runs.filter { if case .leaf = rendering.origins[$0.origin] { true } else { false } }
    #expect(!leaves.isEmpty)
    #expect(text.runs.last.map { Int($0.end) } == text.count)
  }

  /// A result that depends on a value without holding its bytes still names it.
  @Test(arguments: [
    "len .Values.name", "int .Values.name", "b64enc .Values.name",
    "semverCompare \">1\" \"2\" | ternary .Values.name 1",
  ])
  func summariesNameTheirInputs(_ expression: String) throws {
    let rendering = try Rendering(values: Self.values, tracking: true)
    let text = try rendering.text("{{ \(expression) }}")
    #expect(text.runs.contains { $0.origin != .none })
  }

  @Test func untrackedRendersHaveNoRuns() throws {
    #expect(try Rendering(values: Self.values).text("{{ quote .Values.name | nindent 4 | upper }}").runs.isEmpty)
  }

  /// Whatever the text, both ways of rendering print the same bytes, and runs cover them in order.
  @Test func trackingNeverChangesTheText() throws {
    var dice = Dice(seed: 5)
    let functions = [
      "trim", "upper", "lower", "title", "swapcase", "nospace", "initials", "snakecase", "camelcase", "quote", "squote",
      "indent 2", "nindent 3", "trunc 4", "trunc -4", "abbrev 6", "wrap 5", "wrapWith 4 \"|\"", "replace \"a\" \"bb\"",
      "replace \"\" \".\"", "splitList \",\" | join \";\"", "regexReplaceAll \"[a-c]+\" \"x\"", "b64enc", "toJson",
      "repeat 2",
    ]
    for _ in 0..<400 {
      let text = ByteString(dice.text(upTo: 24))
      let function = functions[Int(dice.next() % UInt64(functions.count))]
      let template = "{{ \(GoQuote.quoted(text)) | \(function) }}"
      let tracked = try Rendering(tracking: true).text(template)
      #expect(tracked.bytes == (try Rendering().text(template).bytes), "\(template)")
      let ends = tracked.runs.map(\.end)
      #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(tracked.isEmpty || Int(ends.last ?? 0) == tracked.count, "\(template)")
    }
  }
}
