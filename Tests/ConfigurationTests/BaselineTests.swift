import Configuration
import Diagnostics
import SourceText
import Testing

@Suite struct BaselineTests {
  private func diagnostic(level: Level = .warning, tag: String = "latest", in environments: [String] = []) -> Diagnostic
  {
    var diagnostic = Diagnostic(id: "mutable-image-tag", level: level, message: "image", primary: nil)
    diagnostic.identity = FindingIdentity(
      object: "apps/Deployment/shop/{release}-web", field: "spec.template.spec.containers[web].image",
      quotes: ["tag": tag])
    diagnostic.identity?.input = "charts/web"
    diagnostic.environments = environments
    return diagnostic
  }

  private func entry(_ diagnostic: Diagnostic) throws -> Baseline.Entry {
    try #require(Baseline.Entry(diagnostic) { $0 })
  }

  @Test func isReadAsItWasWritten() throws {
    let baseline = Baseline(entries: [try entry(diagnostic(in: ["prod", "dev"])), try entry(diagnostic(tag: "main"))])
    let read = try Baseline(SourceFile(path: "b.json", text: baseline.text))
    #expect(Set(read.entries) == Set(baseline.entries))
    #expect(read.text == baseline.text)
  }

  @Test func knowsTheSameFinding() throws {
    let baseline = Baseline(entries: [try entry(diagnostic())])
    #expect(baseline.matches(try entry(diagnostic())) == [0])
    #expect(baseline.matches(try entry(diagnostic(level: .note))) == [0])
    #expect(baseline.matches(try entry(diagnostic(tag: "edge"))).isEmpty)
  }

  @Test func aHigherLevelIsNew() throws {
    let baseline = Baseline(entries: [try entry(diagnostic())])
    #expect(baseline.matches(try entry(diagnostic(level: .error))).isEmpty)
  }

  @Test func anotherEnvironmentIsNew() throws {
    let baseline = Baseline(entries: [try entry(diagnostic(in: ["dev", "test"]))])
    #expect(baseline.matches(try entry(diagnostic(in: ["test"]))) == [0])
    #expect(baseline.matches(try entry(diagnostic(in: ["test", "prod"]))).isEmpty)
  }

  @Test(arguments: [
    "", "{}", "[]", "{\"version\": 2, \"findings\": []}", "{\"version\": 1, \"findings\": [{}]}",
    "{\"version\": 1, \"findings\": 3}",
  ])
  func refusesOtherTexts(_ text: String) {
    #expect(throws: BaselineError.self) { try Baseline(SourceFile(path: "b", text: ByteString(text))) }
  }
}
