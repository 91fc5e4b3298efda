/// Unicode as Go's `unicode` package answers it: classes by general category, simple case mappings.
enum RuneClass {
  private static func category(_ rune: UInt32) -> Unicode.GeneralCategory {
    Unicode.Scalar(rune)?.properties.generalCategory ?? .unassigned
  }

  static func isUpper(_ rune: UInt32) -> Bool {
    rune < 0x80 ? rune >= 0x41 && rune <= 0x5A : category(rune) == .uppercaseLetter
  }

  static func isLower(_ rune: UInt32) -> Bool {
    rune < 0x80 ? rune >= 0x61 && rune <= 0x7A : category(rune) == .lowercaseLetter
  }

  static func isTitle(_ rune: UInt32) -> Bool { rune >= 0x80 && category(rune) == .titlecaseLetter }

  static func isLetter(_ rune: UInt32) -> Bool {
    if rune < 0x80 { return isUpper(rune) || isLower(rune) }
    switch category(rune) {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return false
    }
  }

  /// `unicode.IsDigit`: decimal digits only.
  static func isDigit(_ rune: UInt32) -> Bool {
    rune < 0x80 ? rune >= 0x30 && rune <= 0x39 : category(rune) == .decimalNumber
  }

  static func isNumber(_ rune: UInt32) -> Bool {
    if rune < 0x80 { return isDigit(rune) }
    switch category(rune) {
    case .decimalNumber, .letterNumber, .otherNumber: return true
    default: return false
    }
  }

  static func isPunctuation(_ rune: UInt32) -> Bool {
    switch category(rune) {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }

  static func upper(_ rune: UInt32) -> UInt32 {
    if rune < 0x80 { return isLower(rune) ? rune - 0x20 : rune }
    guard let properties = Unicode.Scalar(rune)?.properties else { return rune }
    // Where the full mapping has several code points, the simple one (if there is one) is the title case.
    return single(properties.uppercaseMapping) ?? single(properties.titlecaseMapping) ?? rune
  }

  static func lower(_ rune: UInt32) -> UInt32 {
    if rune < 0x80 { return isUpper(rune) ? rune + 0x20 : rune }
    guard let properties = Unicode.Scalar(rune)?.properties else { return rune }
    // U+0130, a capital I with a dot, is the only one whose full mapping has two code points.
    return single(properties.lowercaseMapping) ?? 0x69
  }

  static func title(_ rune: UInt32) -> UInt32 {
    if rune < 0x80 { return upper(rune) }
    guard let properties = Unicode.Scalar(rune)?.properties else { return rune }
    return single(properties.titlecaseMapping) ?? rune
  }

  private static func single(_ mapping: String) -> UInt32? {
    let scalars = mapping.unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { return nil }
    return first.value
  }
}
