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
      // Kubernetes' reader takes a text line by line and ends each with a line break, the last one too.
      return try YAMLReader.map(of: file, in: range, endingLine: true, origins: origins).asMap ?? MapValue()
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
      let lineEnd = endOfLine(from: lineStart)
      position = min(lineEnd + 1, bytes.count)
      if lineEnd - lineStart >= 3, bytes[lineStart] == 0x2D, bytes[lineStart..<(lineStart + 3)] == [0x2D, 0x2D, 0x2D] {
        let rest = ByteString(bytes[(lineStart + 3)..<lineEnd]).withoutSpaceAround
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

  private func endOfLine(from start: Int) -> Int {
    bytes.withUnsafeBufferPointer { firstOffset(of: UInt8(ascii: "\n"), in: $0, from: start) } ?? bytes.count
  }
}
