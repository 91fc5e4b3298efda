import Testing

@testable import SemanticVersions

@Suite struct SemanticVersionTests {
  @Test(arguments: [
    ("1.2.3", "1.2.3"), ("v1", "1.0.0"), ("1.2", "1.2.0"), ("01.02.3", "1.2.3"), ("1.2.3-rc.1+b.5", "1.2.3-rc.1+b.5"),
    ("1-x", "1.0.0-x"), ("1.2.3--a", "1.2.3--a"),
  ])
  func reads(_ text: String, _ written: String) throws {
    let version = try SemanticVersion(text)
    #expect(version.text == written)
    #expect(version.original == text)
  }

  @Test(arguments: [
    ("", "invalid semantic version"), ("1.2.3.4", "invalid semantic version"), ("V1", "invalid semantic version"),
    ("1.2.3-", "invalid semantic version"), ("1.2.3-a..b", "invalid semantic version"),
    ("1.2.3-01", "version segment starts with 0"),
    (
      "99999999999999999999.0.0",
      "error parsing version segment: strconv.ParseUint: parsing \"99999999999999999999\": value out of range"
    ),
  ])
  func refuses(_ text: String, _ message: String) {
    #expect(throws: SemanticVersion.ParseError(message: message)) { try SemanticVersion(text) }
  }

  @Test(arguments: [
    ("", "version string empty"), ("1.2", "invalid semantic version"), ("v1.2.3", "invalid characters in version"),
    ("1.02.3", "version segment starts with 0"), ("1.2.3-é", "invalid prerelease string"),
    ("1.2.3+", "invalid metadata string"), ("1.2.3-", "invalid prerelease string"),
  ])
  func refusesStrictly(_ text: String, _ message: String) {
    #expect(throws: SemanticVersion.ParseError(message: message)) { try SemanticVersion(strict: text) }
  }

  /// In ascending order; each is compared with each.
  @Test func ordersAsTheSpecificationDoes() throws {
    let ordered = try [
      "0.0.1", "1.0.0-0", "1.0.0-9", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2",
      "1.0.0-beta.11", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
    ].map { try SemanticVersion($0) }
    for (i, a) in ordered.enumerated() {
      for (j, b) in ordered.enumerated() {
        #expect(a.compared(to: b).signum() == (i - j).signum())
      }
    }
    #expect(try SemanticVersion("1.0.0+a").compared(to: SemanticVersion("1.0.0+b")) == 0)
  }

  @Test func increments() throws {
    let version = try SemanticVersion("v1.2.3-rc+b")
    #expect(version.incremented(.patch)?.original == "v1.2.3")
    #expect(version.incremented(.minor)?.text == "1.3.0")
    #expect(version.incremented(.major)?.text == "2.0.0")
    #expect(try SemanticVersion("18446744073709551615").incremented(.major) == nil)
    #expect(try version.with(prerelease: "").text == "1.2.3+b")
    #expect(try version.with(metadata: "").text == "1.2.3-rc")
  }
}
