import SourceText

/// Reads IP addresses as Go's net/netip does, for the texts of its faults.
enum IPAddress {
  /// Go's message for a text that is no address; empty for one of version 4; nil for one of version 6.
  static func faultOfVersion6(_ text: ByteString) -> ByteString? {
    for byte in text.bytes {
      switch byte {
      case UInt8(ascii: "."): return faultOfVersion4(text) ?? ""
      case UInt8(ascii: ":"):
        var reader = Version6Reader(text)
        return reader.fault().map { wrap(text, $0.message, at: $0.rest) }
      case UInt8(ascii: "%"): return wrap(text, "missing IPv6 address")
      default: continue
      }
    }
    return wrap(text, "unable to parse IP")
  }

  /// True when a text that is an address names a zone.
  static func hasZone(_ text: ByteString) -> Bool { text.bytes.contains(UInt8(ascii: "%")) }

  private static func faultOfVersion4(_ text: ByteString) -> ByteString? {
    fieldFault(text.bytes[...]).map { wrap(text, $0.message, at: $0.rest) }
  }

  fileprivate struct Fault {
    var message: ByteString
    /// What is left of the text at the fault, where Go tells it.
    var rest: ByteString = ""
  }

  private static func wrap(_ text: ByteString, _ message: ByteString, at rest: ByteString = "") -> ByteString {
    var result: ByteString = "ParseAddr(" + GoQuote.quoted(text) + "): " + message
    if !rest.isEmpty { result.append(" (at " + GoQuote.quoted(rest) + ")") }
    return result
  }

  /// The fault of four dotted decimals.
  fileprivate static func fieldFault(_ text: ArraySlice<UInt8>) -> Fault? {
    var value = 0
    var fields = 0
    var digits = 0
    for (index, byte) in text.enumerated() {
      let rest = ByteString(text.dropFirst(index))
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if digits == 1 && value == 0 { return Fault(message: "IPv4 field has octet with leading zero") }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
        digits += 1
        if value > 255 { return Fault(message: "IPv4 field has value >255") }
      case UInt8(ascii: "."):
        if index == 0 || index == text.count - 1 || digits == 0 {
          return Fault(message: "IPv4 field must have at least one digit", rest: rest)
        }
        if fields == 3 { return Fault(message: "IPv4 address too long") }
        fields += 1
        value = 0
        digits = 0
      default: return Fault(message: "unexpected character", rest: rest)
      }
    }
    return fields < 3 ? Fault(message: "IPv4 address too short") : nil
  }
}

/// Walks the groups of an IPv6 address.
private struct Version6Reader {
  private var rest: ArraySlice<UInt8>
  private var groups = 0
  private var ellipsis: Int?
  private let hasEmptyZone: Bool

  init(_ text: ByteString) {
    let percent = text.bytes.firstIndex(of: UInt8(ascii: "%")) ?? text.count
    hasEmptyZone = percent == text.count - 1
    rest = text.bytes[..<percent]
  }

  mutating func fault() -> IPAddress.Fault? {
    if hasEmptyZone { return IPAddress.Fault(message: "zone must be a non-empty string") }
    if rest.starts(with: Array("::".utf8)) {
      ellipsis = 0
      rest = rest.dropFirst(2)
      if rest.isEmpty { return nil }
    }
    while groups < 8 {
      switch readGroup() {
      case .fault(let fault): return fault
      case .last: return endFault()
      case .more: continue
      }
    }
    return endFault()
  }

  private enum Step {
    case more
    case last
    case fault(IPAddress.Fault)
  }

  private mutating func readGroup() -> Step {
    let digits = rest.prefix { isHexadecimal($0) }
    // Go looks at the value while it reads: the fifth significant digit is one too many.
    if digits.count > 4 { return fault("each group must have 4 or less digits") }
    if digits.isEmpty { return fault("each colon-separated field must have at least one digit") }
    let after = rest.dropFirst(digits.count)
    if after.first == UInt8(ascii: ".") { return readVersion4() }
    groups += 1
    rest = after
    if rest.isEmpty { return .last }
    if rest.first != UInt8(ascii: ":") { return fault("unexpected character, want colon") }
    if rest.count == 1 { return fault("colon must be followed by more characters") }
    rest = rest.dropFirst()
    guard rest.first == UInt8(ascii: ":") else { return .more }
    if ellipsis != nil { return fault("multiple :: in address") }
    ellipsis = groups
    rest = rest.dropFirst()
    return rest.isEmpty ? .last : .more
  }

  private mutating func readVersion4() -> Step {
    if ellipsis == nil && groups != 6 {
      return fault("embedded IPv4 address must replace the final 2 fields of the address")
    }
    if groups + 2 > 8 { return fault("too many hex fields to fit an embedded IPv4 at the end of the address") }
    if let fault = IPAddress.fieldFault(rest) { return .fault(fault) }
    groups += 2
    rest = []
    return .last
  }

  private func endFault() -> IPAddress.Fault? {
    if !rest.isEmpty {
      return IPAddress.Fault(message: "trailing garbage after address", rest: ByteString(rest))
    }
    if groups < 8 { return ellipsis == nil ? IPAddress.Fault(message: "address string too short") : nil }
    return ellipsis == nil ? nil : IPAddress.Fault(message: "the :: must expand to at least one field of zeros")
  }

  private func fault(_ message: ByteString) -> Step {
    .fault(IPAddress.Fault(message: message, rest: ByteString(rest)))
  }

  private func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
