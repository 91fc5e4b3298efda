import Diagnostics
import SourceText
import Testing

@testable import Reports

@Suite struct JSONReportTests {
  @Test func everyFieldIsPrinted() {
    let values = SourceFile(path: "values.yaml", text: "é: dev\n")
    let argument = SourceFile(path: "--set", kind: .argument, text: "a=b")
    var diagnostic = sample("dev", in: values, "moves", related: [Label(place(of: "b", in: argument), "set here")])
    diagnostic.rendered = RenderedLocation(object: "Deployment/web", field: "image")
    diagnostic.notes = [Note(.why, "It hurts.")]
    diagnostic.fixIts = [
      FixIt(title: "pin", edits: [.init(place(of: "dev", in: values), "1.0.0")], isSafe: true)
    ]
    let text = JSONReport.text(
      of: ReportContent(diagnostics: [diagnostic], summary: Summary(checked: 1, objects: 1)))
    #expect(
      text.string == """
        {
          "diagnostics": [
            {
              "environments": [],
              "fingerprint": "\(diagnostic.fingerprint)",
              "fixes": [
                {
                  "edits": [
                    {
                      "end": {
                        "column": 7,
                        "line": 1,
                        "offset": 7
                      },
                      "path": "values.yaml",
                      "replacement": "1.0.0",
                      "start": {
                        "column": 4,
                        "line": 1,
                        "offset": 4
                      }
                    }
                  ],
                  "safe": true,
                  "title": "pin"
                }
              ],
              "id": "sample",
              "level": "error",
              "message": "something is wrong",
              "notes": [
                {
                  "kind": "why",
                  "text": "It hurts."
                }
              ],
              "primary": {
                "end": {
                  "column": 7,
                  "line": 1,
                  "offset": 7
                },
                "message": "moves",
                "path": "values.yaml",
                "start": {
                  "column": 4,
                  "line": 1,
                  "offset": 4
                }
              },
              "related": [
                {
                  "argument": "a=b",
                  "end": {
                    "column": 4,
                    "line": 1,
                    "offset": 3
                  },
                  "message": "set here",
                  "path": "--set",
                  "start": {
                    "column": 3,
                    "line": 1,
                    "offset": 2
                  }
                }
              ],
              "rendered": {
                "field": "image",
                "object": "Deployment/web"
              },
              "standing": "reported",
              "suppression": null
            }
          ],
          "environments": [],
          "staleBaselineEntries": [],
          "summary": {
            "baselined": 0,
            "checked": 1,
            "errors": 1,
            "notes": 0,
            "objects": 1,
            "skipped": 0,
            "suppressed": 0,
            "undecided": 0,
            "warnings": 0
          },
          "undecided": [],
          "version": 1
        }

        """)
  }
}
