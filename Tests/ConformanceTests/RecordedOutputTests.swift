import Charts
import Compiler
import SourceText
import TemplateLanguage
import TestSupport
import Testing

/// What the real Helm printed for our own charts (`scripts/compare-with-helm --record`), byte for byte.
@Suite struct RecordedOutputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let chart: String
    let files: [String: ByteString]
    let expected: ByteString
    var testDescription: String { chart }
  }

  static var cases: [Case] {
    let expected = FixtureFiles.read("\(FixtureFiles.root)/fixtures/expected")
    return ["templates", "fixtures/render"].flatMap { folder in
      FixtureFiles.folders(in: "\(FixtureFiles.root)/\(folder)").map { name in
        Case(
          chart: name, files: FixtureFiles.read("\(FixtureFiles.root)/\(folder)/\(name)"),
          expected: expected["\(name).yaml"] ?? "")
      }
    }
  }

  @Test(arguments: cases, [false, true])
  func printsWhatHelmPrints(_ fixture: Case, tracksOrigins: Bool) throws {
    let environment = Environment(now: { (0, 0) }, random: { [UInt8](repeating: 0, count: $0) }, timeZone: { _ in nil })
    let renderer = ReleaseRenderer(
      fileSystem: MemoryFiles(fixture.files), environment: environment, limits: Limits(stackBytes: 512 << 10))
    var request = ReleaseRequest(chart: ".")
    request.options.name = "rel"
    let release = try renderer.render(request, recording: RenderRecord(tracksOrigins: tracksOrigins))
    let output = release.output(OutputOptions())
    #expect(ByteString(output.standardOutput) == fixture.expected)
  }
}
