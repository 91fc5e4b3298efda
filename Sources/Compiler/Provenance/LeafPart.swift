import Kubernetes
import SourceText

/// The bytes of a leaf that printed bytes came from: exact for text, the whole leaf for what was converted on the way
/// (a number printed in Go's form, a block whose indent cannot be told).
struct LeafPart {
  let place: SourceRange

  /// `bytes` were printed from the decoded text of the leaf at `leaf`, from `offset` on.
  init(_ bytes: ArraySlice<UInt8>, offset: Int, of leaf: SourceRange) {
    place = LeafPart.exact(bytes, offset: offset, of: leaf) ?? leaf
  }

  private static func exact(_ bytes: ArraySlice<UInt8>, offset: Int, of leaf: SourceRange) -> SourceRange? {
    let raw = leaf.text
    let isQuoted = raw.bytes.first.map { "\"'`|>".utf8.contains($0) } ?? false
    if !isQuoted, ScalarValue(plain: raw) != .string { return nil }
    guard let decoded = DecodedScalar(raw: raw.bytes[...]),
      let range = decoded.rawRange(of: offset..<(offset + bytes.count)),
      isSameText(decoded.bytes[offset..<(offset + bytes.count)], bytes)
    else { return nil }
    return SourceRange(
      leaf.file, ByteRange(leaf.range.start + range.lowerBound, leaf.range.start + range.upperBound))
  }

  /// Equal, but for the case of ASCII letters (`upper`, `lower`, `title`).
  private static func isSameText(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    left.elementsEqual(right) { lowercased($0) == lowercased($1) }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
  }
}
