import SourceText
import Values
import YAML

/// Reads values files: one or several YAML documents, merged in order.
enum ValuesDocuments {
  /// The values of a file that the user gave with `-f`.
  static func userFile(_ file: SourceFile, origins: OriginTable) throws(ChartError) -> MapValue {
    do {
      return try values(of: file, origins: origins)
    } catch {
      throw error.prefixed(ByteString("failed to parse \(file.path): "))
    }
  }

  /// The values of a chart's own `values.yaml`; `prefix` is what its errors start with inside a parent chart.
  static func chartDefaults(
    _ file: SourceFile, prefix: ByteString, origins: OriginTable
  ) throws(ChartError) -> MapValue {
    do {
      return try values(of: file, origins: origins)
    } catch {
      throw error.prefixed(prefix + "cannot load values.yaml: ")
    }
  }

  private static func values(of file: SourceFile, origins: OriginTable) throws(ChartError) -> MapValue {
    var splitter = DocumentSplitter(file.text)
    var merged: MapValue?
    while let range = try splitter.next(in: file) {
      let map = try document(range, of: file, origins: origins)
      merged = merged.map { ValueMerging.merged($0, with: map) } ?? map
    }
    return merged ?? MapValue()
  }

  private static func document(
    _ range: ByteRange, of file: SourceFile, origins: OriginTable
  ) throws(ChartError) -> MapValue {
    do {
      return try YAMLReader.map(of: file, in: range, origins: origins).asMap ?? MapValue()
    } catch {
      throw ChartError(
        ByteString("cannot unmarshal yaml document: " + error.unmarshalMessage),
        at: SourceRange(file, ByteRange(error.offset, error.offset)))
    }
  }
}

/// Cuts a text into YAML documents as Kubernetes' reader does: at lines that start with `---`, before any YAML is read.
private struct DocumentSplitter {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: ByteString) { bytes = text.bytes }

  /// The range of the next document; nil at the end. A separator line at a document's start belongs to it.
  mutating func next(in file: SourceFile) throws(ChartError) -> ByteRange? {
    var start = position
    var hasContent = false
    while position < bytes.count {
      let lineStart = position
      let newline = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let lineEnd = newline
      position = min(newline + 1, bytes.count)
      if bytes[lineStart..<lineEnd].starts(with: [0x2D, 0x2D, 0x2D]) {
        let rest = GoText.trimmed(ByteString(bytes[(lineStart + 3)..<lineEnd]))
        if let first = rest.bytes.first, first != UInt8(ascii: "#") {
          throw ChartError(
            "error reading yaml document: invalid Yaml document separator: " + rest,
            at: SourceRange(file, ByteRange(lineStart, lineEnd)))
        }
        if hasContent { return ByteRange(start, lineStart) }
        start = lineStart
      }
      hasContent = true
    }
    return hasContent ? ByteRange(start, bytes.count) : nil
  }
}
