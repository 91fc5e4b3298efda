import Diagnostics
import JSON
import Reports
import SourceText
import Testing
import Values

/// What every format does with what could break it.
@Suite struct FormatTests {
  private static let file = SourceFile(
    path: "charts/a b/é<&>.yaml", text: "first: 1\n\"tag\": 漢字 \u{1B}[31m </script>\nlast: 3")

  /// A finding with everything that a report can show, in texts that are hostile to each format.
  private static func content() -> ReportContent {
    let file = file
    var finding = Diagnostic(
      id: "mutable-image-tag", level: .error, message: "image `<b>:\u{0}%0A::[x](y)` is\nwrong, truly",
      primary: Label(place(of: "漢字", in: file)),
      related: [
        Label(place(of: "first", in: file), "printed by this action", isOnTheWay: true),
        Label(SourceRange(file, ByteRange(0, file.text.count)), "all of it"),
      ],
      rendered: RenderedLocation(object: "Deployment/web", field: "spec.x"),
      notes: [Note(.why, "a & b"), Note(.fix, "c < d")],
      fixIts: [FixIt(title: "Change it", edits: [.init(place(of: "漢字", in: file), "1.0")], isSafe: true)])
    finding.environments = ["prod"]
    var suppressed = Diagnostic(
      id: "unknown-field", level: .warning, message: "quiet", primary: Label(place(of: "last", in: file)))
    suppressed.standing = .suppressed(
      SuppressionRecord(kind: .inSource, reason: "because \"we\" say so", place: place(of: "first", in: file)))
    var known = Diagnostic(id: "unknown-field", level: .note, message: "known", primary: nil)
    known.standing = .baselined
    var content = ReportContent(diagnostics: [finding, suppressed, known], summary: Summary(checked: 1, objects: 1))
    content.environments = ["dev", "prod"]
    content.catalogue = {
      [
        RuleDescription(
          id: "mutable-image-tag", category: "image", summary: "A tag moves", level: .error, why: "It hurts",
          remedy: "Pin it", references: ["https://example.com/?a=b&c"])
      ]
    }
    content.toolVersion = "1.2.3"
    return content
  }

  private static func text(_ format: ReportFormat, of content: ReportContent = content()) -> String {
    String(decoding: format.bytes(of: content, style: .plain()), as: UTF8.self)
  }

  private static func json(_ format: ReportFormat) throws -> Value {
    try JSONReader.value(
      of: SourceFile(path: "-", text: ByteString(text(format))), origins: OriginTable(isTracking: false))
  }

  private static let empty = ReportContent(diagnostics: [], summary: Summary(checked: 2, objects: 2))

  @Test(arguments: ReportFormat.allCases)
  func sameContentSameBytes(_ format: ReportFormat) {
    #expect(Self.text(format) == Self.text(format))
  }

  @Test(arguments: ReportFormat.allCases)
  func survivesPlacesBeyondTheText(_ format: ReportFormat) {
    let file = SourceFile(path: "a", text: "x")
    let labels = [ByteRange(0, 99), ByteRange(1, 1), ByteRange(50, 60)].map { Label(SourceRange(file, $0), "here") }
    let diagnostic = Diagnostic(id: "a", level: .error, message: "b", primary: labels[0], related: labels)
    #expect(!Self.text(format, of: ReportContent(diagnostics: [diagnostic], summary: Summary())).isEmpty)
  }

  // MARK: SARIF

  private static func run() throws -> MapValue {
    let document = try json(.sarif)
    return try #require(document.asMap?["runs"]?.asList?.elements.first?.asMap)
  }

  @Test func sarifPointsAtTheBytes() throws {
    let run = try Self.run()
    let results = (run["results"]?.asList?.elements ?? []).compactMap { $0.asMap }
    let finding = try #require(results.first { $0["ruleId"]?.text?.string == "mutable-image-tag" })
    let location = try #require(
      finding["locations"]?.asList?.elements.first?.asMap?["physicalLocation"]?.asMap)
    #expect(location["artifactLocation"]?.asMap?["uri"]?.text?.string == "charts/a%20b/%C3%A9%3C%26%3E.yaml")
    let region = try #require(location["region"]?.asMap)
    func number(_ key: ByteString) -> Double? {
      if case .float(let number)? = region[key]?.datum { return number }
      return nil
    }
    #expect(
      [number("startLine"), number("startColumn"), number("endLine"), number("endColumn")] == [2, 8, 2, 10])
    #expect(region["snippet"]?.asMap?["text"]?.text?.string == "漢字")
    #expect(finding["codeFlows"]?.asList?.elements.count == 1)
    #expect(finding["fixes"]?.asList?.elements.count == 1)
    #expect(finding["partialFingerprints"]?.asMap?["slipwayFinding/v1"]?.text?.string.utf8.count == 32)
    #expect(finding["message"]?.asMap?["text"]?.text?.string.contains("\\[x\\](y)") == true)
  }

  @Test func sarifKeepsWhatIsSuppressed() throws {
    let run = try Self.run()
    let suppressions = run["results"]?.asList?.elements.compactMap { result -> String? in
      result.asMap?["suppressions"]?.asList?.elements.first?.asMap?["justification"]?.text?.string
    }
    #expect(suppressions.map(Set.init) == ["because \"we\" say so", "in the baseline"])
  }

  @Test func sarifDescribesEachRuleThatItNames() throws {
    let run = try Self.run()
    let rules = run["tool"]?.asMap?["driver"]?.asMap?["rules"]?.asList?.elements ?? []
    #expect(rules.compactMap { $0.asMap?["id"]?.text?.string } == ["mutable-image-tag", "unknown-field"])
    #expect(rules.first?.asMap?["help"]?.asMap?["text"]?.text?.string.contains("Pin it") == true)
  }

  // MARK: Others

  @Test func gitHubEscapesWhatWouldEndACommand() {
    let lines = Self.text(.github).split(separator: "\n")
    #expect(lines.count == 1)
    #expect(
      lines[0].hasPrefix(
        "::error file=charts/a b/é<&>.yaml,line=2,endLine=2,col=8,endColumn=9,title=mutable-image-tag::"))
    #expect(lines[0].contains("%250A::[x](y)` is%0Awrong, truly (prod)"))
    #expect(!lines[0].contains("\u{0}"))
  }

  @Test func gitLabListsWhatCounts() throws {
    let document = try Self.json(.gitlab)
    let issues = try #require(document.asList?.elements)
    #expect(issues.count == 1)
    #expect(issues[0].asMap?["severity"]?.text?.string == "major")
    #expect(issues[0].asMap?["location"]?.asMap?["path"]?.text?.string == "charts/a b/é<&>.yaml")
  }

  @Test func gitLabFingerprintsDiffer() throws {
    let diagnostic = sample("first", in: Self.file)
    let content = ReportContent(diagnostics: [diagnostic, diagnostic], summary: Summary())
    let text = Self.text(.gitlab, of: content)
    let value = try JSONReader.value(
      of: SourceFile(path: "-", text: ByteString(text)), origins: OriginTable(isTracking: false))
    let prints = value.asList?.elements.compactMap { $0.asMap?["fingerprint"]?.text?.string } ?? []
    #expect(Set(prints).count == 2)
  }

  @Test func jUnitCountsFailuresAndSkips() {
    let text = Self.text(.junit)
    #expect(text.contains("<testsuites name=\"slipway lint\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"2\""))
    #expect(text.contains("<skipped message=\"suppressed: because &quot;we&quot; say so\"/>"))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(Self.text(.junit, of: Self.empty).contains("tests=\"1\" failures=\"0\""))
  }

  @Test func htmlHoldsNoMarkupOfOthers() {
    let text = Self.text(.html)
    #expect(text.components(separatedBy: "</script>") == 2)
    #expect(!text.contains("<b>:"))
    #expect(text.contains("<mark class=\"primary\">漢字</mark>"))
    #expect(!text.contains("src=") && !text.contains("@import") && !text.contains("<link"))
    #expect(Self.text(.html, of: Self.empty).contains("Nothing found in 2 objects."))
  }

  @Test func textNamesTheEnvironmentsThatDiffer() {
    #expect(Self.text(.text).contains("= environments: prod only, not dev\n"))
    #expect(Self.text(.text).contains("1 error, 0 warnings, 1 suppressed, 1 in the baseline\n"))
  }

  @Test func textSaysWhyOnce() {
    var first = sample("first", in: Self.file)
    first.notes = [Note(.why, "it hurts"), Note(.note, "also there")]
    var second = sample("last", in: Self.file)
    second.notes = first.notes
    let text = Self.text(.text, of: ReportContent(diagnostics: [first, second], summary: Summary()))
    #expect(text.components(separatedBy: "it hurts") == 2)
    #expect(text.components(separatedBy: "also there") == 3)
  }
}

extension String {
  /// How many pieces a separator leaves.
  fileprivate func components(separatedBy separator: String) -> Int {
    var (count, rest) = (1, self[...])
    while let range = rest.firstRange(of: separator) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
