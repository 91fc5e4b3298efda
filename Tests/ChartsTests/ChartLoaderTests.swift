import SourceText
import Testing

@testable import Charts

@Suite struct ChartLoaderTests {
  private func load(_ files: [String: String]) -> (chart: Chart?, error: String?) {
    var log: [LogLine] = []
    do {
      return (try ChartLoader(MemoryDisk.chart(files)).load("/c", log: &log), nil)
    } catch {
      return (nil, error.message.string)
    }
  }

  @Test func sortsFilesIntoParts() throws {
    let chart = try #require(
      load([
        "values.yaml": "a: 1", "values.schema.json": "{}", "templates/a.yaml": "\u{FEFF}x", "README.md": "r",
        "crds/x.yaml": "c", "charts/aa/Chart.yaml": "{name: aa, version: 1.0.0}", "charts/_b/x": "",
        "charts/x.prov": "p",
      ]).chart)
    #expect(chart.templates.map(\.name) == ["templates/a.yaml"])
    #expect(chart.templates.first?.source.text == "x")
    #expect(chart.templates.first?.source.path == "/c/templates/a.yaml")
    #expect(chart.files.map(\.name) == ["README.md", "charts/x.prov", "crds/x.yaml"])
    #expect(chart.subcharts.map(\.name) == ["aa"])
    #expect(chart.values != nil && chart.schema != nil)
  }

  @Test(arguments: [
    ("name: c", "validation: chart.metadata.version is required"),
    ("{name: a/b, version: 1.0.0}", #"validation: chart.metadata.name "a/b" is invalid"#),
    ("{name: ., version: 1.0.0}", #"validation: chart.metadata.name "." is not allowed"#),
    ("{name: c, version: banana}", #"validation: chart.metadata.version "banana" is invalid"#),
    ("{name: c, version: 1.0.0, type: Library}", "validation: chart.metadata.type must be application or library"),
    ("{apiVersion: v9}", "unsupported chart version"),
    (
      "{Keywords: one}",
      "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into "
        + "Go struct field .Keywords of type []string"
    ),
    (
      "{maintainers: [me]}",
      "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into "
        + ".maintainers.0 of type v2.Maintainer"
    ),
    (
      "{name: c, version: 1.0.0, dependencies: [{name: a}, {name: b, alias: a}]}",
      #"validation: more than one dependency with name or alias "a""#
    ),
  ])
  func refusesMetadata(text: String, message: String) { #expect(load(["Chart.yaml": text]).error == message) }

  @Test func turnsNumbersIntoTexts() throws {
    let metadata = try #require(
      load(["Chart.yaml": "{name: yes, version: 1.2, appVersion: 20240101, description: 0x1F, home: 2.0240101e7}"])
        .chart
    ).metadata
    #expect(metadata.name.text == "true")
    #expect(metadata.version.text == "1.2")
    #expect(metadata.appVersion.text == "20240101")
    #expect(metadata.appVersion.place?.text == "20240101")
    #expect(metadata.description.text == "31")
    #expect(metadata.home.text == "2.02401e+07")
  }

  @Test func namesTheSubchartThatIsBroken() {
    #expect(
      load(["charts/aa/Chart.yaml": "name: aa"]).error
        == "error unpacking subchart aa in c: validation: chart.metadata.version is required")
    #expect(
      load(["charts/README.md": "x"]).error == "error unpacking subchart README.md in c: Chart.yaml file is missing")
  }

  @Test func reportsValuesThatStandBeforeAnotherFault() {
    let error = load(["values.yaml": "a: [", "Chart.yaml": "name: c"]).error
    #expect(error?.hasPrefix("cannot load values.yaml: cannot unmarshal yaml document: ") == true)
  }

  @Test func locatesCharts() {
    let loader = ChartLoader(MemoryDisk.chart([:]))
    func message(_ path: String) -> String? {
      do {
        _ = try loader.locate(path)
        return nil
      } catch {
        return error.message.string
      }
    }
    #expect(message(" /c ") == nil)
    #expect(message("./nope") == #"path "./nope" not found"#)
    #expect(message("repo/chart") == "repo repo not found")
    #expect(message("chart") == "non-absolute URLs should be in form of repo_name/path_to_chart, got: chart")
  }

  @Test(arguments: [
    ("*.txt", "a.md dir/b"), ("dir/", "a.md a.txt"), ("/a.*", "dir/a.txt dir/b"), ("!*.md", "a.md"),
    ("# c", "a.md a.txt dir/a.txt dir/b"),
    ("dir/a.txt", "a.md a.txt dir/b"),
  ])
  func ignores(rule: String, kept: String) throws {
    let rules = try IgnoreRules(SourceFile(path: ".helmignore", text: ByteString(rule + "\r\n")))
    let left = ["a.md", "a.txt", "dir", "dir/a.txt", "dir/b"].filter { path in
      !rules.ignores(ByteString(path), isDirectory: path == "dir")
        && !(path.hasPrefix("dir/") && rules.ignores("dir", isDirectory: true)) && path != "dir"
    }
    #expect(left.joined(separator: " ") == kept)
  }
}
