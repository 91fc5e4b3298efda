import Charts
import Compiler
import Diagnostics
import Reports
import TestSupport
import Testing

@Suite struct ExplainerTests {
  let files = MemoryFiles([
    "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "web/values.yaml": "repository: registry.example/web\nbranch: main\n", "prod.yaml": "branch: release\n",
    "web/templates/_h.tpl": "{{ define \"tag\" }}latest-{{ .Values.branch | upper }}{{ end }}",
    "web/templates/pod.yaml": """
    apiVersion: v1
    kind: Pod
    metadata:
      name: {{ .Release.Name }}
      labels:
        helm.sh/chart: {{ .Chart.Name }}
    spec:
      containers:
        - name: web
          image: "{{ .Values.repository }}:{{ include "tag" . }}"
    """,
  ])

  private func explain(_ field: String, object: String = "Pod/release-name") throws(ExplanationFailure) -> String {
    var request = ReleaseRequest(chart: "web")
    request.values.files = ["prod.yaml"]
    request.values.set = ["branch=dev"]
    let trace = try Explainer(fileSystem: files, environment: .fixed).explain(request, object: object, field: field)
    return TraceReport(style: .plain()).text(of: trace)
  }

  @Test func everyPieceHasItsWay() throws {
    let text = try explain("spec.containers[web].image")
    #expect(
      text == """
        Pod/release-name spec.containers[0].image: registry.example/web:latest-DEV
        ├─ `registry.example/web`
        │  ├─ printed by `{{ .Values.repository }}` at web/templates/pod.yaml:10:15
        │  └─ value `repository` at web/values.yaml:1:13
        ├─ `:` is template text at web/templates/pod.yaml:10:39
        ├─ `latest-`
        │  ├─ is template text at web/templates/_h.tpl:1:19
        │  └─ in template `tag`, included at web/templates/pod.yaml:10:40
        └─ `DEV`
           ├─ printed by `{{ .Values.branch | upper }}` at web/templates/_h.tpl:1:26
           ├─ in template `tag`, included at web/templates/pod.yaml:10:40
           └─ value `branch` at --set branch=dev:1:8
              ├─ overrides `release` at prod.yaml:1:9
              └─ overrides `main` at web/values.yaml:2:9

        """)
  }

  @Test func releaseAndChartAreNamed() throws {
    #expect(try explain("metadata.name").contains("built in: .Release.Name"))
    #expect(try explain("metadata.labels[\"helm.sh/chart\"]").contains("chart's `Name` at web/Chart.yaml:2:7"))
  }

  @Test func whatIsNotThereHasNeighbours() {
    #expect(throws: ExplanationFailure.self) { try explain("spec.containers[0].imag") }
    do throws(ExplanationFailure) {
      _ = try explain("spec.containers[0].imag")
    } catch {
      guard case .noField(let keys) = error else { return #expect(Bool(false)) }
      #expect(keys == ["name", "image"])
    }
    do throws(ExplanationFailure) {
      _ = try explain("x", object: "Pod/web")
    } catch {
      guard case .noObject(let objects) = error else { return #expect(Bool(false)) }
      #expect(objects == ["Pod/release-name"])
    }
  }
}
