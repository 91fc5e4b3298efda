import SourceText
import TemplateLanguage
import Testing
import Values

@Suite struct ErrorTests {
  @Test(arguments: [
    ("a: {{ .missing.tag }}", "1:14", ".missing.tag", "nil pointer evaluating interface {}.tag"),
    ("{{ .name.x }}", "1:8", ".name.x", "can't evaluate field x in type interface {}"),
    ("{{ upper 5 }}", "1:9", "5", "expected string; found 5"),
    ("{{ upper .count }}", "1:9", ".count", "wrong type for value; expected string; got float64"),
    ("{{ upper .nothing }}", "1:9", ".nothing", "wrong type for value; expected string; got interface {}"),
    ("{{ upper (.nothing) }}", "1:10", ".nothing", "invalid value; expected string"),
    ("{{ upper nil }}", "1:9", "nil", "cannot assign nil to string"),
    ("{{ upper }}", "1:3", "upper", "wrong number of args for upper: want 1 got 0"),
    ("{{ printf }}", "1:3", "printf", "wrong number of args for printf: want at least 1 got 0"),
    ("{{ nil }}", "1:3", "nil", "nil is not a command"),
    ("{{ 1 2 }}", "1:3", "1", "can't give argument to non-function 1"),
    ("{{ .name 1 }}", "1:3", ".name", "name is not a method but has arguments"),
    ("x\n{{ range .name }}{{ end }}", "2:9", ".name", "range can't iterate over web"),
    ("{{ template \"no\" }}", "1:12", "{{template \"no\"}}", "template \"no\" not defined"),
    ("{{ 9223372036854775808 }}", "1:3", "9223372036854775808", "9223372036854775808 overflows int"),
  ])
  func complainsInGosWords(template: String, place: String, context: String, message: String) {
    let text = Fixtures.render(ByteString(template), Fixtures.data)
    #expect(text == "t.yaml:\(place)\n  executing \"t.yaml\" at <\(context)>:\n    \(message)")
  }

  @Test func namesEveryCallOfTheChain() {
    let template: ByteString = "{{ define \"d\" }}{{ .a.b }}{{ end }}{{ include \"d\" .image }}"
    #expect(
      Fixtures.render(template, Fixtures.data) == """
        t.yaml:1:38
          executing "t.yaml" at <include "d" .image>:
            error calling include:
        t.yaml:1:21
          executing "d" at <.a.b>:
            nil pointer evaluating interface {}.b
        """)
  }

  @Test func printsErrorsInsideTplOnOneLine() {
    #expect(
      Fixtures.render("{{ tpl \"{{ .a.b }}\" . }}", Fixtures.data) == """
        template: t.yaml:1:3: executing "t.yaml" at <tpl "{{ .a.b }}" .>: error calling tpl: error during tpl \
        function execution for "{{ .a.b }}": template: gotpl:1:5: executing "gotpl" at <.a.b>: \
        nil pointer evaluating interface {}.b
        """)
  }

  @Test func failNamesTheOutermostAction() {
    let template: ByteString = "{{ define \"d\" }}{{ fail \"stop\\nhere\" }}{{ end }}\n {{ include \"d\" . }}"
    #expect(Fixtures.render(template) == "execution error at (t.yaml:2:4): stop\nhere")
  }

  @Test func knowsThePathToANil() throws {
    let evaluator = Fixtures.evaluator(["t": "{{ $v := . }}{{ $v.image.digest.algorithm }}"])
    do throws(ExecutionError) {
      _ = try evaluator.execute("t", data: Fixtures.data)
      Issue.record("the template must fail")
    } catch {
      #expect(error.nilPath == ["$v", "image", "digest"])
      #expect(error.place?.range.text == "$v.image.digest.algorithm")
    }
  }

  @Test func stopsHostileTemplates() {
    var limits = Limits()
    limits.steps = 50_000
    limits.outputBytes = 100_000
    #expect(Fixtures.render("{{ range 1000000 }}{{ end }}", limits: limits).contains("more than 50000 steps"))
    #expect(
      Fixtures.render("{{ range 5000 }}{{ repeat 100 \"x\" }}{{ end }}", limits: limits)
        .contains("more than 100000 bytes"))
    let doubling: ByteString = "{{ $x := \"abcdefgh\" }}{{ range 60 }}{{ $x = printf \"%s%s\" $x $x }}{{ end }}"
    #expect(Fixtures.render(doubling, limits: limits).contains("more than 100000 bytes"))
  }

  @Test func stopsEndlessRecursion() {
    let include: ByteString = "{{ define \"d\" }}{{ include \"d\" . }}{{ end }}{{ include \"d\" . }}"
    #expect(Fixtures.render(include).contains("nested") == true)
    let template: ByteString = "{{ define \"d\" }}{{ template \"d\" . }}{{ end }}{{ template \"d\" . }}"
    #expect(Fixtures.render(template, limits: Limits(stackBytes: 1 << 20)).contains("nested too deep"))
    #expect(Fixtures.render("{{ tpl . . }}", "{{ tpl . . }}").contains("nested"))
  }
}
