import Diagnostics
import SourceText
import YAML

/// Text that is no YAML, placed where a person edits it: in a template's line when the text was rendered.
struct YAMLFault {
  let diagnostic: Diagnostic

  /// The error's offset counts in the text of `map`.
  init(_ error: YAMLError, of map: SourceMap) {
    let placed = Placement.placed(map, Self.guilty(in: map.text.bytes, at: error.offset))
    diagnostic = Diagnostic(
      id: map.isRendered ? "template/invalid-yaml" : "yaml/syntax", level: .error,
      message: (map.isRendered ? "this renders to text that is no YAML: " : "this is no YAML: ") + Self.reason(error),
      primary: placed.map { Label($0.primary) }, related: placed?.related ?? [])
  }

  /// Go's reason without its line, which counts in a text that nobody sees.
  private static func reason(_ error: YAMLError) -> String {
    var text = Substring(error.message)
    if text.hasPrefix("yaml: ") { text = text.dropFirst("yaml: ".count) }
    if text.hasPrefix("line "), let colon = text.firstIndex(of: ":") { text = text[colon...].dropFirst(2) }
    return String(text)
  }

  /// From the offset to the end of its line; when nothing stands there, the last line before that has text.
  private static func guilty(in bytes: [UInt8], at offset: Int) -> ByteRange {
    let offset = min(max(0, offset), bytes.count)
    let lineEnd = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    if let range = trimmed(bytes, offset, lineEnd) { return range }
    var end = offset
    while end > 0 {
      let start = bytes[..<(end - 1)].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      if let range = trimmed(bytes, start, end) { return range }
      end = start
    }
    return ByteRange(offset, offset)
  }

  private static func trimmed(_ bytes: [UInt8], _ start: Int, _ end: Int) -> ByteRange? {
    let isText = { (index: Int) in ![0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) }
    guard let first = (start..<end).first(where: isText), let last = (start..<end).last(where: isText) else {
      return nil
    }
    return ByteRange(first, last + 1)
  }
}
