import SourceText
import TemplateFunctions
import TemplateLanguage
import Testing
import Values

@Suite struct GoFunctionsTests {
  private static let functions = FunctionTable([GoFunctions.table, CallFunctions.table])

  /// What a template prints, or the message of its innermost error.
  private func render(_ template: ByteString) -> String {
    let parsed = TemplateParser.parse(
      file: SourceFile(path: "t", text: template), name: "t", functions: Self.functions)
    if let failure = parsed.failures.first { return failure.message.string }
    var set = TemplateSet()
    set.add(parsed)
    let environment = Environment(now: { (0, 0) }, random: { _ in [] }, timeZone: { _ in nil })
    let evaluator = Evaluator(
      set: set, functions: Self.functions, origins: OriginTable(isTracking: false), environment: environment)
    let data = Value.map(
      MapValue([
        "list": .list(["a", "b"]), "map": .map(MapValue(["k": 1.5])), "null": .none, "text": "héllo",
      ]))
    do throws(ExecutionError) {
      return try evaluator.execute("t", data: data).string
    } catch {
      guard case .call(_, let failure) = error.reason else { return error.helmText.string }
      return failure.message.string
    }
  }

  @Test(arguments: [
    ("{{ len .list }} {{ len .map }} {{ len .text }} {{ len \"\" }}", "2 1 6 0"),
    (
      "{{ index .list 1 }} {{ index .map \"k\" }} {{ index .text 0 }} {{ index .map \"none\" }}", "b 1.5 104 <no value>"
    ),
    ("{{ slice .list 1 }} {{ slice .text 0 1 }} {{ slice .list 0 1 }}", "[b] h [a]"),
    ("{{ not .list }} {{ not .null }} {{ and 1 0 2 }} {{ or 0 \"\" 3 }}", "false true 0 3"),
    (
      "{{ eq 1 2 1 }} {{ ne \"a\" \"b\" }} {{ lt 1 2 }} {{ ge 2.5 2.5 }} {{ eq .null nil }}", "true true true true true"
    ),
    ("{{ print 1 2 \"x\" 3 }} {{ println 1 \"a\" }}", "1 2x3 1 a\n"),
    (
      "{{ html \"<a href='x'>\" }} {{ js \"it's <b>\" }} {{ urlquery \"a b&é\" }}",
      "&lt;a href=&#39;x&#39;&gt; it\\'s \\u003Cb\\u003E a+b%26%C3%A9"
    ),
    ("{{ html nil }}", "&lt;no value&gt;"),
  ])
  func answersAsGo(template: String, expected: String) {
    #expect(render(ByteString(template)) == expected)
  }

  @Test(arguments: [
    ("{{ len 3 }}", "len of type int"),
    ("{{ len .null }}", "len of nil pointer"),
    ("{{ len nil }}", "reflect: call of reflect.Value.Type on zero Value"),
    ("{{ index .list 2 }}", "reflect: slice index out of range"),
    ("{{ index .list 3 }}", "index out of range: 3"),
    ("{{ index .list \"a\" }}", "cannot index slice/array with type string"),
    ("{{ index nil 1 }}", "index of untyped nil"),
    ("{{ index .map 1 }}", "value has type int; should be string"),
    ("{{ slice .list 2 1 }}", "invalid slice index: 2 > 1"),
    ("{{ eq 1 1.0 }}", "incompatible types for comparison: int and float64"),
    ("{{ eq .list .list }}", "non-comparable type [a b]: []interface {}"),
    ("{{ eq .list .map }}", "non-comparable types [a b]: []interface {}, map[string]interface {}: map[k:1.5]"),
    (
      "{{ ne .map .list }}",
      "non-comparable types map[k:%!s(float64=1.5)]: map[string]interface {}, []interface {}: [a b]"
    ),
    ("{{ lt nil 1 }}", "invalid type for comparison"),
    ("{{ call .text }}", "non-function .text of type string"),
    ("{{ required \"needed\" .null }}", "needed"),
  ])
  func failsAsGo(template: String, message: String) {
    #expect(render(ByteString(template)) == message)
  }
}
