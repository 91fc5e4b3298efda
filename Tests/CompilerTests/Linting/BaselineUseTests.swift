import Compiler
import Configuration
import Diagnostics
import SourceText
import TestSupport
import Testing

/// From a run that writes a baseline to the next that reads it.
@Suite struct BaselineUseTests {
  private static let pod = """
    apiVersion: v1
    kind: Pod
    metadata: {name: "{{ .Release.Name }}-a"}
    spec:
      containers:
        - {name: web, image: "web:{{ .Values.tag }}"}

    """

  private func files(_ pod: String = Self.pod, tag: String = "main") -> MemoryFiles {
    MemoryFiles([
      "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "c/values.yaml": ByteString("tag: \(tag)\n"),
      "c/templates/pod.yaml": ByteString(pod),
    ])
  }

  private func lint(_ files: MemoryFiles, release: ByteString = "release-name") -> LintResult {
    var request = LintRequest(paths: ["c"])
    request.control.only = [.rule("mutable-image-tag")]
    request.options.name = release
    if files.files["b.json"] != nil { request.control.baseline = "b.json" }
    return Linter(fileSystem: files, environment: .fixed).lint(request)
  }

  private func withBaseline(_ changed: MemoryFiles) -> MemoryFiles {
    let first = lint(files())
    var changed = changed
    changed.files["b.json"] = first.baseline(at: "b.json", files: changed).text
    return changed
  }

  @Test func failsOnlyOnWhatIsNew() {
    #expect(lint(files()).verdict == .findings)
    #expect(lint(withBaseline(files())).verdict == .clean)
    #expect(lint(withBaseline(files(tag: "edge"))).verdict == .findings)
  }

  @Test func survivesMovedLinesNewItemsAndAnotherReleaseName() {
    let moved =
      "# a line\n"
      + Self.pod.replacing("    - {name: web", with: "    - {name: log, image: \"log:1.0.0\"}\n    - {name: web")
    let result = lint(withBaseline(files(moved)), release: "other")
    #expect(result.verdict == .clean)
    #expect(result.diagnostics.map(\.standing) == [.baselined])
  }

  @Test func tellsWhatIsGone() {
    let result = lint(withBaseline(files(tag: "1.4.2")))
    #expect(result.verdict == .clean)
    #expect(result.staleEntries.map(\.entry.rule) == ["mutable-image-tag"])
  }

  @Test func aBaselineThatCannotBeReadFailsTheRun() {
    var files = files()
    files.files["b.json"] = "{}"
    #expect(lint(files).verdict == .failure)
  }
}
