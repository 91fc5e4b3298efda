import SourceText
import Testing
import Values

@testable import Charts

@Suite struct ReleaseTests {
  @Test(arguments: [
    ("1.30", "v1.30 v1.30 1 30"), ("v1.33.4-gke.1", "v1.33.4-gke.1 v1.33.4 1 33"), ("1.030", "v1.030 v1.30 1 30"),
    ("1", #"invalid kube version '1': illegal version string "1""#),
    ("abc", #"invalid kube version 'abc': could not parse "abc" as version"#),
    ("v01.30", #"invalid kube version 'v01.30': illegal zero-prefixed version component "01" in "v01.30""#),
  ])
  func readsKubeVersions(text: String, expected: String) {
    do {
      let version = try KubeVersion(ByteString(text))
      #expect("\(version.version) \(version.normalized) \(version.major) \(version.minor)" == expected)
    } catch {
      #expect(error.message.string == expected)
    }
  }

  @Test func checksNames() {
    for name in ["a", "a-b.c0", String(repeating: "a", count: 53)] {
      #expect(Prepared(.chart([:])) { $0.options.name = ByteString(name) }.error == nil)
    }
    for name in ["A", "-a", "a-", "a..b", "a_b", "é", String(repeating: "a", count: 54)] {
      let prepared = Prepared(.chart([:])) { $0.options.name = ByteString(name) }
      #expect(prepared.error?.hasPrefix(#"release name check failed: release name ""#) == true)
      #expect(prepared.log.first?.hasPrefix("level=ERROR msg=\"release name check failed\" error=") == true)
    }
  }

  @Test func sortsTemplatesDeepestAndLastFirst() {
    let prepared = Prepared(
      .chart([
        "templates/a.yaml": "", "templates/_b.tpl": "", "templates/d/c.yaml": "", "templates/NOTES.txt": "",
        "charts/aa/Chart.yaml": "{name: aa, version: 1.0.0, type: library}", "charts/aa/templates/x.yaml": "",
        "charts/aa/templates/_y.tpl": "",
      ]))
    #expect(
      prepared.templates.map(\.name.string) == [
        "c/charts/aa/templates/_y.tpl", "c/templates/d/c.yaml", "c/templates/a.yaml", "c/templates/_b.tpl",
        "c/templates/NOTES.txt",
      ])
    #expect(prepared.templates.filter(\.isPartial).count == 2)
    #expect(prepared.templates.filter(\.isNotes).count == 1)
  }

  @Test func bindsTheTemplateThatRuns() throws {
    let prepared = Prepared(.chart(["templates/a.yaml": "", "templates/b.yaml": ""]))
    let first = try #require(prepared.templates.first)
    let data = try #require(first.bind().asMap)
    #expect(data["Template"]?.asMap?["Name"]?.text?.string == "c/templates/b.yaml")
    #expect(data["Template"]?.asMap?["BasePath"]?.text?.string == "c/templates")
    #expect(prepared.templates.allSatisfy { $0.data === data })
    let keys = ["Capabilities", "Chart", "Files", "Release", "Subcharts", "Template", "Values"]
    #expect(data.entries.map(\.key.string) == keys)
  }

  @Test func refusesAKubernetesThatIsTooOld() {
    let prepared = Prepared(.chart(["Chart.yaml": "{name: c, version: 1.0.0, kubeVersion: '>=1.40'}"]))
    #expect(prepared.error == "chart requires kubeVersion: >=1.40 which is incompatible with Kubernetes v1.37.0")
  }

  @Test func showsFiles() throws {
    let files = FilesObject(
      [("d/b.txt", "l1\nl2\n"), ("a.txt", "x")].map {
        ChartFile(name: ByteString($0.0), source: SourceFile(path: $0.0, text: ByteString($0.1)))
      }, origins: OriginTable(isTracking: true))
    func call(_ name: ByteString, _ arguments: Value...) throws -> String {
      Prepared.json(try #require(files.method(name)).call(arguments))
    }
    #expect(try call("Get", "a.txt") == #""x""#)
    #expect(try call("Get", "nope") == #""""#)
    #expect(try call("Lines", "d/b.txt") == #"["l1","l2"]"#)
    #expect(try call("Glob", "d/*") == #"{"d/b.txt":"bDEKbDIK"}"#)
    #expect(try call("AsConfig") == #""a.txt: x\nb.txt: |\n  l1\n  l2""#)
  }
}

@Suite struct HostileInputTests {
  /// Any text as values argument or Chart.yaml: an answer or an error, never a crash.
  @Test func survivesAnyText() {
    var random = SmallRandom(seed: 11)
    let alphabet = Array("a.[]{}=,\\0\"':-&*#\n ".utf8) + [0xFF, 0xC3]
    for _ in 0..<600 {
      let text = String(
        decoding: (0..<random.next(24)).map { _ in alphabet[random.next(alphabet.count)] }, as: UTF8.self)
      _ = Prepared(.chart([:])) { request in
        switch random.next(4) {
        case 0: request.values.set = [text]
        case 1: request.values.setJSON = [text]
        case 2: request.values.setLiteral = [text]
        default: request.values.setFile = [text]
        }
      }
      _ = Prepared(
        .chart(["Chart.yaml": "name: c\nversion: 1.0.0\n" + text, "values.yaml": text, ".helmignore": text]))
    }
  }
}
