import SourceText

/// The few text functions of Go's standard library that this room's messages and parsers need beside `Runes` and
/// `GoQuote`.
enum GoText {
  /// `%q` of a string.
  static func quoted(_ text: ByteString) -> ByteString { GoQuote.quoted(text) }

  /// `%q` of a `[]rune`: `['a' 'b']`.
  static func quotedRunes(_ runes: [Unicode.Scalar]) -> ByteString {
    var out = ByteString("[")
    for (index, rune) in runes.enumerated() {
      if index > 0 { out.append(" ") }
      switch rune {
      case "'": out.append("'\\''")
      case "\"": out.append("'\"'")
      default:
        let quoted = GoQuote.quoted(text([rune]))
        out.append("'")
        out.append(quoted.bytes.dropFirst().dropLast())
        out.append("'")
      }
    }
    out.append("]")
    return out
  }

  /// A text as slog's TextHandler writes it: quoted when it is empty or has a space, `=`, `"` or something
  /// unprintable.
  static func quotedForLog(_ text: ByteString) -> ByteString {
    let isPlain = text.bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let (rune, width) = Runes.decode(bytes, at: index)
        if rune == 0x20 || rune == 0x3D || rune == 0x22 || !Runes.isPrintable(rune) { return false }
        if rune == Runes.invalid && width == 1 { return false }
        index += width
      }
      return !bytes.isEmpty
    }
    return isPlain ? text : GoQuote.quoted(text)
  }

  /// `unicode.IsSpace`
  static func isSpace(_ rune: Unicode.Scalar) -> Bool { Runes.isSpace(rune.value) }

  /// The runes of a Go string: each byte that is not UTF-8 becomes U+FFFD.
  static func runes(_ text: ByteString) -> [Unicode.Scalar] {
    var out: [Unicode.Scalar] = []
    out.reserveCapacity(text.count)
    text.bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let (rune, width) = Runes.decode(bytes, at: index)
        out.append(Unicode.Scalar(rune) ?? "\u{FFFD}")
        index += width
      }
    }
    return out
  }

  /// `string([]rune)`
  static func text(_ runes: some Sequence<Unicode.Scalar>) -> ByteString {
    var bytes: [UInt8] = []
    for rune in runes { Runes.append(rune.value, to: &bytes) }
    return ByteString(bytes)
  }

  /// The first rune and its width; (U+FFFD, 1) when the bytes are not UTF-8. `bytes` must not be empty.
  static func decodeScalar(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int) {
    let (rune, width) = bytes.withUnsafeBufferPointer { Runes.decode($0, at: 0) }
    return (Unicode.Scalar(rune) ?? "\u{FFFD}", width)
  }

  static let replacement: Unicode.Scalar = "\u{FFFD}"
}
