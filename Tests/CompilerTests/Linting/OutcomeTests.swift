import Charts
import Compiler
import SourceText
import TestSupport
import Testing

/// What a lint says of what it could not look at.
@Suite struct OutcomeTests {
  private func lint(_ files: [String: ByteString], paths: [String] = ["."], crds: [String] = []) -> LintResult {
    var request = LintRequest(paths: paths)
    request.definitionPaths = crds
    return Linter(fileSystem: MemoryFiles(files), environment: .fixed).lint(request)
  }

  private static let queue: ByteString =
    "apiVersion: example.com/v1\nkind: Queue\nmetadata: {name: a}\nspec: {sise: 1}\n"
  private static let definition: ByteString = """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: queues.example.com}
    spec:
      group: example.com
      names: {kind: Queue, plural: queues}
      scope: Namespaced
      versions:
      - name: v1
        served: true
        storage: true
        schema: {openAPIV3Schema: {properties: {spec: {type: object, properties: {size: {type: integer}}}}}}
    """

  @Test func anObjectWithoutASchemaIsSkipped() {
    let summary = lint(["queue.yaml": Self.queue]).summary
    #expect([summary.objects, summary.checked, summary.skipped] == [1, 0, 1])
  }

  @Test func aDefinitionBesideTheInputMakesItChecked() {
    let result = lint(["in/queue.yaml": Self.queue, "crds/queue.yaml": Self.definition], paths: ["in"], crds: ["crds"])
    #expect([result.summary.objects, result.summary.checked] == [1, 1])
    #expect(result.diagnostics.map(\.id.name) == ["unknown-field"])
  }

  @Test func aPathWithoutDefinitionsIsRefused() {
    let result = lint(["in/queue.yaml": Self.queue, "crds/a.txt": ""], paths: ["in"], crds: ["crds"])
    #expect(result.diagnostics.contains { $0.id == "input/unusable" })
  }

  @Test func aChartThatRendersNothingIsNotClean() {
    let files: [String: ByteString] = [
      "Chart.yaml": "apiVersion: v2\nname: web\nversion: 0.1.0\n",
      "templates/a.yaml": "{{ if .Values.on }}kind: Pod{{ end }}\n",
    ]
    let found = lint(files).diagnostics
    #expect(found.map(\.id.name) == ["chart/renders-nothing"])
    #expect(found.first?.primary?.place.text == "web")
    let library = files.merging(["Chart.yaml": "apiVersion: v2\nname: web\nversion: 0.1.0\ntype: library\n"]) { $1 }
    #expect(!lint(library).diagnostics.contains { $0.id == "chart/renders-nothing" })
  }

  @Test func whatIsMissingIsSaidOnce() {
    let workload: ByteString = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: "web:1.4.2"}, {name: log, image: "log:1.4.2"}]}
      """
    let result = lint(["web.yaml": workload], paths: ["web.yaml"])
    let missing = result.undecided.filter { $0.reason.hasPrefix("no Service in the input selects Deployment/web") }
    #expect(missing.count == 1)
    #expect((missing.first?.count ?? 0) >= 4)
    #expect(result.summary.undecided == result.undecided.reduce(0) { $0 + $1.count })
  }

  @Test func environmentsShowTheSameObjects() {
    let files: [String: ByteString] = [
      "Chart.yaml": "apiVersion: v2\nname: web\nversion: 0.1.0\n",
      "templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
      "templates/b.yaml": "{{ if .Values.on }}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n{{ end }}",
    ]
    var request = LintRequest(paths: ["."])
    var on = ValuesArguments()
    on.set = ["on=true"]
    request.environments = [
      LintEnvironment(name: "dev", values: ValuesArguments()), LintEnvironment(name: "prod", values: on),
    ]
    let summary = Linter(fileSystem: MemoryFiles(files), environment: .fixed).lint(request).summary
    #expect([summary.objects, summary.checked] == [2, 2])
  }

  @Test func aMissingTemplateHasItsNeighbour() {
    for call in ["include \"web.lables\" .", "template \"web.lables\" ."] {
      let found = lint([
        "Chart.yaml": "apiVersion: v2\nname: web\nversion: 0.1.0\n",
        "templates/_h.tpl": ByteString("{{ define \"web.labels\" }}x{{ end }}"),
        "templates/a.yaml": ByteString("a: {{ \(call) }}\n"),
      ]).diagnostics
      #expect(found.map(\.id.name) == ["template/missing-template"])
      #expect(found.first?.notes.map(\.text) == ["did you mean `web.labels`?"])
    }
  }
}
