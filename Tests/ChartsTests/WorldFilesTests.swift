import SourceText
import Testing

@testable import Charts

/// `--capabilities` and `--dependency-update`.
@Suite struct WorldFilesTests {
  private func capabilities(_ text: ByteString) throws -> ReleaseOptions {
    var options = ReleaseOptions()
    try CapabilitiesFile.read(SourceFile(path: "caps.yaml", text: text), into: &options)
    return options
  }

  @Test func capabilitiesReplaceTheBuiltInOnes() throws {
    let options = try capabilities("kubeVersion: v1.30.4-gke.1\napiVersions: [v1, apps/v1/Deployment]\n")
    #expect(options.kubeVersion.version == "v1.30.4-gke.1" && options.kubeVersion.minor == "30")
    #expect(options.apiVersions == ["v1", "apps/v1/Deployment"])
    #expect(try capabilities("").apiVersions == nil)
  }

  @Test(arguments: [
    ("kubeversion: v1.30.0", "unknown key \"kubeversion\": the keys are kubeVersion and apiVersions"),
    ("kubeVersion: 1.30", "kubeVersion is no text: put the version in quotes"),
    ("kubeVersion: one", "invalid kube version 'one': could not parse \"one\" as version"),
    ("apiVersions: v1", "apiVersions is no list"), ("apiVersions: [1]", "apiVersions is no list of texts"),
  ])
  func faultsOfCapabilities(text: String, reason: String) {
    let error = #expect(throws: ChartError.self) { try capabilities(ByteString(text)) }
    #expect(error?.message.string == "capabilities caps.yaml: " + reason)
  }

  private func chart(_ repository: String, version: String = "'*'") -> MemoryDisk {
    MemoryDisk([
      "/c/Chart.yaml":
        "{apiVersion: v2, name: c, version: 0.1.0, dependencies: [{name: s, version: \(version), repository: '\(repository)'}]}",
      "/s/Chart.yaml": "{apiVersion: v2, name: s, version: 1.0.0}", "/s/templates/a.yaml": "a: 1",
      "/s/values.yaml": "x: 1",
    ])
  }

  private func updated(_ disk: MemoryDisk) -> Prepared { Prepared(disk) { $0.updatesDependencies = true } }

  @Test(arguments: ["file://../s", "file:///s"])
  func missingDependenciesComeFromTheirFolders(repository: String) {
    let prepared = updated(chart(repository))
    #expect(prepared.templates.map(\.name.string) == ["c/charts/s/templates/a.yaml"])
    #expect(prepared.values == #"{"s":{"global":{},"x":1}}"#)
  }

  @Test func withoutTheFlagTheyAreMissing() {
    #expect(Prepared(chart("file://../s")).error?.hasSuffix("but missing in charts/ directory: s") == true)
  }

  @Test(arguments: [
    ("file://../t", "'*'", "directory /t not found"),
    (
      "file://../s", "2.x",
      "can't get a valid version for 1 subchart(s): \"s\" (repository \"file://../s\", version \"2.x\"). Make sure a "
        + "matching chart version exists in the repo, or change the version constraint in Chart.yaml"
    ),
    ("", "'*'", "directory /c/charts/s not found"),
    (
      "https://example.com", "'*'",
      "dependency \"s\" would have to be fetched from https://example.com: run \"helm dependency update /c\" once, "
        + "then render again"
    ),
  ])
  func whatCannotBeHad(repository: String, version: String, message: String) {
    #expect(updated(chart(repository, version: version)).error == message)
  }

  @Test func chartsOfTheNetworkSayWhatToRun() {
    let error = #expect(throws: ChartError.self) {
      try ChartLoader(MemoryDisk([:])).locate("oci://example.com/web")
    }
    #expect(
      error?.message.string
        == "\"oci://example.com/web\" would have to be fetched: run \"helm pull oci://example.com/web\", then render the "
        + "archive that it writes")
  }
}
