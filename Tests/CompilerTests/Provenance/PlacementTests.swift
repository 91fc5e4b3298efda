import Diagnostics
import Kubernetes
import Rules
import SourceText
import Testing

@testable import Compiler

@Suite struct PlacementTests {
  let origins = OriginTable(isTracking: true)
  let template = SourceFile(path: "t.yaml", text: "image: \"web:latest-{{ .Values.branch }}\"\nlivelinessProbe: {}\n")
  let values = SourceFile(path: "values.yaml", text: "branch: dev\n")

  /// The template above, rendered: image `web:latest-dev`.
  private func render() throws -> (trees: PlacedTrees, root: Node) {
    var output = TextBuilder(tracking: true)
    let action = place(of: "{{ .Values.branch }}", in: template).range
    let sites = origins.addSites(
      of: template, [ByteRange(0, action.start), action, ByteRange(action.end, template.text.count)])
    func text(_ index: UInt32, _ range: Range<Int>) {
      output.append(literal: template.text.bytes[range], site: SiteID(sites.rawValue + index))
    }
    text(0, 0..<action.start)
    let leaf = origins.leaf(values, place(of: "dev", in: values).range)
    output.print(Text("dev"), origin: leaf, site: SiteID(sites.rawValue + 1), frame: .none)
    text(2, action.end..<template.text.count)
    var tree = NodeTreeBuilder()
    let rendered = SourceFile(path: "", text: ByteString(output.text.bytes))
    func range(_ text: String) -> ByteRange { place(of: text, in: rendered).range }
    tree.begin(.mapping, place: ByteRange(0, rendered.text.count))
    tree.scalar(
      "web:latest-dev", form: .string, key: "image", place: range("\"web:latest-dev\""), keyPlace: range("image"))
    tree.begin(.mapping, key: "livelinessProbe", place: range("{}"), keyPlace: range("livelinessProbe"))
    tree.close()
    tree.close()
    let finished = try #require(tree.finish())
    var trees = PlacedTrees()
    trees.add(finished, of: SourceMap(rendered: output.finish(), origins: origins.map))
    return (trees, finished.root)
  }

  @Test func aValueIsPlacedInItsValuesFile() throws {
    let (trees, root) = try render()
    let image = try #require(root["image"])
    let placed = try #require(Placement(trees: trees).placed(.bytes(image, 11..<14)))
    #expect(placed.primary == place(of: "dev", in: values))
    #expect(
      placed.related == [
        Label(place(of: "{{ .Values.branch }}", in: template), "printed by this action", isOnTheWay: true)
      ])
  }

  @Test func typedTextIsPlacedInTheTemplate() throws {
    let (trees, root) = try render()
    let image = try #require(root["image"])
    let placement = Placement(trees: trees)
    #expect(placement.placed(.bytes(image, 4..<11))?.primary == place(of: "latest-", in: template))
    let key = try #require(root.entry("livelinessProbe"))
    #expect(placement.placed(.key(key))?.primary == place(of: "livelinessProbe", in: template))
    #expect(placement.placed(.absent(key: "httpGet", under: key))?.primary.text == "livelinessProbe")
  }

  @Test func theRulesSeeWhatSuppliedTheText() throws {
    let (trees, root) = try render()
    let image = try #require(root["image"])
    let expected = [SourcedRange(0..<11, .literal), SourcedRange(11..<14, .file(path: values.path))]
    #expect(trees.sources(of: image, in: nil) == expected)
  }

  @Test func aKeyThatWasTypedCanBeRenamed() throws {
    let (trees, root) = try render()
    let key = try #require(root.entry("livelinessProbe"))
    let edit = NodeEdit(title: "write it right", change: .renameKey(key, to: "livenessProbe"), isSafe: true)
    let fix = try #require(FixPlacer(placement: Placement(trees: trees)).fixIt(for: edit))
    #expect(fix.edits == [FixIt.Edit(place(of: "livelinessProbe", in: template), "livenessProbe")])
  }
}
