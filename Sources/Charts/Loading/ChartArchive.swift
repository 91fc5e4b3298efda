import SourceText

/// Chart archives: gzip'd tar files.
enum ChartArchive {
  /// The files of an archive, without the first element of their paths.
  ///
  /// - Parameter budget: bytes that it may unpack to, beside its own limits; what it unpacks to is taken off.
  static func files(
    in archive: ByteString, shownAs displayRoot: String, limits: ChartLimits, budget: inout Int
  ) throws(ChartError) -> [ChartFile] {
    do {
      return try read(archive.bytes, shownAs: displayRoot, limits, &budget)
    } catch {
      throw ChartError(error.message)
    }
  }

  /// The files of an archive that the user named. Most of what can be wrong inside Helm does not tell.
  static func topLevelFiles(
    in archive: ByteString, path: String, shownAs displayRoot: String, limits: ChartLimits
  ) throws(ChartError) -> [ChartFile] {
    if let kind = ContentSniffing.mismatch(archive.bytes) {
      if path.hasSuffix(".yml") || path.hasSuffix(".yaml") {
        throw ChartError("file '\(path)' seems to be a YAML file, but expected a gzipped archive")
      }
      throw ChartError("file '\(path)' does not appear to be a gzipped archive; got '\(kind)'")
    }
    let files: [ChartFile]
    var budget = limits.chartBytes
    do {
      files = try read(archive.bytes, shownAs: displayRoot, limits, &budget)
    } catch .gzipHeader {
      throw ChartError(
        "file '\(path)' does not appear to be a valid chart file (details: \(ArchiveError.gzipHeader.message))")
    } catch {
      throw ChartError("unable to load chart archive")
    }
    guard let metadata = files.first(where: { $0.name == "Chart.yaml" }) else {
      throw ChartError("unable to detect chart version, no Chart.yaml found")
    }
    try ChartLoader.checkFormat(metadata.source)
    return files
  }

  private static func read(
    _ archive: [UInt8], shownAs displayRoot: String, _ limits: ChartLimits, _ budget: inout Int
  ) throws(ArchiveError) -> [ChartFile] {
    var reader = TarReader(try GzipStream(archive))
    var files: [ChartFile] = []
    var remaining = min(limits.chartBytes, budget)
    defer { budget -= files.reduce(0) { $0 + $1.source.text.count } }
    while let header = try reader.next() {
      if header.isDirectory || header.type == UInt8(ascii: "g") { continue }
      let name = try innerPath(header.name)
      if header.size <= remaining, header.size > limits.fileBytes {
        throw ArchiveError(
          message: "decompressed chart file \(GoText.quoted(header.name)) is larger than the maximum file size "
            + "\(limits.fileBytes)")
      }
      let content = try reader.content(limit: remaining)
      if header.size > remaining || content.count < header.size || content.count >= remaining {
        throw ArchiveError(message: "decompressed chart is larger than the maximum size \(limits.chartBytes)")
      }
      remaining -= content.count
      let text = ByteOrderMark.removed(from: ByteString(content))
      files.append(
        ChartFile(name: name, source: SourceFile(path: displayRoot + name.string, text: text)))
    }
    if files.isEmpty { throw ArchiveError(message: "no files in chart archive") }
    return files
  }

  /// The path of an entry inside its chart. Whatever could lead out of it is refused.
  private static func innerPath(_ name: ByteString) throws(ArchiveError) -> ByteString {
    // Archives made on Windows may separate with backslashes.
    let delimiter = UInt8(ascii: name.bytes.contains(UInt8(ascii: "\\")) ? "\\" : "/")
    let slash = UInt8(ascii: "/")
    let parts = name.bytes.split(separator: delimiter, omittingEmptySubsequences: false)
    let inner = ByteString(parts.dropFirst().joined(separator: [slash]))
    if inner.hasPrefix("/") { throw ArchiveError(message: "chart illegally contains absolute paths") }
    let path = GoPath.clean(inner)
    if path == "." {
      throw ArchiveError(
        message: "chart illegally contains content outside the base directory: \(GoText.quoted(name).string)")
    }
    if path.hasPrefix("..") { throw ArchiveError(message: "chart illegally references parent directory") }
    if isDrivePath(path) { throw ArchiveError(message: "chart contains illegally named files") }
    if parts.first?.elementsEqual("Chart.yaml".utf8) == true {
      throw ArchiveError(message: "chart yaml not in base directory")
    }
    return path
  }

  /// `c:/`
  private static func isDrivePath(_ path: ByteString) -> Bool {
    guard path.count >= 3, let letter = path.bytes.first else { return false }
    let isLetter = UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter | 0x20
    return isLetter && path[1] == UInt8(ascii: ":") && path[2] == UInt8(ascii: "/")
  }
}
