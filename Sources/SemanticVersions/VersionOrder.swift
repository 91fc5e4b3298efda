extension SemanticVersion {
  /// The precedence of semver.org: negative, zero or positive; build metadata does not count.
  package func compared(to other: SemanticVersion) -> Int {
    if major != other.major { return major < other.major ? -1 : 1 }
    if minor != other.minor { return minor < other.minor ? -1 : 1 }
    if patch != other.patch { return patch < other.patch ? -1 : 1 }
    return Self.comparePrereleases(prerelease, other.prerelease)
  }

  static func comparePrereleases(_ left: String, _ right: String) -> Int {
    if left == right { return 0 }
    if left.isEmpty { return 1 }
    if right.isEmpty { return -1 }
    let leftParts = left.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let rightParts = right.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    for (a, b) in zip(leftParts, rightParts) {
      let order = compareParts(a, b)
      if order != 0 { return order }
    }
    return leftParts.count == rightParts.count ? 0 : leftParts.count < rightParts.count ? -1 : 1
  }

  /// Numbers come before words; a number too large for 64 bits counts as a word, as in the library.
  private static func compareParts(_ left: Substring.UTF8View, _ right: Substring.UTF8View) -> Int {
    let leftNumber = UInt64(Substring(left))
    let rightNumber = UInt64(Substring(right))
    switch (leftNumber, rightNumber) {
    case (let a?, let b?): return a == b ? 0 : a < b ? -1 : 1
    case (nil, .some): return 1
    case (.some, nil): return -1
    case (nil, nil):
      if left.elementsEqual(right) { return 0 }
      return left.lexicographicallyPrecedes(right) ? -1 : 1
    }
  }

  // MARK: Next versions

  /// The next version of one part, as `IncMajor`, `IncMinor` and `IncPatch` make it; nil when it would overflow.
  package enum Part: String, Sendable { case major, minor, patch }

  package func incremented(_ part: Part) -> SemanticVersion? {
    var next = self
    next.prerelease = ""
    next.metadata = ""
    var overflow = false
    switch part {
    case .major: (next.major, overflow) = major.addingReportingOverflow(1)
    case .minor: (next.minor, overflow) = minor.addingReportingOverflow(1)
    case .patch: if prerelease.isEmpty { (next.patch, overflow) = patch.addingReportingOverflow(1) }
    }
    if part != .patch { next.patch = 0 }
    if part == .major { next.minor = 0 }
    next.original = (original.hasPrefix("v") ? "v" : "") + next.text
    return overflow ? nil : next
  }

  /// This version with another pre-release, as `SetPrerelease` makes it.
  package func with(prerelease text: String) throws(ParseError) -> SemanticVersion {
    try Self.validate(prerelease: Array(text.utf8))
    var next = self
    next.prerelease = text
    next.original = (original.hasPrefix("v") ? "v" : "") + next.text
    return next
  }

  /// This version with other build metadata, as `SetMetadata` makes it.
  package func with(metadata text: String) throws(ParseError) -> SemanticVersion {
    if !text.isEmpty { try Self.validate(metadata: Array(text.utf8)) }
    var next = self
    next.metadata = text
    next.original = (original.hasPrefix("v") ? "v" : "") + next.text
    return next
  }
}
