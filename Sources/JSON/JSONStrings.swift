import SourceText
import Values

extension JSONParser {
  /// Reads a string; the position is on its opening quote.
  mutating func parseString() throws(JSONError) -> Value {
    position += 1
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        return places.verbatim(Array(bytes[start..<(position - 1)]), start..<(position - 1))
      }
      if byte == UInt8(ascii: "\\") || byte < 0x20 || byte >= 0x80 { break }
      position += 1
    }
    return try parseDecodedString(from: start)
  }

  /// The slow way, for escapes and for what is not ASCII: bytes that are no UTF-8 become U+FFFD.
  private mutating func parseDecodedString(from start: Int) throws(JSONError) -> Value {
    var decoder = StringDecoder(plain: bytes, start..<position)
    while true {
      guard position < bytes.count else { throw ended() }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") { break }
      if byte < 0x20 { throw unexpected("in string") }
      if byte == UInt8(ascii: "\\") {
        let from = position
        let scalar = try parseEscape()
        decoder.append(scalar, source: from, count: position - from)
      } else {
        let length = byte < 0x80 ? 1 : utf8Length(at: position)
        if length > 0 {
          decoder.appendVerbatim(UnsafeBufferPointer(rebasing: bytes[position..<(position + length)]), at: position)
        } else {
          decoder.append(0xfffd, source: position, count: 1)
        }
        position += max(length, 1)
      }
    }
    position += 1
    let range = start..<(position - 1)
    guard decoder.isChanged else { return places.verbatim(decoder.bytes, range) }
    return places.decoded(decoder.bytes, pieces: decoder.pieces, of: range)
  }

  /// The count of bytes of the well-formed code point at `index`; 0 when there is none.
  private func utf8Length(at index: Int) -> Int {
    Runes.length(at: index, in: bytes)
  }

  /// Reads an escape, two halves of a surrogate pair together; a lone half is U+FFFD.
  private mutating func parseEscape() throws(JSONError) -> UInt32 {
    position += 1
    guard position < bytes.count else { throw ended() }
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): position += 1
    case UInt8(ascii: "b"): return simple(0x08)
    case UInt8(ascii: "f"): return simple(0x0c)
    case UInt8(ascii: "n"): return simple(0x0a)
    case UInt8(ascii: "r"): return simple(0x0d)
    case UInt8(ascii: "t"): return simple(0x09)
    case UInt8(ascii: "u"):
      position += 1
      return try parseCodePoint()
    default: throw invalidEscape(at: position - 1, count: 2)
    }
    return UInt32(byte)
  }

  private mutating func simple(_ scalar: UInt32) -> UInt32 {
    position += 1
    return scalar
  }

  private mutating func parseCodePoint() throws(JSONError) -> UInt32 {
    let first = try parseHex()
    guard first & 0xf800 == 0xd800 else { return first }
    let next = position
    guard first < 0xdc00, next + 6 <= bytes.count, bytes[next] == UInt8(ascii: "\\"),
      bytes[next + 1] == UInt8(ascii: "u")
    else { return 0xfffd }
    position += 2
    let second = try parseHex()
    guard second & 0xfc00 == 0xdc00 else {
      // Go decodes the second half again, on its own.
      position = next
      return 0xfffd
    }
    return 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff)
  }

  private mutating func parseHex() throws(JSONError) -> UInt32 {
    let start = position - 2
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count else { throw ended() }
      guard let digit = hexDigit(bytes[position]) else { throw invalidEscape(at: start, count: 6) }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  /// Between backquotes where the bytes can be read so, else as Go quotes them.
  private func invalidEscape(at start: Int, count: Int) -> JSONError {
    let sequence = ByteString(bytes[start..<min(start + count, bytes.count)])
    var isPlain = true
    sequence.bytes.withUnsafeBufferPointer { sequence in
      var index = 0
      while index < sequence.count {
        let (rune, width) = Runes.decode(sequence, at: index)
        index += width
        let isReadable = Runes.isPrintable(rune) && !Runes.isSpace(rune) && rune != Runes.invalid
        isPlain = isPlain && isReadable && rune != 0x60
      }
    }
    let quoted = isPlain ? "`\(sequence)`" : GoQuote.quoted(sequence).string
    return JSONError(message: "invalid escape sequence \(quoted) in string", offset: start)
  }

  private func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// Collects a decoded string and where its stretches come from.
private struct StringDecoder {
  var bytes: [UInt8]
  var pieces: [DecodedPiece] = []
  /// Something was decoded to other bytes than stand in the source.
  var isChanged = false

  init(plain source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    bytes = Array(source[range])
    if !range.isEmpty {
      pieces.append(
        DecodedPiece(end: range.count, source: range.lowerBound, sourceCount: range.count, isVerbatim: true))
    }
  }

  mutating func append(_ scalar: UInt32, source: Int, count: Int) {
    isChanged = true
    Runes.append(scalar, to: &bytes)
    pieces.append(DecodedPiece(end: bytes.count, source: source, sourceCount: count, isVerbatim: false))
  }

  mutating func appendVerbatim(_ stretch: UnsafeBufferPointer<UInt8>, at source: Int) {
    bytes.append(contentsOf: stretch)
    if let last = pieces.last, last.isVerbatim, last.source + last.sourceCount == source {
      pieces[pieces.count - 1].end = bytes.count
      pieces[pieces.count - 1].sourceCount += stretch.count
    } else {
      pieces.append(DecodedPiece(end: bytes.count, source: source, sourceCount: stretch.count, isVerbatim: true))
    }
  }
}
