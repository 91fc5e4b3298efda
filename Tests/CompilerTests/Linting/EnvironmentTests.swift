import Compiler
import Configuration
import Diagnostics
import SourceText
import TestSupport
import Testing

/// One report of several environments.
@Suite struct EnvironmentTests {
  private static let files = MemoryFiles([
    "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
    "c/values.yaml": "tag: 1.0.0\n",
    "dev.yaml": "tag: main\n",
    "c/values-prod.yaml": "tag: 1.4.2\n",
    "c/templates/pod.yaml": """
    apiVersion: v1
    kind: Pod
    metadata: {name: a}
    spec:
      extra: 1
      containers:
        - {name: web, image: "web:{{ .Values.tag }}"}
    """,
  ])

  private func lint(_ environments: [(String, [String])]) -> LintResult {
    var request = LintRequest(paths: ["c"])
    request.control.only = [.rule("unknown-field"), .rule("mutable-image-tag")]
    request.environments = environments.map { name, files in
      var environment = LintEnvironment(name: name, values: request.values)
      environment.values.files = files
      return environment
    }
    return Linter(fileSystem: Self.files, environment: .fixed).lint(request)
  }

  @Test func saysOnceWhatAllShareAndNamesTheOthers() {
    let result = lint([("dev", ["dev.yaml"]), ("test", ["dev.yaml"]), ("prod", ["values-prod.yaml"])])
    #expect(result.environments == ["dev", "test", "prod"])
    #expect(result.diagnostics.map(\.id.name) == ["unknown-field", "mutable-image-tag"])
    #expect(result.diagnostics.map(\.environments) == [["dev", "test", "prod"], ["dev", "test"]])
    #expect(result.summary.objects == 1)
  }

  @Test func looksForValuesFilesBesideTheChartToo() {
    #expect(lint([("prod", ["values-prod.yaml"])]).diagnostics.map(\.id.name) == ["unknown-field"])
  }

  @Test func anEnvironmentThatDoesNotRenderIsNamed() {
    let result = lint([("dev", ["dev.yaml"]), ("prod", ["missing.yaml"])])
    #expect(result.verdict == .failure)
    #expect(result.diagnostics.first { $0.primary == nil }?.environments == ["prod"])
  }
}
