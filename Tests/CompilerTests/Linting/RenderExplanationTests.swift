import Diagnostics
import SourceText
import Testing
import Values

@Suite struct RenderExplanationTests {
  let file = SourceFile(path: "web/values.yaml", text: "image:\n  tag: 1.0.0\n")

  @Test func aMissingKeyHasItsNeighbour() throws {
    var render = SmallRender("a: b\nimage: {{ .Values.imag.tag }}\n")
    let key = render.origins.leaf(file, place(of: "image", in: file).range)
    let values = MapValue()
    values.set("image", to: .map(MapValue(["tag": "1.0.0"])), keyOrigin: key)
    render = SmallRender(values, like: render)
    let diagnostic = try #require(render.explanation())
    #expect(diagnostic.primary?.place.text.string.contains("imag") == true)
    #expect(diagnostic.primary?.message == "`.Values.imag` is not set")
    #expect(diagnostic.related == [Label(place(of: "image", in: file), "this key exists")])
    #expect(diagnostic.notes == [Note(.fix, "did you mean `.Values.image`?")])
  }

  @Test func theWayThroughIncludesIsShown() throws {
    let render = SmallRender(
      "a: {{ include \"outer\" . }}\n",
      helpers:
        "{{ define \"outer\" }}{{ include \"inner\" . }}{{ end }}{{ define \"inner\" }}{{ fail \"no\" }}{{ end }}")
    let diagnostic = try #require(render.explanation())
    #expect(diagnostic.id == "template/refused")
    #expect(diagnostic.message == "no")
    #expect(diagnostic.primary?.place.file == render.helpers)
    #expect(diagnostic.related.map(\.place.file) == [render.helpers, render.template])
    #expect(diagnostic.related.allSatisfy { $0.message == "included from here" })
  }

  @Test func aMissingTemplateHasItsNeighbour() throws {
    let render = SmallRender("a: {{ include \"web.lables\" . }}\n", helpers: "{{ define \"web.labels\" }}x{{ end }}")
    let diagnostic = try #require(render.explanation())
    #expect(diagnostic.id == "template/missing-template")
    #expect(diagnostic.notes == [Note(.fix, "did you mean `web.labels`?")])
    #expect(diagnostic.primary?.place.file == render.template)
  }

  @Test func aFaultInATemplateThatIsAValueIsInTheValuesFile() throws {
    let file = SourceFile(path: "web/values.yaml", text: "t: x {{ .Values.a.b }}\n")
    var render = SmallRender("a: {{ tpl .Values.t . }}\n")
    let leaf = render.origins.leaf(file, ByteRange(3, file.text.count - 1))
    let text = Value.string(file[ByteRange(3, file.text.count - 1)], origin: leaf)
    render = SmallRender(MapValue(["t": text]), like: render)
    let diagnostic = try #require(render.explanation())
    #expect(diagnostic.primary?.place.file == file)
    #expect(diagnostic.related.map(\.place.file) == [render.template])
  }

  @Test func aSyntaxFaultInAValueIsInTheValuesFile() throws {
    let file = SourceFile(path: "web/values.yaml", text: "t: x {{ nofunc }}\n")
    var render = SmallRender("a: {{ tpl .Values.t . }}\n")
    let leaf = render.origins.leaf(file, ByteRange(3, file.text.count - 1))
    render = SmallRender(MapValue(["t": .string(file[ByteRange(3, file.text.count - 1)], origin: leaf)]), like: render)
    let diagnostic = try #require(render.explanation())
    #expect(diagnostic.id == "template/unknown-function")
    #expect(diagnostic.primary?.place == place(of: "nofunc", in: file))
    #expect(diagnostic.related.map(\.place.file) == [render.template])
  }
}
