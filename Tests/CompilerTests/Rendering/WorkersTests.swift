import Compiler
import SourceText
import Testing

@Suite struct WorkersTests {
  /// Workers that take their turns from the last to the first.
  private static let backwards = Workers(count: 3) { count, body in (0..<count).reversed().forEach(body) }

  @Test(arguments: [0, 1, 2, 3, 10, 11]) func resultsStandInTheOrderOfTheElements(count: Int) {
    let elements = Array(0..<count)
    #expect(Self.backwards.map(elements, bytes: 1 << 20) { $0 * 2 } == elements.map { $0 * 2 })
  }

  @Test func theFirstUnreadableDocumentInPrintingOrderIsTheOneThatIsReported() throws {
    let padding = String(repeating: "# nothing\n", count: 10_000)
    let files = ["c.yaml", "b.yaml", "a.yaml"].map { name in
      RenderedFile(path: "web/templates/" + name, text: Text(name == "a.yaml" ? padding : "kind: [\n"))
    }
    var hooks: [String] = []
    do throws(ManifestFailure) {
      _ = try SortedManifests(files, workers: Self.backwards, unknownHooks: &hooks)
      Issue.record("no document failed")
    } catch {
      #expect(error.file.path == "web/templates/b.yaml")
    }
  }
}
