import Diagnostics
import SourceText
import Testing
import Values

@testable import Compiler

@Suite struct SourceMapTests {
  let origins = OriginTable(isTracking: true)

  /// Template text of `file` at the first place of `text`.
  private func print(_ text: String, of file: SourceFile, into output: inout TextBuilder, frame: FrameID = .none) {
    let site = origins.addSites(of: file, [place(of: text, in: file).range])
    output.append(literal: text.utf8, site: site, frame: frame)
  }

  @Test func literalTextIsExact() throws {
    let template = SourceFile(path: "t.yaml", text: "kind: Deployment\nname: web\n")
    var output = TextBuilder(tracking: true)
    print("kind: Deployment\nname: web\n", of: template, into: &output)
    let map = SourceMap(rendered: output.finish(), origins: origins.map)
    let piece = try #require(map.pieces(in: ByteRange(6, 16)).first)
    #expect(piece.printer == .templateText(place(of: "Deployment", in: template)))
    #expect(piece.source == nil)
  }

  @Test func aValueIsItsLeafAndItsAction() {
    let template = SourceFile(path: "t.yaml", text: "image: web:latest-{{ .Values.branch | upper }}")
    let values = SourceFile(path: "values.yaml", text: "branch: \"a\\u0064ev\"\n")
    let leaf = origins.leaf(values, place(of: "a\\u0064ev", in: values).range)
    let action = place(of: "{{ .Values.branch | upper }}", in: template)
    var output = TextBuilder(tracking: true)
    print("image: web:latest-", of: template, into: &output)
    let runs = [
      TextRun(end: 1, offset: 1, site: .none, frame: .none, origin: leaf),
      TextRun(end: 3, offset: 7, site: .none, frame: .none, origin: leaf),
    ]
    output.print(
      Text(Array("DEV".utf8), runs: runs), origin: leaf, site: origins.addSites(of: template, [action.range]),
      frame: .none)
    var leaves = ValueLeaves()
    leaves.add(.map(MapValue(["branch": Value.string("adev", origin: leaf)])), origins: origins.map)
    let map = SourceMap(rendered: output.finish(), origins: origins.map, leaves: leaves)
    let pieces = map.pieces(in: ByteRange(7, 21))
    #expect(pieces.map { map.bytes(of: $0) } == ["web:latest-", "D", "EV"])
    #expect(pieces[0].printer == .templateText(place(of: "web:latest-", in: template)))
    #expect(pieces[1].printer == .action(action))
    #expect(pieces[1].source == .value(path: "branch", place: place(of: "a\\u0064ev", in: values), overridden: []))
    #expect(pieces[2].source == .value(path: "branch", place: place(of: "ev", in: values), overridden: []))
  }

  @Test func aConvertedNumberIsItsWholeLeaf() {
    let template = SourceFile(path: "t.yaml", text: "{{ .Values.n }}")
    let values = SourceFile(path: "values.yaml", text: "n: 1000000.50\n")
    let leaf = origins.leaf(values, place(of: "1000000.50", in: values).range)
    var output = TextBuilder(tracking: true)
    output.print(
      Text("1.0000005e+06"), origin: leaf, site: origins.addSites(of: template, [ByteRange(0, 15)]), frame: .none)
    let map = SourceMap(rendered: output.finish(), origins: origins.map)
    #expect(map.pieces(in: ByteRange(0, 3)).first?.innermostPlace?.text == "1000000.50")
  }

  @Test func includesAreListedFromTheInside() {
    let template = SourceFile(path: "t.yaml", text: "a: {{ include \"outer\" . }}")
    let named = SourceFile(path: "_h.tpl", text: "{{ include \"inner\" . }} text")
    let outer = place(of: "{{ include \"outer\" . }}", in: template)
    let inner = place(of: "{{ include \"inner\" . }}", in: named)
    let first = origins.enter("outer", from: origins.addSites(of: template, [outer.range]), in: .none)
    let second = origins.enter("inner", from: origins.addSites(of: named, [inner.range]), in: first)
    var output = TextBuilder(tracking: true)
    print("text", of: named, into: &output, frame: second)
    let map = SourceMap(rendered: output.finish(), origins: origins.map)
    #expect(
      map.pieces(in: ByteRange(0, 4)).first?.calls == [
        Trace.Call(template: "inner", place: inner), Trace.Call(template: "outer", place: outer),
      ])
  }

  @Test func aTemplateThatWasAValueLeadsToTheValue() {
    let template = SourceFile(path: "t.yaml", text: "a: {{ tpl .Values.t . }}")
    let values = SourceFile(path: "values.yaml", text: "t: 'x-{{ .Release.Name }}'\n")
    let leaf = origins.leaf(values, place(of: "x-{{ .Release.Name }}", in: values).range)
    let generated = SourceFile(path: "gotpl", kind: .generated, text: "x-{{ .Release.Name }}")
    origins.addSource(of: generated, text: Text(generated.text), origin: leaf)
    let caller = place(of: "{{ tpl .Values.t . }}", in: template)
    let frame = origins.enter("gotpl", from: origins.addSites(of: template, [caller.range]), in: .none)
    var output = TextBuilder(tracking: true)
    print("x-", of: generated, into: &output, frame: frame)
    output.print(
      Text("rel"), origin: origins.builtIn(".Release.Name"),
      site: origins.addSites(of: generated, [place(of: "{{ .Release.Name }}", in: generated).range]), frame: frame)
    let pieces = SourceMap(rendered: output.finish(), origins: origins.map).pieces(in: ByteRange(0, 5))
    #expect(pieces.count == 2)
    #expect(pieces[0].source == .value(path: nil, place: place(of: "x-", in: values), overridden: []))
    #expect(pieces[0].printer == .action(caller))
    #expect(pieces[1].source == .builtIn(".Release.Name"))
    #expect(pieces[1].printer == .action(place(of: "{{ .Release.Name }}", in: values)))
    #expect(pieces[1].calls == [Trace.Call(template: "gotpl", place: caller)])
  }

  @Test func strongerValuesHideWeakerOnes() {
    let defaults = SourceFile(path: "values.yaml", text: "tag: a")
    let argument = SourceFile(path: "--set", kind: .argument, text: "tag=b")
    let weak = SourceRange(defaults, ByteRange(5, 6))
    let strong = SourceRange(argument, ByteRange(4, 5))
    let strongTag = Value.string("b", origin: origins.argument(argument, strong.range))
    let weakTag = Value.string("a", origin: origins.leaf(defaults, weak.range))
    var leaves = ValueLeaves()
    leaves.add(.map(MapValue(["tag": strongTag])), origins: origins.map)
    leaves.add(.map(MapValue(["tag": weakTag])), origins: origins.map)
    #expect(leaves[strong] == "tag")
    #expect(leaves.overridden(by: strong) == [weak])
    #expect(leaves.overridden(by: weak) == [])
  }
}
