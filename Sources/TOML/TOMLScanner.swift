import SourceText

/// Reads code points and keeps count of lines; knows how errors name their place.
struct TOMLScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  /// From 1; a line break counts for the next line as soon as it is read.
  var line = 1
  private(set) var isAtEnd = false
  /// The key that is being defined, for messages.
  var lastKey: [UInt8] = []

  /// What reading behind the last byte gives.
  static let end: UInt32 = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) { position = 2 }
  }

  /// A zero byte near the start, which tells of UTF-16.
  func checkEncoding() throws(TOMLError) {
    let head = bytes[min(position, bytes.count)...].prefix(6)
    guard let zero = head.firstIndex(of: 0) else { return }
    throw TOMLError(
      message: "toml: line 1: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8",
      offset: zero)
  }

  // MARK: Reading

  /// Reads a code point; `end` behind the last.
  mutating func next() throws(TOMLError) -> UInt32 {
    isAtEnd = position >= bytes.count
    if isAtEnd { return TOMLScanner.end }
    let (rune, width) = Runes.decode(bytes, at: position)
    if rune == 0x0a { line += 1 }
    if rune == Runes.invalid && width == 1 {
      throw failure("invalid UTF-8 byte: 0x" + TOMLScanner.hexadecimal(UInt32(bytes[position])))
    }
    let isLoneReturn = rune == 0x0d && (position + 1 >= bytes.count || bytes[position + 1] != 0x0a)
    let isControl = (rune < 0x20 && rune != 0x09 && rune != 0x0a && rune != 0x0d) || rune == 0x7f
    if isControl || isLoneReturn {
      throw failure("TOML files cannot contain control characters: '0x\(TOMLScanner.hexadecimal(rune))'")
    }
    position += width
    return rune
  }

  /// The next code point without reading it.
  func peek() throws(TOMLError) -> UInt32 {
    var copy = self
    return try copy.next()
  }

  /// Reads `character` if it is next.
  mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
    position += 1
    return true
  }

  mutating func skipBlanks() {
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
  }

  /// Skips to the end of the line; the `#` has been read.
  mutating func skipComment() throws(TOMLError) {
    while true {
      let rune = try peek()
      if TOMLScanner.isBreak(rune) || position >= bytes.count { return }
      _ = try next()
    }
  }

  static func isBlank(_ rune: UInt32) -> Bool { rune == 0x20 || rune == 0x09 }
  static func isBreak(_ rune: UInt32) -> Bool { rune == 0x0a || rune == 0x0d }
  static func isDigit(_ rune: UInt32) -> Bool { rune &- 48 < 10 }
  static func isHexadecimal(_ rune: UInt32) -> Bool { isDigit(rune) || (rune | 0x20) &- 97 < 6 }
  static func isBareKey(_ rune: UInt32) -> Bool { rune < 0x80 && TOMLKey.isBare(UInt8(rune)) }

  // MARK: Errors

  /// An error here. At the end of the text a line that has not begun does not count.
  func failure(_ message: String) -> TOMLError {
    let isBehindBreak = isAtEnd && position > 0 && bytes[position - 1] == 0x0a
    return failure(message, line: isBehindBreak ? line - 1 : line)
  }

  /// An error on the line whose break has just been read.
  func failureBeforeBreak(_ message: String) -> TOMLError { failure(message, line: line - 1) }

  /// An error at `rune`, which counts for the line it ends if it is a line break.
  func failureBeforeBreak(ifBreak rune: UInt32, _ message: String) -> TOMLError {
    rune == 0x0a && !isAtEnd ? failureBeforeBreak(message) : failure(message)
  }

  func failure(_ message: String, line: Int) -> TOMLError {
    let key = lastKey.isEmpty ? "" : " (last key \(GoQuote.quoted(ByteString(lastKey)).string))"
    return TOMLError(message: "toml: line \(line)\(key): \(message)", offset: min(position, bytes.count))
  }

  /// A code point in Go's single quotes.
  static func quoted(_ rune: UInt32) -> String {
    if rune == 0x27 { return "'\\''" }
    if rune == 0x22 { return "'\"'" }
    var bytes: [UInt8] = []
    Runes.append(rune, to: &bytes)
    return "'" + GoQuote.quoted(ByteString(bytes)).string.dropFirst().dropLast() + "'"
  }

  /// A code point between quotes as it is, or the words for the end.
  func plain(_ rune: UInt32) -> String {
    if isAtEnd { return "end of file" }
    var bytes: [UInt8] = []
    Runes.append(rune, to: &bytes)
    return "'" + String(decoding: bytes, as: UTF8.self) + "'"
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    (value < 16 ? "0" : "") + String(value, radix: 16)
  }
}
