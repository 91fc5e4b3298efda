import SourceText

/// Sorts the files of a chart into its parts, and does the same for the charts inside it.
struct ChartAssembly {
  /// Charts inside charts inside charts: deeper nesting than anyone's is refused before the stack is.
  private static let depthLimit = 100

  /// A values file that was met on the way. It is decoded by each render; only when loading fails is it
  /// looked at here, because a fault in it would have been the first one.
  private struct PendingValues {
    var file: SourceFile
    var prefix: ByteString
  }

  private var pending: [PendingValues] = []
  private(set) var log: [LogLine] = []

  private let limits: ChartLimits
  /// Bytes that the archives inside the chart may still unpack to, all together.
  private var budget: Int

  init(limits: ChartLimits = ChartLimits()) {
    self.limits = limits
    budget = limits.chartBytes
  }

  /// Builds the chart of `files`.
  mutating func chart(_ files: [ChartFile]) throws(ChartError) -> Chart {
    do {
      return try assemble(files, prefix: "", depth: 0)
    } catch {
      let origins = OriginTable(isTracking: false)
      for values in pending {
        _ = try ValuesDocuments.chartDefaults(values.file, prefix: values.prefix, origins: origins)
      }
      throw error
    }
  }

  /// The parts of one chart while its files are being sorted.
  private struct Parts {
    var metadata: ChartMetadata?
    var metadataFile: SourceFile?
    var templates: [ChartFile] = []
    var files: [ChartFile] = []
    var values: SourceFile?
    var schema: SourceFile?
    var lock: SourceFile?
    /// The files of each entry of `charts/`, without that prefix, in order of first appearance.
    var entries: [(name: ByteString, files: [ChartFile])] = []
    var entryIndex: [ByteString: Int] = [:]
  }

  private mutating func assemble(
    _ files: [ChartFile], prefix: ByteString, depth: Int
  ) throws(ChartError) -> Chart {
    guard depth < Self.depthLimit else { throw ChartError(prefix + "charts are nested too deeply") }
    var parts = Parts()
    for file in files where "Chart.yaml" ~= file.name { try readMetadata(file.source, into: &parts) }
    for file in files { try sort(file, into: &parts, prefix: prefix) }
    guard var metadata = parts.metadata else { throw ChartError("Chart.yaml file is missing") }
    try metadata.validate()
    var subcharts: [Chart] = []
    for entry in parts.entries.sorted(by: { $0.name < $1.name }) {
      if let chart = try subchart(entry.name, entry.files, of: metadata.name.text, prefix: prefix, depth: depth) {
        subcharts.append(chart)
      }
    }
    return Chart(
      metadata: metadata, metadataFile: parts.metadataFile, templates: parts.templates, files: parts.files,
      values: parts.values, schema: parts.schema, subcharts: subcharts, lock: parts.lock, errorPrefix: prefix)
  }

  private func readMetadata(_ file: SourceFile, into parts: inout Parts) throws(ChartError) {
    var metadata = parts.metadata ?? ChartMetadata()
    var decoder = MetadataDecoder(file)
    do {
      try decoder.decode(decoder.value(), into: &metadata)
    } catch {
      throw error.prefixed("cannot load Chart.yaml: ")
    }
    if metadata.apiVersion.isEmpty { metadata.apiVersion = MetadataText("v1") }
    parts.metadata = metadata
    parts.metadataFile = file
  }

  private mutating func sort(
    _ file: ChartFile, into parts: inout Parts, prefix: ByteString
  ) throws(ChartError) {
    switch file.name {
    case "Chart.yaml": break
    case "Chart.lock": try readLock(file, into: &parts)
    case "values.yaml":
      parts.values = file.source
      pending.append(PendingValues(file: file.source, prefix: prefix))
    case "values.schema.json": parts.schema = file.source
    case "requirements.yaml": try readRequirements(file, into: &parts)
    case "requirements.lock":
      try readLock(file, into: &parts)
      keepForVersion1(file, into: &parts, what: "Dependency locking is handled in Chart.lock", to: "Chart.lock")
    default:
      if file.name.starts(with: "templates/") {
        parts.templates.append(file)
      } else if file.name.starts(with: "charts/"), !file.name.ends(with: ".prov") {
        addEntry(file, into: &parts)
      } else {
        parts.files.append(file)
      }
    }
  }

  private func addEntry(_ file: ChartFile, into parts: inout Parts) {
    var file = file
    file.name = file.name[7..<file.name.count]
    let name = ByteString(file.name.bytes.prefix { $0 != UInt8(ascii: "/") })
    // The files of an entry nearly always follow one another.
    if let last = parts.entries.indices.last, parts.entries[last].name == name {
      parts.entries[last].files.append(file)
    } else if let index = parts.entryIndex[name] {
      parts.entries[index].files.append(file)
    } else {
      parts.entryIndex[name] = parts.entries.count
      parts.entries.append((name, [file]))
    }
  }

  private mutating func readRequirements(_ file: ChartFile, into parts: inout Parts) throws(ChartError) {
    var metadata = parts.metadata ?? ChartMetadata()
    keepForVersion1(file, into: &parts, what: "Dependencies are handled in Chart.yaml", to: "Chart.yaml")
    var decoder = MetadataDecoder(file.source)
    do {
      try decoder.decode(decoder.value(), into: &metadata)
    } catch {
      throw error.prefixed("cannot load requirements.yaml: ")
    }
    parts.metadata = metadata
  }

  /// Files of the first chart format stay visible in `.Files`; in the second they earn a warning.
  private mutating func keepForVersion1(_ file: ChartFile, into parts: inout Parts, what: String, to target: String) {
    if parts.metadata?.apiVersion.text == "v1" {
      parts.files.append(file)
      return
    }
    let subject = target == "Chart.lock" ? "Chart.lock" : "dependencies to Chart.yaml"
    log.append(
      LogLine(
        .info,
        ByteString(
          "Warning: \(what) since apiVersion \"v2\". We recommend migrating \(subject == "Chart.lock" ? "to Chart.lock" : subject)."
        )
      ))
  }

  private func readLock(_ file: ChartFile, into parts: inout Parts) throws(ChartError) {
    do {
      var decoder = MetadataDecoder(file.source)
      try decoder.checkLock(decoder.value())
    } catch {
      throw error.prefixed("cannot load " + file.name + ": ")
    }
    parts.lock = file.source
  }

  private mutating func subchart(
    _ name: ByteString, _ files: [ChartFile], of parent: ByteString, prefix: ByteString, depth: Int
  ) throws(ChartError) -> Chart? {
    if let first = name.bytes.first, first == UInt8(ascii: "_") || first == UInt8(ascii: ".") { return nil }
    let context = ByteString("error unpacking subchart ") + name + " in " + parent + ": "
    do throws(ChartError) {
      if GoPath.fileExtension(name) == ".tgz" {
        guard let file = files.first else { return nil }
        if file.name != name {
          throw ChartError("expected " + name + ", got " + file.name)
        }
        let inner = try ChartArchive.files(
          in: file.source.text, shownAs: file.source.path + "/", limits: limits, budget: &budget)
        return try assemble(inner, prefix: prefix + context, depth: depth + 1)
      }
      let inner = files.compactMap { file -> ChartFile? in
        guard let slash = file.name.bytes.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        return ChartFile(name: file.name[(slash + 1)..<file.name.count], source: file.source)
      }
      return try assemble(inner, prefix: prefix + context, depth: depth + 1)
    } catch {
      throw error.prefixed(context)
    }
  }
}
