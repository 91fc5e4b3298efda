import SourceText
import Values

extension YAMLEmitter {
  /// Appends `range` of a text that stays on one line, counting its characters.
  private mutating func copy(_ text: Text, _ range: Range<Int>, _ origin: OriginID) {
    guard !range.isEmpty else { return }
    output.append(text, range, origin: origin)
    text.bytes.withUnsafeBufferPointer { bytes in
      for index in range where bytes[index] & 0xc0 != 0x80 { column += 1 }
    }
  }

  /// Where the next byte stands from `start` on for which `stops` is set.
  private func next(_ text: Text, from start: Int, _ stops: [Bool]) -> Int {
    text.bytes.withUnsafeBufferPointer { bytes in
      stops.withUnsafeBufferPointer { stops in
        var at = start
        while at < bytes.count && !stops[Int(bytes[at])] { at += 1 }
        return at
      }
    }
  }

  private func isSpace(_ text: Text, _ at: Int) -> Bool { at < text.count && text.bytes[at] == 0x20 }

  private func isBreak(_ text: Text, _ at: Int) -> Bool {
    text.bytes.withUnsafeBufferPointer { EmitterClass.isBreak($0, at) }
  }

  // MARK: Plain

  mutating func writePlain(_ text: Text, _ origin: OriginID, mayFold: Bool) {
    if !afterWhitespace { writeSpace() }
    var at = 0
    while at < text.count {
      let stop = next(text, from: at, Stops.space)
      if stop > at {
        copy(text, at..<stop, origin)
        inIndentation = false
        at = stop
      }
      at = writeSpaces(text, from: at, origin, mayFold: mayFold, isPlain: true)
    }
    afterWhitespace = false
    inIndentation = false
  }

  /// Writes the run of spaces at `start`; a single one beyond the width becomes a line break.
  private mutating func writeSpaces(
    _ text: Text, from start: Int, _ origin: OriginID, mayFold: Bool, isPlain: Bool
  ) -> Int {
    guard isSpace(text, start) else { return start }
    var at = start
    let isInside = isPlain || (start > 0 && start < text.count - 1)
    if mayFold && column > bestWidth && isInside && !isSpace(text, start + 1) {
      writeIndent()
      return start + 1
    }
    while isSpace(text, at) { at += 1 }
    copy(text, start..<at, origin)
    return at
  }

  // MARK: Single-quoted

  mutating func writeSingleQuoted(_ text: Text, _ origin: OriginID, mayFold: Bool) {
    writeIndicator("'", needsSpace: true, keepsIndentation: false)
    var at = 0
    var afterBreak = false
    while at < text.count {
      if isSpace(text, at) {
        at = writeSpaces(text, from: at, origin, mayFold: mayFold, isPlain: false)
        continue
      }
      if isBreak(text, at) {
        at = writeBreak(text, at, origin)
        afterBreak = true
        continue
      }
      if afterBreak { writeIndent() }
      afterBreak = false
      inIndentation = false
      if text.bytes[at] == UInt8(ascii: "'") {
        output.append(byte: UInt8(ascii: "'"))
        column += 1
      }
      let stop = next(text, from: at + 1, Stops.singleQuoted)
      copy(text, at..<stop, origin)
      at = stop
      // A byte that may begin a line break but does not is an ordinary one.
      if at < text.count, text.bytes[at] >= 0x80, !isBreak(text, at) {
        let end = min(at + EmitterClass.width(text.bytes[at]), text.count)
        copy(text, at..<end, origin)
        at = end
      }
    }
    writeIndicator("'", needsSpace: false, keepsIndentation: false)
    afterWhitespace = false
    inIndentation = false
  }

  private mutating func writeBreak(_ text: Text, _ at: Int, _ origin: OriginID) -> Int {
    let end = min(at + EmitterClass.width(text.bytes[at]), text.count)
    output.append(text, at..<end, origin: origin)
    column = 0
    inIndentation = true
    return end
  }

  // MARK: Double-quoted

  mutating func writeDoubleQuoted(_ text: Text, _ origin: OriginID, mayFold: Bool) {
    writeIndicator("\"", needsSpace: true, keepsIndentation: false)
    var at = 0
    // go-yaml looks for a byte order mark at the start of the text instead of at the character it is about to write.
    if text.bytes.starts(with: [0xef, 0xbb, 0xbf]) {
      while at < text.count { at = writeEscape(text, at, origin) }
    }
    while at < text.count {
      let stop = next(text, from: at, Stops.doubleQuoted)
      copy(text, at..<stop, origin)
      at = stop
      guard at < text.count else { break }
      if isSpace(text, at) {
        at = writeQuotedSpaces(text, from: at, origin, mayFold: mayFold)
      } else if needsEscape(text, at) {
        at = writeEscape(text, at, origin)
      } else {
        let end = min(at + EmitterClass.width(text.bytes[at]), text.count)
        copy(text, at..<end, origin)
        at = end
      }
    }
    writeIndicator("\"", needsSpace: false, keepsIndentation: false)
    afterWhitespace = false
    inIndentation = false
  }

  /// Spaces in double quotes fold even before a further space, which is then escaped.
  private mutating func writeQuotedSpaces(_ text: Text, from start: Int, _ origin: OriginID, mayFold: Bool) -> Int {
    if mayFold && column > bestWidth && start > 0 && start < text.count - 1 {
      writeIndent()
      if isSpace(text, start + 1) {
        output.append(byte: UInt8(ascii: "\\"))
        column += 1
      }
      var at = start + 1
      while isSpace(text, at) { at += 1 }
      copy(text, (start + 1)..<at, origin)
      return at
    }
    var at = start
    while isSpace(text, at) { at += 1 }
    copy(text, start..<at, origin)
    return at
  }

  private func needsEscape(_ text: Text, _ at: Int) -> Bool {
    let byte = text.bytes[at]
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return true }
    return text.bytes.withUnsafeBufferPointer { !EmitterClass.isPrintable($0, at) || EmitterClass.isBreak($0, at) }
  }

  private mutating func writeEscape(_ text: Text, _ at: Int, _ origin: OriginID) -> Int {
    let end = min(at + EmitterClass.width(text.bytes[at]), text.count)
    var value = UInt32(text.bytes[at])
    if end - at > 1 {
      value &= 0x7f >> UInt32(end - at)
      for byte in text.bytes[(at + 1)..<end] { value = value << 6 | UInt32(byte & 0x3f) }
    }
    let escape = YAMLEscape.text(of: value)
    output.append(mapped: escape, from: text, at..<end, origin: origin)
    column += escape.count
    return end
  }

  // MARK: Literal

  mutating func writeLiteral(_ text: Text, _ origin: OriginID) {
    writeIndicator("|", needsSpace: true, keepsIndentation: false)
    writeHints(text)
    lineBreak()
    inIndentation = true
    afterWhitespace = true
    var afterBreak = true
    var at = 0
    while at < text.count {
      if isBreak(text, at) {
        at = writeBreak(text, at, origin)
        afterBreak = true
        continue
      }
      if afterBreak { writeIndent() }
      afterBreak = false
      inIndentation = false
      var stop = next(text, from: at, Stops.literal)
      if stop == at { stop = min(at + EmitterClass.width(text.bytes[at]), text.count) }
      copy(text, at..<stop, origin)
      at = stop
    }
  }

  /// The digit of indentation where the text begins with white space, and what becomes of the breaks at its end.
  private mutating func writeHints(_ text: Text) {
    if isSpace(text, 0) || isBreak(text, 0) { writeIndicator("2", needsSpace: false, keepsIndentation: false) }
    let last = startOfCharacter(text, before: text.count)
    if !isBreak(text, last) {
      writeIndicator("-", needsSpace: false, keepsIndentation: false)
    } else if last == 0 || isBreak(text, startOfCharacter(text, before: last)) {
      writeIndicator("+", needsSpace: false, keepsIndentation: false)
    }
  }

  private func startOfCharacter(_ text: Text, before end: Int) -> Int {
    var at = max(end - 1, 0)
    while at > 0, text.bytes[at] & 0xc0 == 0x80 { at -= 1 }
    return at
  }
}

/// The bytes at which copying must look closer.
private enum Stops {
  static let space = table { $0 == 0x20 }
  static let singleQuoted = table { $0 == 0x20 || $0 == UInt8(ascii: "'") || mayBreak($0) }
  static let doubleQuoted = table { byte in
    byte <= 0x20 || byte == 0x7f || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0xc2
      || byte == 0xe2 || byte == 0xed || byte >= 0xef
  }
  static let literal = table(mayBreak)

  private static func mayBreak(_ byte: UInt8) -> Bool {
    byte == 0x0a || byte == 0x0d || byte == 0xc2 || byte == 0xe2
  }

  private static func table(_ stops: (UInt8) -> Bool) -> [Bool] { (0..<256).map { stops(UInt8($0)) } }
}

/// The escapes that the emitter writes.
enum YAMLEscape {
  static func text(of value: UInt32) -> [UInt8] {
    if let letter = letter(of: value) { return [UInt8(ascii: "\\"), letter] }
    if value <= 0xff { return Array("\\x".utf8) + hexadecimal(value, 2) }
    if value <= 0xffff { return Array("\\u".utf8) + hexadecimal(value, 4) }
    return Array("\\U".utf8) + hexadecimal(value, 8)
  }

  private static func letter(of value: UInt32) -> UInt8? {
    switch value {
    case 0x00: UInt8(ascii: "0")
    case 0x07: UInt8(ascii: "a")
    case 0x08: UInt8(ascii: "b")
    case 0x09: UInt8(ascii: "t")
    case 0x0a: UInt8(ascii: "n")
    case 0x0b: UInt8(ascii: "v")
    case 0x0c: UInt8(ascii: "f")
    case 0x0d: UInt8(ascii: "r")
    case 0x1b: UInt8(ascii: "e")
    case 0x22: UInt8(ascii: "\"")
    case 0x5c: UInt8(ascii: "\\")
    case 0x85: UInt8(ascii: "N")
    case 0xa0: UInt8(ascii: "_")
    case 0x2028: UInt8(ascii: "L")
    case 0x2029: UInt8(ascii: "P")
    default: nil
    }
  }

  private static func hexadecimal(_ value: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { place in
      let digit = UInt8(value >> UInt32(4 * place) & 15)
      return digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "A")
    }
  }
}
