import Charts
import SourceText

/// What of a release is printed, and where to: the output flags of `helm template`.
package struct OutputOptions: Sendable {
  package var includesCRDs = false
  package var hidesHooks = false
  package var skipsTests = false
  /// Patterns of `--show-only`.
  package var showOnly: [String] = []
  /// The folder of `--output-dir`; nil prints.
  package var directory: String?
  /// Put the release's name between the folder and the paths.
  package var usesReleaseName = false

  package init() {}
}

/// A file that `--output-dir` writes, with all its documents.
package struct WrittenFile: Sendable {
  package let path: String
  package var content: [UInt8]
  /// Helm looks for a hook's file on disk, and adds to one that it finds there; manifests replace it.
  package var addsToExisting: Bool
}

/// What a render puts out: the bytes of standard output and the files to write.
package struct RenderedOutput: Sendable {
  package var standardOutput: [UInt8] = []
  package var files: [WrittenFile] = []
  /// Helm's error for what was asked but is not there, after which nothing is printed.
  package var failure: String?
}

/// One document as Helm prints it, under the comment that names its template.
private func appendDocument(_ content: ArraySlice<UInt8>, path: String, to body: inout [UInt8]) {
  body.append(contentsOf: "---\n# Source: ".utf8)
  body.append(contentsOf: path.utf8)
  body.append(UInt8(ascii: "\n"))
  // As a buffer it is copied at once; as a slice byte for byte.
  content.withUnsafeBufferPointer { body.append(contentsOf: $0) }
  body.append(UInt8(ascii: "\n"))
}

/// Cuts white space in Go's sense off both ends.
private func trimWhiteSpace(_ body: inout [UInt8]) {
  let (start, end) = body.withUnsafeBufferPointer { text in
    let start = Runes.endOfSpace(text, in: 0..<text.count)
    return (start, Runes.startOfTrailingSpace(text, in: start..<text.count))
  }
  body.removeSubrange(end...)
  body.removeSubrange(..<start)
}

/// Assembles the output of a release as the `template` command does.
struct ManifestPrinter {
  let release: RenderedRelease
  let options: OutputOptions

  func print() -> RenderedOutput {
    var output = RenderedOutput()
    if let directory = options.directory {
      write(to: directory, &output)
      // Helm selects from the documents that it has not written: there are none.
      if let missing = options.showOnly.first { output.failure = Self.isMissing(missing) }
      if output.failure == nil { output.standardOutput.append(UInt8(ascii: "\n")) }
      return output
    }
    output.standardOutput = allDocuments()
    if !options.showOnly.isEmpty { select(from: output.standardOutput, &output) }
    return output
  }

  private var printedHooks: [Manifest] {
    if options.hidesHooks { return [] }
    return options.skipsTests ? release.sorted.hooks.filter { !$0.isTest } : release.sorted.hooks
  }

  /// CRDs and manifests, trimmed at both ends as one text, then the hooks as they are.
  private func allDocuments() -> [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(release.files.reduce(1024) { $0 + $1.text.count + 128 })
    if options.includesCRDs {
      for file in release.customResources {
        appendDocument(file.source.text.bytes[...], path: file.name.string, to: &body)
      }
    }
    for manifest in release.sorted.manifests { append(manifest, to: &body) }
    trimWhiteSpace(&body)
    body.append(UInt8(ascii: "\n"))
    for hook in printedHooks { append(hook, to: &body) }
    return body
  }

  private func append(_ manifest: Manifest, to body: inout [UInt8]) {
    let file = release.files[manifest.file]
    appendDocument(file.text.bytes[manifest.range.start..<manifest.range.end], path: file.path, to: &body)
  }
}

// MARK: --show-only

extension ManifestPrinter {
  /// Replaces what would be printed by the documents whose source path matches a pattern, pattern by pattern.
  private func select(from body: [UInt8], _ output: inout RenderedOutput) {
    let documents = documentRanges(in: body).map { (range: $0, path: Self.sourcePath(of: $0, in: body)) }
    var selected: [UInt8] = []
    for pattern in options.showOnly {
      var isMissing = true
      for document in documents {
        guard let path = document.path, Self.isMatch(path, pattern) else { continue }
        isMissing = false
        selected.append(contentsOf: "---\n".utf8)
        selected.append(contentsOf: body[document.range.start..<document.range.end])
        selected.append(UInt8(ascii: "\n"))
      }
      if isMissing {
        output.standardOutput = []
        output.failure = Self.isMissing(pattern)
        return
      }
    }
    output.standardOutput = selected
  }

  /// A pattern that cannot be read matches nothing.
  private static func isMatch(_ path: ByteString, _ pattern: String) -> Bool {
    (try? PathMatch.matches(path, pattern: ByteString(pattern))) ?? false
  }

  private static func isMissing(_ pattern: String) -> String { "could not find template \(pattern) in chart" }

  /// The path in a document's first `# Source: chart/path` line, without the chart.
  private static func sourcePath(of document: ByteRange, in body: [UInt8]) -> ByteString? {
    let marker = Array("# Source: ".utf8)
    var index = document.start
    while index + marker.count < document.end {
      guard body[index..<(index + marker.count)].elementsEqual(marker) else {
        index += 1
        continue
      }
      let start = index + marker.count
      let end = body[start..<document.end].firstIndex(of: UInt8(ascii: "\n")) ?? document.end
      if let slash = body[start..<end].firstIndex(of: UInt8(ascii: "/")), slash > start, slash + 1 < end {
        return ByteString(body[(slash + 1)..<end])
      }
      index = start
    }
    return nil
  }
}

// MARK: --output-dir

extension ManifestPrinter {
  private func write(to directory: String, _ output: inout RenderedOutput) {
    var writer = DirectoryWriter()
    let releaseDirectory =
      options.usesReleaseName ? GoPath.join(ByteString(directory), ByteString(release.name)).string : directory
    if options.includesCRDs {
      for file in release.customResources {
        writer.write(
          file.source.text.bytes[...], path: file.name.string, below: directory, addsToExisting: false)
      }
    }
    for manifest in release.sorted.manifests + printedHooks {
      let file = release.files[manifest.file]
      writer.write(
        file.text.bytes[manifest.range.start..<manifest.range.end], path: file.path, below: releaseDirectory,
        addsToExisting: manifest.events != nil)
    }
    output.standardOutput = writer.log
    output.files = writer.files
  }
}

/// Gathers documents by the file they go to.
private struct DirectoryWriter {
  private(set) var files: [WrittenFile] = []
  /// One line a document, as Helm prints it.
  private(set) var log: [UInt8] = []
  private var indices: [String: Int] = [:]

  mutating func write(_ content: ArraySlice<UInt8>, path: String, below folder: String, addsToExisting: Bool) {
    let target = "\(folder)/\(path)"
    let index = indices[target] ?? files.count
    if index == files.count {
      indices[target] = index
      files.append(WrittenFile(path: target, content: [], addsToExisting: addsToExisting))
    }
    appendDocument(content, path: path, to: &files[index].content)
    log.append(contentsOf: "wrote \(target)\n".utf8)
  }
}

extension RenderedRelease {
  /// What the `template` command puts out for this release.
  package func output(_ options: OutputOptions) -> RenderedOutput {
    ManifestPrinter(release: self, options: options).print()
  }
}

extension RenderRecord {
  /// What `--debug` prints when a release fails: everything that was rendered if all of it was, one empty line else.
  package var debugDump: [UInt8] {
    var body: [UInt8] = []
    for file in files.sorted(by: { ByteString($0.path) < ByteString($1.path) }) {
      let isBlank = file.text.bytes.withUnsafeBufferPointer { Runes.endOfSpace($0, in: 0..<$0.count) == $0.count }
      if !isBlank { appendDocument(file.text.bytes[...], path: file.path, to: &body) }
    }
    trimWhiteSpace(&body)
    body.append(UInt8(ascii: "\n"))
    return body
  }
}
