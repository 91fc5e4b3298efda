import SourceText

/// Finds and reads charts.
package struct ChartLoader: Sendable {
  private let fileSystem: any FileSystem
  private let limits: ChartLimits
  private let workers: Workers

  package init(_ fileSystem: any FileSystem, limits: ChartLimits = ChartLimits(), workers: Workers = .alone) {
    self.fileSystem = fileSystem
    self.limits = limits
    self.workers = workers
  }

  /// Reads the chart that the user named: a directory or an archive.
  ///
  /// Whether the values files can be read is not looked at here: each render decodes them.
  package func load(_ argument: String, log: inout [LogLine]) throws(ChartError) -> Chart {
    let path = try locate(argument)
    var assembly = ChartAssembly(limits: limits)
    defer { log += assembly.log }
    return try assembly.chart(try files(of: path, shownAs: ByteString(argument).withoutSpaceAround.string, log: &log))
  }

  /// Reads the chart in a folder whose files are shown below `shown`.
  func loadFolder(_ path: String, shownAs shown: String, log: inout [LogLine]) throws(ChartError) -> Chart {
    var assembly = ChartAssembly(limits: limits)
    defer { log += assembly.log }
    return try assembly.chart(try directory(path, shownAs: shown + "/", log: &log))
  }

  /// The absolute path of the chart that `argument` names.
  ///
  /// - Parameter repository: the URL of `--repo`. Nothing is fetched: naming one is an error.
  package func locate(
    _ argument: String, repository: String = "", verifying: Bool = false
  ) throws(ChartError) -> String {
    let name = ByteString(argument).withoutSpaceAround.string
    if !repository.isEmpty { throw Self.unreachable(repository) }
    if !name.isEmpty, let resolved = try? fileSystem.resolve(name) {
      let path = fileSystem.absolute(name)
      if verifying { throw verificationFailure(path, resolved: resolved) }
      return path
    }
    if name.hasPrefix("/") || name.hasPrefix(".") {
      throw ChartError("path " + GoText.quoted(ByteString(name)) + " not found")
    }
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if name.hasPrefix("oci://") || name.hasPrefix("http://") || name.hasPrefix("https://") {
      throw ChartError(
        "\"\(name)\" would have to be fetched: run \"helm pull \(name)\", then render the archive that it writes")
    }
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ChartError("non-absolute URLs should be in form of repo_name/path_to_chart, got: \(name)")
    }
    throw ChartError("repo \(parts[0]) not found")
  }

  private static func unreachable(_ repository: String) -> ChartError {
    let scheme = repository.prefix { $0 != ":" }
    guard repository.contains(":"), ["http", "https"].contains(scheme.lowercased()) else {
      return ChartError("could not find protocol handler for: \(repository.contains(":") ? scheme : "")")
    }
    return ChartError("looks like \"\(repository)\" is not a valid chart repository or cannot be reached")
  }

  /// Signatures are not checked here; asking for it must not pass.
  private func verificationFailure(_ path: String, resolved: String) -> ChartError {
    if (try? fileSystem.kind(of: resolved)) == .directory { return ChartError("unpacked charts cannot be verified") }
    let provenance = path + ".prov"
    if let error = failure({ () throws(FileError) in try fileSystem.kind(of: provenance) }) {
      return ChartError("could not load provenance file \(provenance): stat \(provenance): \(error.message)")
    }
    return ChartError("signatures of charts are not verified: \(provenance)")
  }

  private func failure<Result>(_ body: () throws(FileError) -> Result) -> FileError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error
    }
  }

  private func files(
    of path: String, shownAs shown: String, log: inout [LogLine]
  ) throws(ChartError) -> [ChartFile] {
    let kind: FileKind
    do {
      kind = try fileSystem.kind(of: fileSystem.resolve(path))
    } catch {
      throw ChartError("stat \(path): \(error.message)")
    }
    let displayRoot = shown == "." ? "" : shown.hasSuffix("/") ? shown : shown + "/"
    if kind == .directory { return try directory(path, shownAs: displayRoot, log: &log) }
    return try ChartArchive.topLevelFiles(in: read(path), path: path, shownAs: displayRoot, limits: limits)
  }

  private func read(_ path: String) throws(ChartError) -> ByteString {
    do {
      return try fileSystem.read(path)
    } catch {
      throw ChartError("open \(path): \(error.message)")
    }
  }

  /// Helm first reads Chart.yaml alone to learn the version of the chart format, whatever `.helmignore` says.
  private func directory(
    _ path: String, shownAs displayRoot: String, log: inout [LogLine]
  ) throws(ChartError) -> [ChartFile] {
    let metadata: ByteString
    do {
      metadata = try fileSystem.read(path + "/Chart.yaml")
    } catch {
      let operation = error.message == "is a directory" ? "read" : "open"
      throw ChartError(
        "unable to detect chart at \(path)/Chart.yaml: \(operation) \(path)/Chart.yaml: \(error.message)")
    }
    try Self.checkFormat(SourceFile(path: displayRoot + "Chart.yaml", text: metadata))
    return try DirectoryWalk.files(
      in: path, shownAs: displayRoot, fileSystem: fileSystem, limits: limits, workers: workers, log: &log)
  }

  /// Charts of the formats v1 and v2 can be installed.
  static func checkFormat(_ file: SourceFile) throws(ChartError) {
    var decoder = MetadataDecoder(file)
    let version: ByteString
    do {
      version = try decoder.apiVersion(in: decoder.value())
    } catch {
      throw error.prefixed("cannot load Chart.yaml: ")
    }
    switch version {
    case "", "v1", "v2": return
    case "v3": throw ChartError("invalid chart apiVersion")
    default: throw ChartError("unsupported chart version")
    }
  }
}
