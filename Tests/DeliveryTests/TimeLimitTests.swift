import Testing

@testable import Delivery

@Suite struct TimeLimitTests {
  @Test(
    arguments: [
      ("90", 90), ("1h 30m", 5400), ("3 hours", 10_800), ("20 minutes and 30s", 1230), ("1 day", 86_400),
    ] as [(String, Int)])
  func gitLab(text: String, seconds: Int) {
    #expect(gitLabLimit(text)?.seconds == seconds)
    #expect(gitLabLimit(text)?.text == "timeout: \(text)")
  }

  @Test(arguments: ["2 months", "soon", "", "$LIMIT", "-5", "99999999999999999999", "9223372036854775807h"])
  func nothingThatCanBeRead(text: String) {
    #expect(gitLabLimit("\"\(text)\"") == nil)
  }

  @Test func gitHub() {
    #expect(gitHubLimit("10")?.seconds == 600)
    #expect(gitHubLimit("${{ inputs.limit }}") == nil)
  }

  private func gitLabLimit(_ text: String) -> DeliveryJob.TimeLimit? {
    read("deploy:\n  timeout: \(text)\n  script: [helm list]\n", path: ".gitlab-ci.yml").script.jobs.first?.timeLimit
  }

  private func gitHubLimit(_ text: String) -> DeliveryJob.TimeLimit? {
    let workflow = "on: push\njobs:\n  a:\n    timeout-minutes: \(text)\n    steps: [{run: helm list}]\n"
    return read(workflow, path: ".github/workflows/a.yml").script.jobs.first?.timeLimit
  }
}
