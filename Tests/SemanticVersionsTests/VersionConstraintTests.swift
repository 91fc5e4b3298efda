import Testing

@testable import SemanticVersions

@Suite struct VersionConstraintTests {
  @Test(arguments: [
    ("1.2.3", "1.2.3", true), ("=1.2", "1.2.9", true), ("!=1.2.x", "1.2.0", false), (">1.2", "1.2.3", false),
    (">1.2", "1.3.0", true), ("<=1.2", "1.2.9", true), (">=1.2, <2", "1.9.9", true), (">=1.2 <2", "2.0.0", false),
    ("~1.2.3", "1.2.9", true), ("~1.2.3", "1.3.0", false), ("~>2", "2.9.0", true), ("^0.2.3", "0.3.0", false),
    ("^0.0.3", "0.0.4", false), ("^0", "0.9.0", true), ("^1.2", "2.0.0", false), ("*", "9.9.9", true),
    ("^x", "1.0.0", false),
    ("1.2 - 2.3.4", "2.3.4", true), ("1.2 - 2.3.4", "2.3.5", false), ("<1 || >=2", "2.1.0", true),
    (">=1.0.0", "1.1.0-rc.1", false), (">=1.0.0-0", "1.1.0-rc.1", true), (">=1.0.0-0 <2", "1.1.0-rc.1", true),
    (">=1-0 || <0.1", "0.0.1-a", false),
  ])
  func decides(_ constraint: String, _ version: String, _ expected: Bool) throws {
    #expect(try VersionConstraint(constraint).isSatisfied(by: SemanticVersion(version)) == expected)
  }

  @Test(arguments: [
    ("", "improper constraint: \"\""), ("abc", "improper constraint: \"abc\""),
    (">=1,,2", "improper constraint: \">=1,,2\""),
    ("1.2.3.4", "improper constraint: \"1.2.3.4\""), (">> 1", "improper constraint: \">> 1\""),
    ("1 ||", "improper constraint: \"\""), ("1|2", "constraint parser error"), (">1.2-01", "constraint parser error"),
  ])
  func refuses(_ constraint: String, _ message: String) {
    #expect(throws: SemanticVersion.ParseError(message: message)) { try VersionConstraint(constraint) }
  }

  /// A constraint and its negation never agree on a closed version.
  @Test func oppositesDisagree() throws {
    for major in 0...2 {
      for minor in 0...3 {
        let version = try SemanticVersion("\(major).\(minor).1")
        for (sign, opposite) in [("=", "!="), (">", "<="), ("<", ">=")] {
          let holds = try VersionConstraint("\(sign)1.2.1").isSatisfied(by: version)
          #expect(try VersionConstraint("\(opposite)1.2.1").isSatisfied(by: version) != holds)
        }
      }
    }
  }

  @Test func survivesAnyText() {
    let alphabet = Array("1.x-*|>=<~^, v+a\u{e9}")
    var state: UInt64 = 42
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<Int(state % 14) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      state = state &* 6_364_136_223_846_793_005 &+ 1
      _ = try? VersionConstraint(text)
      _ = try? SemanticVersion(text)
    }
  }
}
