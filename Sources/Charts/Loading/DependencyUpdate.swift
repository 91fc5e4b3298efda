import SemanticVersions
import SourceText

/// `--dependency-update` without a network: takes the dependencies that Chart.yaml names by `file://` from where they
/// are. Unlike Helm it writes neither archives nor a lock file.
struct DependencyUpdate {
  private let fileSystem: any FileSystem
  private let limits: ChartLimits
  /// The chart as the user named it, for places in diagnostics.
  private let shown: String
  /// The chart's absolute path.
  private let path: String
  private(set) var log: [LogLine] = []
  /// What Helm tells on standard output.
  private(set) var notices: [String] = []

  init(_ fileSystem: any FileSystem, chart: String, limits: ChartLimits) {
    self.fileSystem = fileSystem
    self.limits = limits
    shown = ByteString(chart).withoutSpaceAround.string
    path = fileSystem.absolute(shown)
  }

  /// The chart with the subcharts that it lacked; the same one when it lacks none.
  mutating func completed(_ chart: Chart) throws(ChartError) -> Chart {
    let declared = (chart.metadata.dependencies ?? []).compactMap { $0 }
    let present = Set(chart.subcharts.map(\.name))
    guard declared.contains(where: { !present.contains($0.name.text) }) else { return chart }
    guard (try? fileSystem.kind(of: fileSystem.resolve(path))) == .directory else {
      throw ChartError("only unpacked charts can be updated")
    }
    for entry in declared { try refuseNetwork(entry) }
    let found = try subcharts(of: declared)
    notices = ["Saving \(declared.count) charts", "Deleting outdated charts"]
    let added = found.filter { !present.contains($0.name) }
    return chart.with(subcharts: (chart.subcharts + added).sorted { $0.name < $1.name })
  }

  private func refuseNetwork(_ entry: ChartDependency) throws(ChartError) {
    let repository = entry.repository.text
    if repository.isEmpty || repository.hasPrefix("file://") { return }
    throw ChartError(
      "dependency " + GoText.quoted(entry.name.text) + " would have to be fetched from " + repository
        + ": run \"helm dependency update \(shown)\" once, then render again", at: entry.repository.place)
  }

  /// The charts of all entries that name a folder, in their order.
  private mutating func subcharts(of declared: [ChartDependency]) throws(ChartError) -> [Chart] {
    var charts: [Chart] = []
    var missing: [ByteString] = []
    for entry in declared {
      let constraint = try constraint(of: entry)
      let repository = entry.repository.text
      if repository.isEmpty {
        _ = try folder("charts/" + entry.name.text.string, entry)
        continue
      }
      let place = try folder(String(repository.string.dropFirst("file://".count)), entry)
      let chart = try ChartLoader(fileSystem, limits: limits).loadFolder(place.path, shownAs: place.shown, log: &log)
      guard let version = try? SemanticVersion(chart.metadata.version.text.string) else { continue }
      if constraint.isSatisfied(by: version) {
        charts.append(chart)
      } else {
        missing.append(
          GoText.quoted(entry.name.text) + " (repository " + GoText.quoted(repository) + ", version "
            + GoText.quoted(entry.version.text) + ")")
      }
    }
    guard !missing.isEmpty else { return charts }
    throw ChartError(
      "can't get a valid version for \(missing.count) subchart(s): "
        + ByteString(missing.map(\.bytes).joined(separator: Array(", ".utf8)))
        + ". Make sure a matching chart version exists in the repo, or change the version constraint in Chart.yaml")
  }

  private func constraint(of entry: ChartDependency) throws(ChartError) -> VersionConstraint {
    do {
      return try VersionConstraint(entry.version.text.string)
    } catch {
      throw ChartError(
        "dependency " + GoText.quoted(entry.name.text) + " has an invalid version/constraint format: "
          + ByteString(error.message), at: entry.version.place)
    }
  }

  /// A folder that is named from the chart's own.
  private func folder(
    _ name: String, _ entry: ChartDependency
  ) throws(ChartError) -> (path: String, shown: String) {
    let isAbsolute = name.hasPrefix("/")
    let absolute = isAbsolute ? name : GoPath.join(ByteString(path), ByteString(name)).string
    guard (try? fileSystem.resolve(absolute)) != nil else {
      throw ChartError("directory \(absolute) not found", at: entry.repository.place)
    }
    return (absolute, isAbsolute ? name : GoPath.join(ByteString(shown), ByteString(name)).string)
  }
}

extension Chart {
  /// The same chart with other subcharts.
  func with(subcharts: [Chart]) -> Chart {
    Chart(
      metadata: metadata, metadataFile: metadataFile, templates: templates, files: files, values: values,
      schema: schema, subcharts: subcharts, lock: lock, errorPrefix: errorPrefix)
  }
}
