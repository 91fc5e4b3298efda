import Diagnostics
import SourceText
import Testing

@testable import Reports

@Suite struct TraceReportTests {
  @Test func aTreeOfPieces() {
    let values = SourceFile(path: "web/values.yaml", text: "branch: main\n")
    let argument = SourceFile(path: "--set", kind: .argument, text: "branch=dev")
    let template = SourceFile(path: "web/templates/a.yaml", text: "image: web:{{ include \"tag\" . }}")
    let named = SourceFile(path: "web/templates/_h.tpl", text: "{{ define \"tag\" }}{{ .Values.branch }}{{ end }}")
    let trace = Trace(
      rendered: RenderedLocation(object: "Deployment/web", field: "image"), text: "web:dev",
      pieces: [
        .init(text: "web:", printer: .templateText(place(of: "web:", in: template)), calls: [], source: nil),
        .init(
          text: "dev", printer: .action(place(of: "{{ .Values.branch }}", in: named)),
          calls: [.init(template: "tag", place: place(of: "{{ include", in: template))],
          source: .derived(
            function: "trunc",
            inputs: [
              .value(
                path: "branch", place: place(of: "dev", in: argument), overridden: [place(of: "main", in: values)]),
              .builtIn(".Release.Name"),
            ])),
      ])
    #expect(
      TraceReport(style: .plain()).text(of: trace) == """
        Deployment/web image: web:dev
        ├─ `web:` is template text at web/templates/a.yaml:1:8
        └─ `dev`
           ├─ printed by `{{ .Values.branch }}` at web/templates/_h.tpl:1:19
           ├─ in template `tag`, included at web/templates/a.yaml:1:12
           └─ made by `trunc` from
              ├─ value `branch` at --set branch=dev:1:8
              │  └─ overrides `main` at web/values.yaml:1:9
              └─ built in: .Release.Name

        """)
  }
}
