import Testing

@testable import RegularExpressions

@Suite struct UnicodeTests {
  /// The table and the standard library may know different versions of Unicode: what both call assigned must agree.
  @Test func categories() {
    let names: [(String, Unicode.GeneralCategory)] = [
      ("Lu", .uppercaseLetter), ("Ll", .lowercaseLetter), ("Lt", .titlecaseLetter), ("Lm", .modifierLetter),
      ("Mn", .nonspacingMark), ("Nd", .decimalNumber), ("Pd", .dashPunctuation), ("Sm", .mathSymbol),
      ("Zs", .spaceSeparator), ("Cc", .control), ("Cf", .format),
    ]
    var differences = 0
    for (name, category) in names {
      let set = UnicodeClasses.categories { $0 == name }
      for value in 0...Scalars.highest {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let known = scalar.properties.generalCategory
        if known == .unassigned || known == .otherLetter { continue }
        if (known == category) != set.contains(value) { differences += 1 }
      }
    }
    #expect(differences < 20)
  }

  @Test func names() {
    for name in [
      "L", "lu", "Greek", "GREEK", "old-italic", "Zanabazar_Square", "Letter", "Any", "Assigned", "LC", "digit",
    ] {
      #expect(UnicodeClasses.named(name.utf8) != nil, "\(name)")
    }
    for name in ["", "Grek", "Alphabetic", "L&", "Lx"] { #expect(UnicodeClasses.named(name.utf8) == nil, "\(name)") }
    #expect(UnicodeClasses.named("Cs".utf8)?.set.ranges == [ScalarRange(0xD800, 0xDFFF)])
  }

  @Test func caseOrbits() {
    #expect(CaseFolding.orbit(0x4B).ranges == [0x4B, 0x6B, 0x212A].map { ScalarRange($0, $0) })
    #expect(CaseFolding.orbit(0x31).ranges == [ScalarRange(0x31, 0x31)])
    #expect(CaseFolding.orbit(0x1E9E).ranges == [0xDF, 0x1E9E].map { ScalarRange($0, $0) })
    // Being equal but for case is symmetric.
    for scalar: UInt32 in 0..<0x3000 {
      for range in CaseFolding.orbit(scalar).ranges {
        #expect(CaseFolding.orbit(range.low).contains(scalar))
      }
    }
  }
}
