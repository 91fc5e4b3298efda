import Kubernetes
import SourceText

/// The bytes of a leaf that printed bytes came from: exact for text, the whole leaf for what was converted on the way
/// (a number printed in Go's form, an escape).
enum LeafPart {
  /// `bytes` were printed from the leaf at `place`, whose range is the scalar's content without quotes; `offset`
  /// counts in the text as it is written there.
  static func ofScalar(_ bytes: ArraySlice<UInt8>, offset: Int, at place: SourceRange) -> SourceRange {
    if bytes.isEmpty { return withQuotes(place) }
    let start = place.range.start + offset
    let part = SourceRange(place.file, ByteRange(start, start + bytes.count))
    guard part.range.end <= place.range.end, isSameText(part.text.bytes[...], bytes), isText(place) else {
      return place
    }
    return part
  }

  /// `bytes` were printed from the string constant at `place`, whose range holds the quotes; `offset` counts in the
  /// text that the constant stands for.
  static func ofConstant(_ bytes: ArraySlice<UInt8>, offset: Int, at place: SourceRange) -> SourceRange {
    guard let first = place.text.bytes.first, "\"`".utf8.contains(first),
      let decoded = DecodedScalar(raw: place.text.bytes[...]),
      let range = decoded.rawRange(of: offset..<(offset + bytes.count)),
      isSameText(decoded.bytes[offset..<(offset + bytes.count)], bytes)
    else { return place }
    let start = place.range.start
    return SourceRange(place.file, ByteRange(start + range.lowerBound, start + range.upperBound))
  }

  /// An empty text is seen by its quotes only.
  private static func withQuotes(_ place: SourceRange) -> SourceRange {
    let (text, start, end) = (place.file.text, place.range.start, place.range.end)
    guard place.range.isEmpty, start > 0, end < text.count, "\"'".utf8.contains(text[start - 1]),
      text[start - 1] == text[end]
    else { return place }
    return SourceRange(place.file, ByteRange(start - 1, end + 1))
  }

  /// False for what a reader of YAML turns into a number, a boolean or null.
  private static func isText(_ place: SourceRange) -> Bool {
    let before = place.range.start - 1
    let isQuoted = before >= 0 && "\"'".utf8.contains(place.file.text[before])
    return isQuoted || ScalarValue(plain: place.text) == .string
  }

  /// Equal, but for the case of ASCII letters (`upper`, `lower`, `title`).
  private static func isSameText(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    left.elementsEqual(right) { lowercased($0) == lowercased($1) }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
  }
}
