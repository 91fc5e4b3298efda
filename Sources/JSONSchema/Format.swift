import RegularExpressions
import SourceText

/// The formats that can be asserted: each answers the fault of a text, or nil.
enum Format {
  /// The check behind a name; nil for a name that means nothing.
  static func check(named name: ByteString) -> Check? { table.first { $0.name == name }?.check }

  typealias Check = @Sendable (ByteString) -> ByteString?

  private static let table: [(name: ByteString, check: Check)] = [
    ("json-pointer", jsonPointer),
    ("relative-json-pointer", relativeJSONPointer),
    ("uuid", uuid),
    ("duration", duration),
    ("period", period),
    ("ipv4", ipv4),
    ("ipv6", ipv6),
    ("hostname", hostname),
    ("email", email),
    ("date", date),
    ("time", time),
    ("date-time", dateTime),
    ("uri", uri),
    ("iri", uri),
    ("uri-reference", uriReference),
    ("iri-reference", uriReference),
    ("uri-template", uriTemplate),
    ("semver", semanticVersion),
    ("regex", regularExpression),
  ]

  @Sendable private static func regularExpression(_ text: ByteString) -> ByteString? {
    do throws(RegularExpressionError) {
      _ = try RegularExpression(text)
      return nil
    } catch {
      return ByteString(error.message)
    }
  }

  @Sendable private static func jsonPointer(_ text: ByteString) -> ByteString? {
    if text.isEmpty { return nil }
    if text[0] != UInt8(ascii: "/") { return "not starting with /" }
    for step in Format.split(text, at: "/").dropFirst() {
      var isEscape = false
      for byte in step.bytes {
        if isEscape, byte != UInt8(ascii: "0"), byte != UInt8(ascii: "1") { return "~ must be followed by 0 or 1" }
        isEscape = !isEscape && byte == UInt8(ascii: "~")
      }
      if isEscape { return "~ must be followed by 0 or 1" }
    }
    return nil
  }

  @Sendable private static func relativeJSONPointer(_ text: ByteString) -> ByteString? {
    let digits = text.bytes.prefix(while: isDigit)
    if digits.isEmpty { return "must start with non-negative integer" }
    if digits.count > 1, digits.first == UInt8(ascii: "0") { return "starts with zero" }
    let rest = text[digits.count..<text.count]
    return rest == "#" ? nil : jsonPointer(rest)
  }

  @Sendable private static func uuid(_ text: ByteString) -> ByteString? {
    let lengths = [8, 4, 4, 4, 12]
    let groups = split(text, at: "-")
    if groups.count != lengths.count { return "must have 5 elements" }
    for (index, group) in groups.enumerated() {
      if group.count != lengths[index] {
        return ByteString("element \(index + 1) must be \(lengths[index]) characters long")
      }
      if let fault = firstFault(in: group, allowing: isHexadecimal) { return "non-hex character " + fault }
    }
    return nil
  }

  @Sendable static func hostname(_ text: ByteString) -> ByteString? {
    let name = text.bytes.last == UInt8(ascii: ".") ? text[0..<(text.count - 1)] : text
    if name.count > 253 { return "more than 253 characters long" }
    for label in split(name, at: ".") {
      if label.isEmpty || label.count > 63 { return "label must be 1 to 63 characters long" }
      if label.bytes.first == UInt8(ascii: "-") { return "label starts with hyphen" }
      if label.bytes.last == UInt8(ascii: "-") { return "label ends with hyphen" }
      if let fault = firstFault(in: label, allowing: { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }) {
        return "invalid character " + fault
      }
    }
    return nil
  }

  @Sendable private static func email(_ text: ByteString) -> ByteString? {
    if text.count > 254 { return "more than 255 characters long" }
    guard let at = text.bytes.lastIndex(of: UInt8(ascii: "@")) else { return "missing @" }
    let local = text[0..<at]
    if local.count > 64 { return "local part more than 64 characters long" }
    if let fault = localPart(local) { return fault }
    let domain = text[(at + 1)..<text.count]
    guard domain.bytes.first == UInt8(ascii: "["), domain.bytes.last == UInt8(ascii: "]"), domain.count > 1 else {
      return hostname(domain).map { "invalid domain: " + $0 }
    }
    let address = domain[1..<(domain.count - 1)]
    if address.hasPrefix("IPv6:") {
      return ipv6(address[5..<address.count]).map { "invalid ipv6 address: " + $0 }
    }
    return ipv4(address).map { "invalid ipv4 address: " + $0 }
  }

  private static func localPart(_ local: ByteString) -> ByteString? {
    if local.count > 1, local[0] == UInt8(ascii: "\"") {
      let inner = local.bytes.dropFirst().dropLast()
      return inner.contains { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") }
        ? "backslash and quote are not allowed within quoted local part" : nil
    }
    if local.bytes.first == UInt8(ascii: ".") { return "starts with dot" }
    if local.bytes.last == UInt8(ascii: ".") { return "ends with dot" }
    if split(local, at: ".").dropFirst().dropLast().contains(where: \.isEmpty) { return "consecutive dots" }
    let signs: StaticString = ".!#$%&'*+-/=?^_`{|}~"
    let fault = firstFault(in: local) { byte in
      isLetter(byte) || isDigit(byte) || signs.withUTF8Buffer { $0.contains(byte) }
    }
    return fault.map { "invalid character " + $0 }
  }

  // MARK: Reading

  static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "F") ~= byte
  }

  static func split(_ text: ByteString, at separator: Unicode.Scalar) -> [ByteString] {
    text.bytes.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false).map { ByteString($0) }
  }

  /// The first character that is not allowed, quoted.
  static func firstFault(in text: ByteString, allowing isAllowed: (UInt8) -> Bool) -> ByteString? {
    text.bytes.withUnsafeBufferPointer { bytes in
      guard let index = bytes.firstIndex(where: { $0 >= 0x80 || !isAllowed($0) }) else { return nil }
      return MessageText.quoted(rune: Runes.decode(bytes, at: index).rune)
    }
  }
}
