import Diagnostics
import SourceText
import Testing

@testable import Compiler

@Suite struct DiagnosticMergingTests {
  let file = SourceFile(path: "values.yaml", text: "tag: latest")

  private func finding(on object: String, at start: Int = 5, level: Level = .warning) -> Diagnostic {
    Diagnostic(
      id: "mutable-image-tag", level: level, message: "moving", primary: Label(SourceRange(file, ByteRange(start, 11))),
      rendered: RenderedLocation(object: object, field: "image"))
  }

  @Test func oneCauseIsOneDiagnostic() {
    let all = merged([
      finding(on: "Deployment/a"), finding(on: "Deployment/b", level: .error), finding(on: "Deployment/a", at: 0),
      finding(on: "Deployment/b"),
    ])
    #expect(all.map { $0.primary?.place.range.start } == [0, 5])
    #expect(all[1].level == .error)
    #expect(all[1].notes == ["also rendered as Deployment/b image"])
  }

  @Test func whatHasNoPlaceIsKept() {
    let lost = Diagnostic(id: "chart/missing", level: .error, message: "gone", primary: nil)
    #expect(merged([lost, lost]).count == 2)
  }
}
