import SourceText

/// A version as Masterminds/semver v3 reads it; its failures carry that library's texts.
package struct SemanticVersion: Hashable, Sendable {
  package struct ParseError: Error, Hashable, Sendable {
    package var message: String
    package init(message: String) { self.message = message }

    static let empty = ParseError(message: "version string empty")
    static let invalid = ParseError(message: "invalid semantic version")
    static let invalidCharacters = ParseError(message: "invalid characters in version")
    static let leadingZero = ParseError(message: "version segment starts with 0")
    static let invalidMetadata = ParseError(message: "invalid metadata string")
    static let invalidPrerelease = ParseError(message: "invalid prerelease string")
  }

  package var major: UInt64
  package var minor: UInt64
  package var patch: UInt64
  package var prerelease: String
  package var metadata: String
  /// The text as it was read, with its leading `v`.
  package var original: String

  /// Go's zero value of the type.
  package static let zero = SemanticVersion()

  private init() {
    (major, minor, patch) = (0, 0, 0)
    (prerelease, metadata, original) = ("", "", "")
  }

  /// `semver.NewVersion`: a leading `v`, leading zeros and missing parts are allowed.
  package init(_ text: String) throws(ParseError) { try self.init(ByteString(text)) }

  /// `semver.NewVersion` of any bytes.
  package init(_ text: ByteString) throws(ParseError) {
    var scanner = VersionScanner(text.bytes)
    guard let parts = scanner.version(wildcards: false), scanner.isAtEnd else { throw .invalid }
    major = try Self.segment(parts.major)
    minor = try Self.segment(parts.minor)
    patch = try Self.segment(parts.patch)
    try Self.validate(prerelease: parts.prerelease)
    prerelease = String(decoding: parts.prerelease, as: UTF8.self)
    metadata = String(decoding: parts.metadata, as: UTF8.self)
    original = text.string
  }

  /// `semver.StrictNewVersion`: exactly three numbers, no leading `v`.
  package init(strict text: String) throws(ParseError) {
    guard !text.isEmpty else { throw .empty }
    var parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw .invalid }
    var prerelease: [UInt8] = []
    var metadata: [UInt8] = []
    if let plus = parts[2].firstIndex(of: UInt8(ascii: "+")) {
      metadata = Array(parts[2][parts[2].index(after: plus)...])
      parts[2] = parts[2][..<plus]
      try Self.validate(metadata: metadata)
    }
    if let dash = parts[2].firstIndex(of: UInt8(ascii: "-")) {
      prerelease = Array(parts[2][parts[2].index(after: dash)...])
      parts[2] = parts[2][..<dash]
      guard !prerelease.isEmpty else { throw .invalidPrerelease }
      try Self.validate(prerelease: prerelease)
    }
    for part in parts {
      guard part.allSatisfy(VersionScanner.isDigit) else { throw .invalidCharacters }
      if part.count > 1, part.first == UInt8(ascii: "0") { throw .leadingZero }
    }
    major = try Self.number(Array(parts[0]))
    minor = try Self.number(Array(parts[1]))
    patch = try Self.number(Array(parts[2]))
    self.prerelease = String(decoding: prerelease, as: UTF8.self)
    self.metadata = String(decoding: metadata, as: UTF8.self)
    original = text
  }

  /// The text without a leading `v`, all three numbers written out.
  package var text: String {
    var text = "\(major).\(minor).\(patch)"
    if !prerelease.isEmpty { text += "-" + prerelease }
    if !metadata.isEmpty { text += "+" + metadata }
    return text
  }

  // MARK: Parts

  private static func segment(_ digits: [UInt8]) throws(ParseError) -> UInt64 {
    guard !digits.isEmpty else { return 0 }
    do { return try number(digits) } catch {
      throw ParseError(message: "error parsing version segment: " + error.message)
    }
  }

  /// Go's `strconv.ParseUint` of decimal digits.
  private static func number(_ digits: [UInt8]) throws(ParseError) -> UInt64 {
    let text = String(decoding: digits, as: UTF8.self)
    if let value = UInt64(text) { return value }
    let reason = digits.isEmpty ? "invalid syntax" : "value out of range"
    throw ParseError(message: "strconv.ParseUint: parsing \(GoQuote.quoted(ByteString(digits))): \(reason)")
  }

  static func validate(prerelease: [UInt8]) throws(ParseError) {
    guard !prerelease.isEmpty else { return }
    for part in prerelease.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      if part.isEmpty { throw .invalidPrerelease }
      if part.allSatisfy(VersionScanner.isDigit) {
        if part.count > 1, part.first == UInt8(ascii: "0") { throw .leadingZero }
      } else if !part.allSatisfy(VersionScanner.isIdentifier) {
        throw .invalidPrerelease
      }
    }
  }

  static func validate(metadata: [UInt8]) throws(ParseError) {
    for part in metadata.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    where part.isEmpty || !part.allSatisfy(VersionScanner.isIdentifier) {
      throw .invalidMetadata
    }
  }
}
