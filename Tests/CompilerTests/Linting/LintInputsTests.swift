import Compiler
import TestSupport
import Testing

@Suite struct LintInputsTests {
  let files = MemoryFiles([
    "charts/web/Chart.yaml": "name: web", "charts/web/values.yaml": "", "charts/web/templates/a.yaml": "",
    "charts/web/charts/db/Chart.yaml": "name: db", "charts/web/charts/db/templates/b.yaml": "",
    "deploy.sh": "kubectl apply -f x", "bin/release": "#!/usr/bin/env bash\n", "bin/notes": "text",
    "k8s/web.yaml": "# web\napiVersion: v1\nkind: Pod\n", "k8s/values.yaml": "kind: of\n",
    "k8s/list.json": "{\"apiVersion\": \"v1\", \"kind\": \"List\"}", ".github/workflows/ci.yml": "on: push",
    ".git/hooks/x.sh": "", "node_modules/m/Chart.yaml": "", "web-1.0.0.tgz": "",
  ])

  @Test func aFolderIsWalked() {
    let found = LintInputs(paths: ["."], files: files)
    #expect(
      found.inputs == [
        .script(".github/workflows/ci.yml"), .script("bin/release"), .chart("charts/web"), .script("deploy.sh"),
        .manifests(["k8s/list.json", "k8s/web.yaml"], isComplete: true),
      ])
    #expect(found.unusable.isEmpty)
  }

  @Test(arguments: [
    "charts/web", "charts/web/", "charts/web/values.yaml", "charts/web/templates/a.yaml", "charts/web/charts/db",
    "./charts/web/charts/db/templates/b.yaml",
  ])
  func whatIsInAChartStandsForTheChart(path: String) {
    let inputs = LintInputs(paths: [path, "charts/web/Chart.yaml"], files: files).inputs
    #expect(inputs.first == .chart(path.hasSuffix("/") ? path : "charts/web"))
  }

  @Test func eachThingIsLintedOnce() {
    let found = LintInputs(
      paths: ["-", "charts/web/values.yaml", "charts", "-", "deploy.sh", "deploy.sh"], files: files)
    #expect(found.inputs == [.standardInput, .chart("charts/web"), .script("deploy.sh")])
  }

  @Test func aNamedFileIsTakenAtItsWord() {
    let found = LintInputs(paths: ["k8s/values.yaml", "web-1.0.0.tgz", "bin/notes", "nowhere"], files: files)
    #expect(found.inputs == [.chart("web-1.0.0.tgz"), .manifests(["k8s/values.yaml"], isComplete: false)])
    #expect(found.unusable.map(\.path) == ["bin/notes", "nowhere"])
    #expect(found.unusable.last?.reason == "no such file or directory")
  }

  @Test func anEmptyFolderIsSaidToBeEmpty() {
    let found = LintInputs(paths: ["node_modules/m", "charts/web", "charts"], files: files)
    #expect(found.inputs == [.chart("node_modules/m"), .chart("charts/web")])
    #expect(found.unusable.isEmpty)
    #expect(LintInputs(paths: ["empty"], files: MemoryFiles(["empty/notes.txt": ""])).unusable.map(\.path) == ["empty"])
  }
}
