/// Reads the pieces of versions and constraints from left to right.
///
/// The library matches with regular expressions; none of them needs to go back over what it took, so that one
/// pass answers the same.
struct VersionScanner {
  /// A version cut into its parts; numbers may be wildcards where the caller allows them.
  struct Parts {
    var range: Range<Int>
    var major: [UInt8]
    var minor: [UInt8] = []
    var patch: [UInt8] = []
    var prerelease: [UInt8] = []
    var metadata: [UInt8] = []
  }

  let bytes: [UInt8]
  var position: Int

  init(_ bytes: [UInt8], at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position == bytes.count }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  static func isIdentifier(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "-") || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  /// In constraints a number may be `x`, `X` or `*`; the library's pattern lets `|` and mixtures through as well.
  private static func isNumberOrWildcard(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte | 0x20 == UInt8(ascii: "x") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "|")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
  }

  /// Skips white space and answers whether there was any.
  @discardableResult mutating func skipSpace() -> Bool {
    let start = position
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    return position > start
  }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func take(while accepts: (UInt8) -> Bool) -> [UInt8] {
    let start = position
    while position < bytes.count, accepts(bytes[position]) { position += 1 }
    return Array(bytes[start..<position])
  }

  /// A version; nil, at the old position, when there is none.
  mutating func version(wildcards: Bool) -> Parts? {
    let start = position
    let isNumber = wildcards ? Self.isNumberOrWildcard : Self.isDigit
    _ = skip(UInt8(ascii: "v"))
    let major = take(while: isNumber)
    guard !major.isEmpty else {
      position = start
      return nil
    }
    var parts = Parts(range: start..<position, major: major)
    parts.minor = dotted(isNumber)
    if !parts.minor.isEmpty { parts.patch = dotted(isNumber) }
    parts.prerelease = identifiers(after: UInt8(ascii: "-"))
    parts.metadata = identifiers(after: UInt8(ascii: "+"))
    parts.range = start..<position
    return parts
  }

  private mutating func dotted(_ isNumber: (UInt8) -> Bool) -> [UInt8] {
    let start = position
    guard skip(UInt8(ascii: ".")) else { return [] }
    let number = take(while: isNumber)
    if number.isEmpty { position = start }
    return number
  }

  /// Identifiers joined by dots behind `mark`; empty, at the old position, when there are none.
  private mutating func identifiers(after mark: UInt8) -> [UInt8] {
    let start = position
    guard skip(mark), !take(while: Self.isIdentifier).isEmpty else {
      position = start
      return []
    }
    var end = position
    while skip(UInt8(ascii: ".")), !take(while: Self.isIdentifier).isEmpty { end = position }
    position = end
    return Array(bytes[(start + 1)..<end])
  }
}
