import Charts
import Compiler
import SourceText
import TemplateLanguage
import TestSupport
import Testing

/// With a seed every render of the same chart is the same, however often the renderer is used.
@Suite struct SeedTests {
  private static let files = MemoryFiles([
    "Chart.yaml": "{apiVersion: v2, name: c, version: 0.1.0}",
    "templates/a.yaml": """
    a: {{ randAlphaNum 20 }}{{ randInt 0 1000000 }}{{ shuffle "abcdefghijklmnop" }}{{ uuidv4 }}
    b: {{ randAlphaNum 20 }}
    """,
  ])

  private func render(_ renderer: ReleaseRenderer) throws -> String {
    var request = ReleaseRequest(chart: ".")
    request.options.name = "rel"
    let release = try renderer.render(request, recording: RenderRecord(tracksOrigins: false))
    return ByteString(release.output(OutputOptions()).standardOutput).string
  }

  private func renderer(seed: UInt64?) -> ReleaseRenderer {
    var environment = Environment(
      now: { (0, 0) }, random: { (0..<$0).map { _ in UInt8.random(in: 0...255) } }, timeZone: { _ in nil })
    environment.seed = seed
    return ReleaseRenderer(fileSystem: Self.files, environment: environment)
  }

  @Test func sameSeedSameText() throws {
    let renderer = renderer(seed: 5)
    let text = try render(renderer)
    #expect(try render(renderer) == text)
    #expect(try render(self.renderer(seed: 5)) == text)
    #expect(try render(self.renderer(seed: 6)) != text)
    #expect(try render(self.renderer(seed: nil)) != render(self.renderer(seed: nil)))
  }
}
