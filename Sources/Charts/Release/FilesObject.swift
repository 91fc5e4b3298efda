import SourceText
import Values
import YAML

/// `.Files`, Go's `engine.files`: a map from path to content, with methods.
final class FilesObject: TemplateObject {
  /// In bytewise order of the names; of equal names the last file of the chart.
  private let files: [ChartFile]
  private let origins: OriginTable

  init(_ files: [ChartFile], origins: OriginTable) {
    var sorted: [ChartFile] = []
    sorted.reserveCapacity(files.count)
    // The sort is stable, so the later of two equal names stands behind.
    for file in files.sorted(by: { $0.name < $1.name }) {
      if let last = sorted.last, last.name == file.name { sorted.removeLast() }
      sorted.append(file)
    }
    self.files = sorted
    self.origins = origins
  }

  private init(sorted files: [ChartFile], origins: OriginTable) {
    self.files = files
    self.origins = origins
  }

  var goType: String { "engine.files" }
  var kind: Kind { .map }
  var isTrue: Bool { !files.isEmpty }
  var stringer: ByteString? { nil }
  func field(_ name: ByteString) -> Value? { nil }

  var underlying: Datum {
    .map(
      MapValue(
        unsorted: files.map { file in
          MapValue.Entry(key: file.name, value: Value(.bytes(file.source.text), origin: origin(of: file)))
        }, type: .other("map[string][]uint8")))
  }

  var formatted: ByteString {
    var out = ByteString("map[")
    for (index, file) in files.enumerated() {
      if index > 0 { out.append(" ") }
      out.append(file.name)
      out.append(":[")
      for (index, byte) in file.source.text.bytes.enumerated() {
        if index > 0 { out.append(" ") }
        out.append(String(byte))
      }
      out.append("]")
      // No longer text is printed; see `TextBuilder`.
      if out.count > TextBuilder.mostBytes { break }
    }
    out.append("]")
    return out
  }

  func method(_ name: ByteString) -> ObjectMethod? {
    switch name {
    case "Get":
      ObjectMethod([.string]) { [self] arguments throws(FunctionError) in text(file(arguments)) }
    case "GetBytes":
      ObjectMethod([.string]) { [self] arguments throws(FunctionError) in
        guard let file = file(arguments) else { return Value(.bytes("")) }
        return Value(.bytes(file.source.text), origin: origin(of: file))
      }
    case "Lines":
      ObjectMethod([.string]) { [self] arguments throws(FunctionError) in lines(file(arguments)) }
    case "Glob":
      ObjectMethod([.string], steps: 8 * files.count) { [self] arguments throws(FunctionError) in
        Value(.object(matching(arguments.first?.text?.byteString ?? "")))
      }
    case "AsConfig":
      ObjectMethod([], steps: 8 * files.count) { [self] _ throws(FunctionError) in
        yaml { file in text(file) }
      }
    case "AsSecrets":
      ObjectMethod([], steps: 8 * files.count) { [self] _ throws(FunctionError) in
        yaml { file in Value.string(Text(Base64.encode(file.source.text.bytes)), origin: origin(of: file)) }
      }
    default: nil
    }
  }

  private func file(_ arguments: [Value]) -> ChartFile? {
    guard let name = arguments.first?.text?.byteString else { return nil }
    var low = 0
    var high = files.count
    while low < high {
      let middle = (low + high) / 2
      let order = files[middle].name.compared(to: name)
      if order == 0 { return files[middle] }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private func origin(of file: ChartFile) -> OriginID {
    origins.leaf(file.source, ByteRange(0, file.source.text.count))
  }

  private func text(_ file: ChartFile?) -> Value {
    file.map { .string($0.source.text, origin: origin(of: $0)) } ?? .string("")
  }

  /// A pattern that is malformed matches everything.
  private func matching(_ pattern: ByteString) -> FilesObject {
    guard let glob = try? GlobPattern(pattern) else { return self }
    return FilesObject(sorted: files.filter { glob.matches($0.name) }, origins: origins)
  }

  /// The lines of a file, without the empty one behind a final newline.
  private func lines(_ file: ChartFile?) -> Value {
    guard let file, !file.source.text.isEmpty else { return Value(.list(ListValue([], type: .string))) }
    let bytes = file.source.text.bytes
    var lines: [Value] = []
    var start = 0
    let end = bytes.last == UInt8(ascii: "\n") ? bytes.count - 1 : bytes.count
    while true {
      let stop = bytes[start..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
      lines.append(.string(ByteString(bytes[start..<stop]), origin: origins.leaf(file.source, ByteRange(start, stop))))
      if stop == end { break }
      start = stop + 1
    }
    return Value(.list(ListValue(lines, type: .string)))
  }

  /// A YAML map from base name to what `content` gives. Helm prints nothing where the map cannot be encoded.
  private func yaml(_ content: (ChartFile) -> Value) -> Value {
    let map = MapValue(
      unsorted: files.map { MapValue.Entry(key: GoPath.base($0.name), value: content($0)) }, type: .string)
    let text = try? YAMLWriter.text(of: .map(map), tracking: origins.isTracking)
    return .string(text ?? Text())
  }
}
