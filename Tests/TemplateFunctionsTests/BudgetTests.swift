import SourceText
import TemplateLanguage
import Testing
import Values

/// Templates that would never end, or take all memory, stop at the call by which they would. What is counted is the
/// same on every machine.
@Suite struct BudgetTests {
  /// Small enough for an unoptimised build; each template below would take a thousand times as much.
  private static var limits: Limits {
    var limits = Limits(stackBytes: 256 << 10)
    limits.steps = 100_000
    limits.outputBytes = 1 << 20
    return limits
  }

  private static func text(_ template: String) throws -> String {
    try Rendering(limits: limits).text(template).string
  }

  private static let doubledList = "{{ $x := list \"a\" }}{{ range until 40 }}{{ $x = list $x $x }}{{ end }}\n"
  private static let doubledMap =
    "{{ $x := dict \"a\" 1 }}{{ $y := dict \"a\" 1 }}{{ range until 40 }}{{ $x = dict \"a\" $x \"b\" $x }}"
    + "{{ $y = dict \"a\" $y \"b\" $y }}{{ end }}\n"

  @Test(arguments: [
    "$x", "toYaml $x", "toYamlPretty $x", "toJson $x", "toPrettyJson $x", "toRawJson $x", "toToml (dict \"a\" $x)",
    "print $x", "printf \"%v\" $x", "printf \"%#v\" $x", "quote $x", "squote $x", "cat $x", "toString $x",
    "toStrings $x", "join \",\" $x", "sortAlpha $x", "html $x", "js $x", "urlquery $x",
  ])
  func listsThatHoldAListTwiceArePrintedInPart(expression: String) throws {
    let message = try Self.text(Self.doubledList + "{{ \(expression) }}")
    #expect(message.hasPrefix("!template: t.yaml:2:"))
    let ends = ["bytes of text", "more than 100000 steps", "too many parts"]
    #expect(ends.contains { message.hasSuffix($0) }, "\(message)")
  }

  @Test(arguments: [
    "deepCopy $x", "deepEqual $x $y", "has $x (list $y)", "uniq (list $x $y)", "without (list $x) $y", "merge $x $y",
    "mergeOverwrite $x $y", "mustMerge $x $y",
  ])
  func treesThatHoldATreeTwiceAreWalkedInPart(expression: String) throws {
    let message = try Self.text(Self.doubledMap + "{{ $z := \(expression) }}")
    #expect(message.hasPrefix("!template: t.yaml:2:"))
    #expect(message.hasSuffix("the render took more than 100000 steps"), "\(message)")
  }

  /// Ten thousand calls of functions whose work grows with their arguments.
  @Test(arguments: [
    "append $l 1", "prepend $l 1", "has 1001 $l", "uniq $l", "without $l 5", "sortAlpha $l", "reverse $l",
    "join \",\" $l", "concat $l $l", "compact $l", "chunk 3 $l", "toStrings $l", "rest $l", "deepCopy $l",
    "regexFindAll \"b\" $s -1", "regexReplaceAll \"(b)\" $s \"$1\"", "regexMatch \"z\" $s", "wrap 10 $s", "upper $s",
    "contains \"z\" $s", "splitList \"b\" $s", "trim $s", "fromYaml $s", "fromJson $s", "eq $s (printf \"%s\" $s)",
    "shuffle $s", "toYaml $l", "randAlpha 1000", "regexMatch (printf \"(a{50}){%d}\" .) \"a\"",
    "tpl (printf \"{{ %d }}\" .) $",
  ])
  func workIsCounted(expression: String) throws {
    let template =
      "{{ $l := until 1000 }}{{ $s := repeat 1000 \"ab c\" }}\n{{ range until 10000 }}{{ $x := \(expression) }}{{ end }}"
    let message = try Self.text(template)
    #expect(message.hasPrefix("!template: t.yaml:2:"))
    #expect(message.contains("the render "), "\(message)")
  }

  @Test(arguments: [
    "replace \"a\" $s $s", "regexReplaceAll \"a\" $s $s", "join $s (until 2000)", "indent 1000 (repeat 2000 \"\\n\")",
    "wrapWith 1 $s $s", "repeat 2000 $s", "cat $s (repeat 1000 $s)",
  ])
  func textsDoNotGrowBeyondWhatIsLeft(expression: String) throws {
    let message = try Self.text("{{ $s := repeat 2000 \"a\" }}\n{{ $x := \(expression) }}")
    #expect(message.contains("bytes of text"), "\(message)")
  }

  /// A function that swallows errors does not swallow this one.
  @Test func nothingGoesOnBehindTheLimit() throws {
    let message = try Self.text(Self.doubledMap + "{{ $z := merge $x $y }}{{ fail \"too late\" }}")
    #expect(!message.contains("too late"))
  }

  @Test func aWishToStopIsHeard() throws {
    var limits = Self.limits
    let supervision = Supervision()
    limits.supervision = supervision
    let rendering = try Rendering(limits: limits)
    #expect(try rendering.text("a").string == "a")
    #expect(supervision.template == "t.yaml")
    supervision.stop("no time")
    let message = try rendering.text("\n{{ print 1 }}").string
    #expect(message.hasPrefix("!template: t.yaml:2:"))
    #expect(message.hasSuffix("no time"))
  }

  /// What ordinary templates take; a change of what is counted shows here.
  @Test func ordinaryWorkIsCheap() throws {
    var limits = Limits()
    limits.steps = 2000
    let template = """
      {{ range $i, $name := list "a" "b" "c" }}{{ printf "%s-%d" ($name | upper | quote) $i | nindent 4 }}{{ end }}
      {{ toYaml (dict "a" (list 1 2 3) "b" (dict "c" "d")) | indent 2 }}
      {{ if and (hasKey . "Values") (not (empty .)) }}{{ default "x" .missing | trunc 63 | trimSuffix "-" }}{{ end }}
      """
    #expect(try Rendering(limits: limits).text(template).string.hasPrefix("!") == false)
  }
}
