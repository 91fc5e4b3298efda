import Diagnostics
import SourceText
import Testing

@testable import Reports

@Suite struct TextReportTests {
  let values = SourceFile(path: "web/values.yaml", text: "repo: registry.example/web\nbranch: dev\n")
  let template = SourceFile(
    path: "web/templates/deployment.yaml",
    text: ByteString(String(repeating: "#\n", count: 99) + "image: {{ .Values.repo }}:latest-{{ .Values.branch }}\n"))

  var movingTag: Diagnostic {
    Diagnostic(
      id: "mutable-image-tag", level: .error, message: "image `web:latest-dev` uses the moving tag `latest-dev`",
      primary: Label(place(of: "dev", in: values)),
      related: [Label(place(of: "{{ .Values.branch }}", in: template), "printed here")],
      rendered: RenderedLocation(object: "Deployment/web", field: "spec.template.spec.containers[0].image"),
      notes: [Note(.why, "Nodes that pull later run other code."), Note(.fix, "Deploy a full version,\nor a digest.")])
  }

  @Test func labelsNotesAndTheRenderedPlaceFollow() {
    #expect(
      plain(movingTag) == """
        error[mutable-image-tag]: image `web:latest-dev` uses the moving tag `latest-dev`
          --> web/values.yaml:2:9
            |
          2 | branch: dev
            |         ^^^
            |
          ::: web/templates/deployment.yaml:100:34
            |
        100 | image: {{ .Values.repo }}:latest-{{ .Values.branch }}
            |                                  -------------------- printed here
            |
            = rendered: Deployment/web spec.template.spec.containers[0].image
            = why: Nodes that pull later run other code.
            = fix: Deploy a full version,
                   or a digest.

        """)
  }

  @Test func theOrderIsThatOfTheSource() {
    let first = sample("repo", in: values)
    let missing = Diagnostic(id: "chart/missing-file", level: .warning, message: "no such chart", primary: nil)
    let summary = Summary(checked: 3, objects: 4, skipped: 1, undecided: 2)
    let text = TextReport(style: .plain()).text(
      of: ReportContent(diagnostics: [movingTag, first, missing], summary: summary))
    #expect(
      text
        == TextReport(style: .plain()).text(
          of: ReportContent(diagnostics: [first, missing, movingTag], summary: summary)))
    #expect(text.hasPrefix("warning[chart/missing-file]: no such chart\n\nerror[sample]: something is wrong\n"))
    #expect(
      text.hasSuffix("\n\nchecked 3 of 4 objects, 1 skipped, 2 undecided; 2 errors, 1 warning\n"))
  }

  @Test func aFixShowsTheLinesBeforeAndAfter() {
    var diagnostic = sample("branch", in: values)
    let edit = FixIt.Edit(place(of: "branch", in: values), "version")
    diagnostic.fixIts = [FixIt(title: "write `version`", edits: [edit], isSafe: false)]
    #expect(
      plain(diagnostic).hasSuffix(
        """
         2 | branch: dev
           | ^^^^^^
           |
           = edit: write `version` (unsafe: look at what else it changes)
         2 - branch: dev
         2 + version: dev

        """))
  }

  @Test func anExplanationStartsAtTheArrow() {
    #expect(TextReport(style: .plain()).explanation(of: movingTag).hasPrefix("  --> web/values.yaml:2:9\n"))
  }

  @Test func coloursWrapWholeWords() {
    let text = TextReport(style: .ansi()).text(of: sample("dev", in: values))
    #expect(text.hasPrefix("\u{1B}[1;31merror[sample]\u{1B}[0m\u{1B}[1m: something is wrong\u{1B}[0m\n"))
    #expect(text.contains("\u{1B}[1;31m^^^\u{1B}[0m"))
  }

  @Test func aMessageCannotCommandTheTerminal() {
    let diagnostic = Diagnostic(id: "sample", level: .error, message: "bad `\u{1B}[2J`", primary: nil)
    #expect(plain(diagnostic) == "error[sample]: bad `␛[2J`\n")
  }
}
