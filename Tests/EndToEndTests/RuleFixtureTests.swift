import TestSupport
import Testing

/// Every fixture of every rule finds exactly what its carets say, whatever stands before it and however its lines end.
@Suite struct RuleFixtureTests {
  @Test(arguments: LintFixture.ofRules(), LintFixture.Variation.allCases)
  func nothingButWhatIsMarked(fixture: LintFixture, variation: LintFixture.Variation) {
    #expect(fixture.mismatches(variation) == [])
  }

  /// An edit that a bad fixture's finding offers mends it, and a safe one breaks nothing else.
  @Test(arguments: LintFixture.ofRules())
  func editsMend(fixture: LintFixture) {
    #expect(fixture.unmended() == [])
  }

  /// What a check exempts stands among the rule's silent clauses under the same name.
  @Test(arguments: LintFixture.ofRules())
  func everyExemptionIsAClause(fixture: LintFixture) {
    #expect(fixture.unknownExemptions() == [])
  }

  @Test(arguments: LintFixture.ofStories(), LintFixture.Variation.allCases)
  func storiesFindWhatIsMarked(fixture: LintFixture, variation: LintFixture.Variation) {
    #expect(fixture.mismatches(variation) == [])
  }

  @Test(arguments: LintFixture.ofControl(), LintFixture.Variation.allCases)
  func controlDecidesWhatCounts(fixture: LintFixture, variation: LintFixture.Variation) {
    #expect(fixture.mismatches(variation) == [])
  }

  @Test(arguments: LintFixture.ofRules())
  func everyFindingCanBeSuppressed(fixture: LintFixture) {
    #expect(fixture.survivorsOfSuppression() == [])
  }
}
