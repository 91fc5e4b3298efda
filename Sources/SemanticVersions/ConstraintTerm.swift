import SourceText

/// How a constraint compares.
enum ConstraintOperator {
  case equal, notEqual, greater, less, greaterOrEqual, lessOrEqual, tilde, caret

  /// The spellings, longer ones before those they start with.
  private static let spellings: [(StaticString, ConstraintOperator)] = [
    ("!=", .notEqual), (">=", .greaterOrEqual), ("=>", .greaterOrEqual), ("<=", .lessOrEqual), ("=<", .lessOrEqual),
    ("~>", .tilde), ("=", .equal), (">", .greater), ("<", .less), ("~", .tilde), ("^", .caret),
  ]

  /// The operator at the scanner's position; none is "equal".
  static func read(_ scanner: inout VersionScanner) -> ConstraintOperator {
    for (spelling, sign) in spellings {
      let found = spelling.withUTF8Buffer { scanner.bytes[scanner.position...].starts(with: $0) }
      if found {
        scanner.position += spelling.utf8CodeUnitCount
        return sign
      }
    }
    return .equal
  }
}

/// One comparison of a constraint, such as `>=1.2.x`.
struct ConstraintTerm {
  let sign: ConstraintOperator
  let version: SemanticVersion
  /// Some number was a wildcard or missing; the flags below say which, when it was not the first.
  let isOpen: Bool
  let isMinorOpen: Bool
  let isPatchOpen: Bool

  init(_ sign: ConstraintOperator, _ parts: VersionScanner.Parts, text: [UInt8]) throws(SemanticVersion.ParseError) {
    self.sign = sign
    let isMajorOpen = Self.isWildcard(parts.major)
    isMinorOpen = !isMajorOpen && (parts.minor.isEmpty || Self.isWildcard(parts.minor))
    isPatchOpen = !isMajorOpen && !isMinorOpen && (parts.patch.isEmpty || Self.isWildcard(parts.patch))
    isOpen = isMajorOpen || isMinorOpen || isPatchOpen
    var closed = ByteString(text)
    if isOpen {
      closed = ByteString(isMajorOpen ? Array("0.0".utf8) : parts.major)
      if isMinorOpen { closed.append(".0") }
      if isPatchOpen { closed.append(".") }
      if isPatchOpen { closed.append(parts.minor) }
      closed.append(".0")
      if !parts.prerelease.isEmpty {
        closed.append("-")
        closed.append(parts.prerelease)
      }
    }
    do { version = try SemanticVersion(closed) } catch { throw .init(message: "constraint parser error") }
  }

  private static func isWildcard(_ number: [UInt8]) -> Bool {
    number.count == 1 && (number[0] | 0x20 == UInt8(ascii: "x") || number[0] == UInt8(ascii: "*"))
  }

  /// Whether `other` satisfies the term; that pre-releases are wanted at all is settled by the caller.
  func isSatisfied(by other: SemanticVersion) -> Bool {
    switch sign {
    case .equal: isOpen ? tilde(other) : other.compared(to: version) == 0
    case .notEqual: differs(other)
    case .greater: greater(other)
    case .less: other.compared(to: version) < 0
    case .greaterOrEqual: other.compared(to: version) >= 0
    case .lessOrEqual: lessOrEqual(other)
    case .tilde: tilde(other)
    case .caret: caret(other)
    }
  }

  private func differs(_ other: SemanticVersion) -> Bool {
    guard isOpen else { return other.compared(to: version) != 0 }
    if other.major != version.major { return true }
    if isMinorOpen { return false }
    if other.minor != version.minor { return true }
    if !isPatchOpen { return other.patch != version.patch || other.compared(to: version) != 0 }
    return SemanticVersion.comparePrereleases(other.prerelease, version.prerelease) != 0
  }

  private func greater(_ other: SemanticVersion) -> Bool {
    guard isOpen else { return other.compared(to: version) > 0 }
    if other.major != version.major { return other.major > version.major }
    if isMinorOpen { return false }
    if isPatchOpen { return other.minor > version.minor }
    return other.compared(to: version) > 0
  }

  private func lessOrEqual(_ other: SemanticVersion) -> Bool {
    guard isOpen else { return other.compared(to: version) <= 0 }
    if other.major > version.major { return false }
    return !(other.major == version.major && other.minor > version.minor && !isMinorOpen)
  }

  private func tilde(_ other: SemanticVersion) -> Bool {
    if other.compared(to: version) < 0 { return false }
    if isZero, !isMinorOpen, !isPatchOpen { return true }
    return other.major == version.major && (other.minor == version.minor || isMinorOpen)
  }

  private func caret(_ other: SemanticVersion) -> Bool {
    if other.compared(to: version) < 0 { return false }
    if version.major > 0 || isMinorOpen { return other.major == version.major }
    if other.major > 0 { return false }
    if version.minor > 0 || isPatchOpen { return other.minor == version.minor }
    return other.minor == 0 && other.patch == version.patch
  }

  private var isZero: Bool { version.major == 0 && version.minor == 0 && version.patch == 0 }
}
