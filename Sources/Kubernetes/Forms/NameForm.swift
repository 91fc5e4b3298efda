/// The forms that the API server asks of names, label keys and label values.
package enum NameForm: Hashable, Sendable {
  /// RFC 1123 subdomain: up to 253 lower-case letters, digits, `-` and `.`.
  case subdomain
  /// RFC 1123 label: up to 63 lower-case letters, digits and `-`.
  case label
  /// RFC 1035 label: an RFC 1123 label that starts with a letter.
  case letterLabel
  /// Part of a URL: anything but `/`, `%`, `.` and `..`.
  case pathSegment
  /// IANA service name: up to 15 lower-case letters, digits and `-`, with a letter.
  case portName
  /// A label's value: empty, or up to 63 letters, digits, `-`, `_` and `.`.
  case labelValue
  /// A label's or annotation's key: a name of up to 63 characters, perhaps behind a subdomain and `/`.
  case qualifiedName

  /// The form of an object's name.
  package static func ofName(of identity: ObjectIdentity) -> NameForm {
    switch (identity.group, identity.kind) {
    case ("", "Service"): .letterLabel
    case ("", "Namespace"): .label
    case ("rbac.authorization.k8s.io", _): .pathSegment
    default: .subdomain
    }
  }

  /// Why a text does not have the form; nil when it has.
  package func fault(of text: String) -> String? {
    let bytes = Array(text.utf8)
    switch self {
    case .subdomain: return fault(bytes, limit: 253) ?? Self.subdomainFault(bytes)
    case .label: return fault(bytes, limit: 63) ?? Self.labelFault(bytes[...])
    case .letterLabel:
      if let fault = fault(bytes, limit: 63) ?? Self.labelFault(bytes[...]) { return fault }
      return Self.isDigit(bytes[0]) ? "it starts with a digit" : nil
    case .pathSegment:
      if bytes.isEmpty { return "it is empty" }
      if text == "." || text == ".." { return "it is `\(text)`" }
      return text.contains("/") || text.contains("%") ? "it contains `/` or `%`" : nil
    case .portName: return fault(bytes, limit: 15) ?? Self.portFault(bytes)
    case .labelValue: return bytes.isEmpty ? nil : fault(bytes, limit: 63) ?? Self.wordFault(bytes[...])
    case .qualifiedName: return Self.qualifiedFault(text)
    }
  }

  private func fault(_ bytes: [UInt8], limit: Int) -> String? {
    if bytes.isEmpty { return "it is empty" }
    return bytes.count > limit ? "it has \(bytes.count) characters, more than \(limit)" : nil
  }

  // MARK: Parts

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  private static func quoted(_ byte: UInt8) -> String {
    byte < 0x80 ? "`\(Character(Unicode.Scalar(byte)))`" : "a character outside ASCII"
  }

  private static func labelFault(_ bytes: ArraySlice<UInt8>) -> String? {
    guard let first = bytes.first, let last = bytes.last else { return "a part of it is empty" }
    if let wrong = bytes.first(where: { !isDigit($0) && !isLower($0) && $0 != UInt8(ascii: "-") }) {
      return isUpper(wrong) ? "it has upper-case letters" : "it contains \(quoted(wrong))"
    }
    if first == UInt8(ascii: "-") { return "it starts with `-`" }
    return last == UInt8(ascii: "-") ? "it ends with `-`" : nil
  }

  private static func subdomainFault(_ bytes: [UInt8]) -> String? {
    bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).lazy
      .compactMap { labelFault($0) }.first
  }

  private static func portFault(_ bytes: [UInt8]) -> String? {
    if let fault = labelFault(bytes[...]) { return fault }
    let dash = UInt8(ascii: "-")
    if bytes.indices.dropLast().contains(where: { bytes[$0] == dash && bytes[$0 + 1] == dash }) {
      return "it contains `--`"
    }
    return bytes.contains(where: isLower) ? nil : "it has no letter"
  }

  /// Label values and the names of keys: letters and digits at both ends.
  private static func wordFault(_ bytes: ArraySlice<UInt8>) -> String? {
    let isEnd = { (byte: UInt8) in isDigit(byte) || isLower(byte) || isUpper(byte) }
    if let wrong = bytes.first(where: { !isEnd($0) && !"-_.".utf8.contains($0) }) {
      return "it contains \(quoted(wrong))"
    }
    if let first = bytes.first, !isEnd(first) { return "it starts with \(quoted(first))" }
    if let last = bytes.last, !isEnd(last) { return "it ends with \(quoted(last))" }
    return nil
  }

  private static func qualifiedFault(_ text: String) -> String? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.last else { return "it has more than one `/`" }
    if parts.count == 2, let fault = NameForm.subdomain.fault(of: String(parts[0]).lowercased()) {
      return "of its prefix: \(fault)"
    }
    let bytes = Array(name.utf8)
    if bytes.isEmpty { return "its name is empty" }
    return bytes.count > 63 ? "its name has \(bytes.count) characters, more than 63" : wordFault(bytes[...])
  }
}
