import SourceText

extension Format {
  @Sendable static func ipv4(_ text: ByteString) -> ByteString? {
    let groups = split(text, at: ".")
    if groups.count != 4 { return "expected four decimals" }
    for group in groups {
      if group.count > 1, group[0] == UInt8(ascii: "0") { return "leading zeros" }
      switch decimal(group) {
      case .fault(let fault): return fault
      case .value(let value): if !(0...255 ~= value) { return "decimal must be between 0 and 255" }
      }
    }
    return nil
  }

  private enum Reading {
    case value(Int)
    case fault(ByteString)
  }

  /// Reads an integer as Go's `strconv.Atoi` does.
  private static func decimal(_ text: ByteString) -> Reading {
    let signs: [UInt8] = [UInt8(ascii: "+"), UInt8(ascii: "-")]
    let digits = text.bytes.first.map { signs.contains($0) } == true ? text.bytes.dropFirst() : text.bytes[...]
    let prefix: ByteString = "strconv.Atoi: parsing " + GoQuote.quoted(text)
    guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return .fault(prefix + ": invalid syntax") }
    guard let value = Int(text.string) else { return .fault(prefix + ": value out of range") }
    return .value(value)
  }

  @Sendable static func ipv6(_ text: ByteString) -> ByteString? {
    guard text.bytes.contains(UInt8(ascii: ":")) else { return "missing colon" }
    if let fault = IPAddress.faultOfVersion6(text) { return fault.isEmpty ? nil : fault }
    return IPAddress.hasZone(text) ? "zone id is not a part of ipv6 address" : nil
  }

  private enum Link {
    case url(SchemaURL)
    case fault(ByteString)
  }

  private static func url(_ text: ByteString) -> Link {
    do throws(SchemaURL.ParseError) {
      let url = try SchemaURL(withFragment: text)
      let host = url.hostName
      guard host.bytes.contains(UInt8(ascii: ":")) else { return .url(url) }
      guard url.host.bytes.contains(UInt8(ascii: "[")), url.host.bytes.contains(UInt8(ascii: "]")) else {
        return .fault("ipv6 address not enclosed in brackets")
      }
      if let fault = ipv6(host) { return .fault("invalid ipv6 address: " + fault) }
      return .url(url)
    } catch {
      return .fault(error.message)
    }
  }

  @Sendable static func uri(_ text: ByteString) -> ByteString? {
    switch url(text) {
    case .fault(let fault): fault
    case .url(let url): url.isAbsolute ? nil : "relative url"
    }
  }

  @Sendable static func uriReference(_ text: ByteString) -> ByteString? {
    if text.bytes.contains(UInt8(ascii: "\\")) { return "contains \\" }
    switch url(text) {
    case .fault(let fault): return fault
    case .url: return nil
    }
  }

  @Sendable static func uriTemplate(_ text: ByteString) -> ByteString? {
    guard case .url(let url) = url(text) else {
      if case .fault(let fault) = Format.url(text) { return fault }
      return nil
    }
    for step in split(url.rawPath, at: "/") {
      let decoded = PercentEncoding.decoded(step, as: .path) ?? step
      var isOpen = false
      for byte in decoded.bytes {
        switch byte {
        case UInt8(ascii: "{"):
          if isOpen { return "nested curly braces" }
          isOpen = true
        case UInt8(ascii: "}"):
          if !isOpen { return "nested curly braces" }
          isOpen = false
        default: break
        }
      }
      if isOpen { return "no matching closing brace" }
    }
    return nil
  }

  @Sendable static func semanticVersion(_ text: ByteString) -> ByteString? {
    var core = text
    if let plus = core.bytes.firstIndex(of: UInt8(ascii: "+")) {
      if let fault = build(core[(plus + 1)..<core.count]) { return fault }
      core = core[0..<plus]
    }
    if let hyphen = core.bytes.firstIndex(of: UInt8(ascii: "-")) {
      if let fault = prerelease(core[(hyphen + 1)..<core.count]) { return fault }
      core = core[0..<hyphen]
    }
    let numbers = split(core, at: ".")
    if numbers.count != 3 { return "versionCore must have 3 numbers separated by dot" }
    for (name, number) in zip(["major", "minor", "patch"] as [ByteString], numbers) {
      if number.isEmpty { return name + " is empty" }
      if number.count > 1, number[0] == UInt8(ascii: "0") { return name + " starts with zero" }
      if !number.bytes.allSatisfy(isDigit) { return name + " contains non-digit" }
    }
    return nil
  }

  private static func build(_ text: ByteString) -> ByteString? {
    if text.isEmpty { return "build is empty" }
    for part in split(text, at: ".") {
      if part.isEmpty { return "build identifier is empty" }
      if let fault = firstFault(in: part, allowing: isIdentifierByte) {
        return "invalid character " + fault + " in build identifier"
      }
    }
    return nil
  }

  private static func prerelease(_ text: ByteString) -> ByteString? {
    for part in split(text, at: ".") {
      if part.isEmpty { return "pre-release identifier is empty" }
      if let fault = firstFault(in: part, allowing: isIdentifierByte) {
        return "invalid character " + fault + " in pre-release identifier"
      }
      if part.count > 1, part[0] == UInt8(ascii: "0"), part.bytes.allSatisfy(isDigit) {
        return "pre-release numeric identifier starts with zero"
      }
    }
    return nil
  }

  private static func isIdentifierByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "-")
  }
}
