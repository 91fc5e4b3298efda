import Compiler
import Diagnostics
import SourceText
import TestSupport
import Testing

/// Branches that were not taken, beside the findings about what they would have written.
@Suite struct CoverageTests {
  private func related(_ templates: [String: String], values: String = "") -> [String] {
    var files: [String: ByteString] = [
      "Chart.yaml": "apiVersion: v2\nname: web\nversion: 0.1.0\n", "values.yaml": ByteString(values),
      "templates/service.yaml": """
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
      """,
    ]
    for (name, text) in templates { files["templates/\(name)"] = ByteString(text) }
    let result = Linter(fileSystem: MemoryFiles(files), environment: .fixed).lint(LintRequest(paths: ["."]))
    return result.diagnostics.filter { $0.id == "missing-readiness-probe" }
      .flatMap { $0.related.filter { $0.message.hasPrefix("`readinessProbe` would be") }.map(\.place.text.string) }
  }

  private func workload(_ containers: String) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
    \(containers)
          volumes: []
    """
  }

  private static let plain = """
          - name: web
            image: web:1.4.2
            ports: [{containerPort: 8080}]
    """

  @Test func aFalseWithIsNamed() {
    let text = workload(
      Self.plain + "\n        {{- with .Values.ready }}\n        readinessProbe: {{ toYaml . }}\n        {{- end }}")
    #expect(related(["a.yaml": text]) == ["{{- with .Values.ready }}"])
  }

  @Test func theOuterOfTwoIsNamed() {
    let text = workload(
      Self.plain + "\n        {{- if .Values.probes }}\n        {{- with .Values.ready }}\n        "
        + "readinessProbe: {{ toYaml . }}\n        {{- end }}\n        {{- end }}")
    #expect(related(["a.yaml": text]) == ["{{- if .Values.probes }}"])
  }

  @Test func theOtherSideOfATrueBranchIsNamed() {
    let text = workload(
      Self.plain + "\n        {{- if not .Values.ready }}\n        stdin: true\n        {{- else }}\n        "
        + "readinessProbe: {tcpSocket: {port: 8080}}\n        {{- end }}")
    #expect(related(["a.yaml": text]) == ["{{- if not .Values.ready }}"])
  }

  @Test func aBranchInAnIncludedTemplateIsNamed() {
    let helper =
      "{{ define \"probes\" }}{{ if .Values.ready }}\nreadinessProbe: {tcpSocket: {port: 8080}}\n{{ end }}{{ end }}"
    let text = workload(Self.plain + "\n        {{- include \"probes\" . | nindent 8 }}")
    #expect(related(["_h.tpl": helper, "a.yaml": text]) == ["{{ if .Values.ready }}"])
  }

  @Test func anIncludeInABranchIsFollowed() {
    let helper = "{{ define \"probes\" }}\nreadinessProbe: {tcpSocket: {port: 8080}}\n{{ end }}"
    let text = workload(
      Self.plain
        + "\n        {{- if .Values.ready }}\n        {{- include \"probes\" . | nindent 8 }}\n        {{- end }}")
    #expect(related(["_h.tpl": helper, "a.yaml": text]) == ["{{- if .Values.ready }}"])
  }

  @Test func aLoopHasTheBranchOfItsRound() {
    let text = workload(
      """
            {{- range .Values.containers }}
            - name: {{ .name }}
              image: web:1.4.2
              ports: [{containerPort: {{ .port }}}]
              {{- with .ready }}
              readinessProbe: {tcpSocket: {port: 8080}}
              {{- end }}
            {{- end }}
      """)
    let values = "containers: [{name: a, port: 8080}, {name: b, port: 9090, ready: true}]"
    #expect(related(["a.yaml": text], values: values) == ["{{- with .ready }}"])
  }

  @Test func theBranchOfANeighbourIsNotNamed() {
    let text = workload(
      Self.plain
        + "\n      - name: log\n        image: log:1.4.2\n        {{- with .Values.ready }}\n        "
        + "readinessProbe: {{ toYaml . }}\n        {{- end }}")
    #expect(related(["a.yaml": text]) == [])
  }
}
