import SourceText

/// A constraint as Masterminds/semver v3 reads it: `>=1.2 <2 || ~3.1`.
package struct VersionConstraint: Sendable {
  /// Alternatives (`||`), each a list of terms that must all hold.
  private let alternatives: [[ConstraintTerm]]

  package init(_ text: String) throws(SemanticVersion.ParseError) { try self.init(ByteString(text)) }

  /// The constraint in any bytes.
  package init(_ text: ByteString) throws(SemanticVersion.ParseError) {
    var alternatives: [[ConstraintTerm]] = []
    for alternative in Self.split(Self.rewritingRanges(text.bytes)) {
      alternatives.append(try Self.terms(of: alternative))
    }
    self.alternatives = alternatives
  }

  package func isSatisfied(by version: SemanticVersion) -> Bool {
    alternatives.contains { terms in
      let allowsPrereleases = terms.contains { !$0.version.prerelease.isEmpty }
      guard version.prerelease.isEmpty || allowsPrereleases else { return false }
      return terms.allSatisfy { $0.isSatisfied(by: version) }
    }
  }

  // MARK: Reading

  /// Cuts at each `||`.
  private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var start = 0
    var index = 0
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "|"), bytes[index + 1] == UInt8(ascii: "|") {
        parts.append(Array(bytes[start..<index]))
        index += 2
        start = index
      } else {
        index += 1
      }
    }
    return parts + [Array(bytes[start...])]
  }

  /// The terms of one alternative, separated by white space or one comma.
  private static func terms(of bytes: [UInt8]) throws(SemanticVersion.ParseError) -> [ConstraintTerm] {
    let improper = SemanticVersion.ParseError(
      message: "improper constraint: " + GoQuote.quoted(ByteString(bytes)).string)
    var scanner = VersionScanner(bytes)
    var read: [(ConstraintOperator, VersionScanner.Parts)] = []
    repeat {
      scanner.skipSpace()
      let sign = ConstraintOperator.read(&scanner)
      scanner.skipSpace()
      guard let parts = scanner.version(wildcards: true) else { throw improper }
      read.append((sign, parts))
      let hasSpace = scanner.skipSpace()
      if scanner.isAtEnd { break }
      guard scanner.skip(UInt8(ascii: ",")) || hasSpace else { throw improper }
    } while true
    var terms: [ConstraintTerm] = []
    for (sign, parts) in read {
      terms.append(try ConstraintTerm(sign, parts, text: Array(bytes[parts.range])))
    }
    return terms
  }

  /// Writes each range `1.2 - 3.4` as `>= 1.2, <= 3.4 `.
  ///
  /// The library replaces the first place where the range's text stands, which need not be where it was found.
  private static func rewritingRanges(_ bytes: [UInt8]) -> [UInt8] {
    // Each start is tried anew, so that the time grows with the square of the length; no real range is this long.
    guard bytes.count < 4096, bytes.contains(UInt8(ascii: "-")) else { return bytes }
    var out = bytes
    var scanner = VersionScanner(bytes)
    while !scanner.isAtEnd {
      let start = scanner.position
      if let (low, high) = range(&scanner) {
        let replacement = Array(">= ".utf8) + bytes[low] + Array(", <= ".utf8) + bytes[high] + [0x20]
        out.replaceFirst(Array(bytes[start..<scanner.position]), with: replacement)
      } else {
        scanner.position = start + 1
      }
    }
    return out
  }

  private static func range(_ scanner: inout VersionScanner) -> (low: Range<Int>, high: Range<Int>)? {
    scanner.skipSpace()
    guard let low = scanner.version(wildcards: true), scanner.skipSpace(), scanner.skip(UInt8(ascii: "-")),
      scanner.skipSpace(), let high = scanner.version(wildcards: true)
    else { return nil }
    scanner.skipSpace()
    return (low.range, high.range)
  }
}

extension [UInt8] {
  fileprivate mutating func replaceFirst(_ old: [UInt8], with new: [UInt8]) {
    guard !old.isEmpty, count >= old.count else { return }
    for start in 0...(count - old.count) where self[start..<(start + old.count)].elementsEqual(old) {
      replaceSubrange(start..<(start + old.count), with: new)
      return
    }
  }
}
