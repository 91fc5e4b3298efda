import Charts
import Compiler
import Kubernetes
import SourceText
import TemplateLanguage
import TestSupport
import Testing

/// Cases in which `scripts/fuzz-helm` once found Slipway to differ from Helm: `fixtures/differential/<name>/` holds the
/// files, `expected.json` the arguments and what Helm answered.
@Suite struct DifferentialTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let files: [String: ByteString]
    var testDescription: String { name }

    static let all = FixtureFiles.folders(in: folder).map { name in
      Case(name: name, files: FixtureFiles.read("\(folder)/\(name)"))
    }
    private static let folder = "\(FixtureFiles.root)/fixtures/differential"
  }

  /// What Helm answered: standard output, and the lines of standard error sorted.
  private struct Answer: Equatable {
    var output = ""
    var hasFailed = false
    var errors: [String] = []
  }

  @Test(arguments: Case.all)
  func answersAsHelm(_ fixture: Case) throws {
    let text = try #require(fixture.files["expected.json"])
    let root = try #require(ManifestReader.documents(of: SourceFile(path: "expected.json", text: text)).nodes.first)
    let expected = Answer(
      output: root["output"]?.scalar ?? "", hasFailed: root["failed"]?.scalar == "true",
      errors: Self.lines(root["errors"]?.scalar ?? ""))
    let answer = Self.answer(fixture, root["arguments"]?.items.compactMap(\.scalar) ?? [])
    #expect(answer == expected)
  }

  private static func answer(_ fixture: Case, _ arguments: [String]) -> Answer {
    let environment = Environment(now: { (0, 0) }, random: { [UInt8](repeating: 0, count: $0) }, timeZone: { _ in nil })
    let renderer = ReleaseRenderer(
      fileSystem: MemoryFiles(fixture.files), environment: environment, limits: Limits(stackBytes: 512 << 10))
    let (request, options) = self.request(arguments)
    let record = RenderRecord(tracksOrigins: false)
    var answer = Answer()
    var errors = ""
    do throws(RenderFailure) {
      let output = try renderer.render(request, recording: record).output(options)
      answer.output = ByteString(output.standardOutput).string
      if let failure = output.failure { errors = "Error: " + failure }
    } catch {
      errors = "Error: " + error.message.string
      if error.isReleaseMade { errors += "\nUse --debug flag to render out invalid YAML" }
    }
    answer.hasFailed = !errors.isEmpty
    answer.errors = lines(errors + "\n" + record.log.map(\.text.string).joined(separator: "\n"))
    return answer
  }

  private static func lines(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { String($0) }.sorted()
  }

  /// The flags that the fuzzer uses.
  private static func request(_ arguments: [String]) -> (ReleaseRequest, OutputOptions) {
    let lists: [String: WritableKeyPath<ValuesArguments, [String]>] = [
      "-f": \.files, "--set": \.set, "--set-string": \.setString, "--set-json": \.setJSON, "--set-file": \.setFile,
      "--set-literal": \.setLiteral,
    ]
    let switches: [String: WritableKeyPath<OutputOptions, Bool>] = [
      "--no-hooks": \.hidesHooks, "--skip-tests": \.skipsTests, "--include-crds": \.includesCRDs,
    ]
    var request = ReleaseRequest(chart: "chart")
    var options = OutputOptions()
    request.options.name = "rel"
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      if let list = lists[flag], let text = rest.popFirst() {
        request.values[keyPath: list].append(text)
      } else if let field = switches[flag] {
        options[keyPath: field] = true
      } else if flag == "-s", let pattern = rest.popFirst() {
        options.showOnly.append(pattern)
      } else if flag == "--is-upgrade" {
        request.options.isUpgrade = true
      } else {
        Issue.record("\(flag) is no flag of the fuzzer")
      }
    }
    return (request, options)
  }
}
