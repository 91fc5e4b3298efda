import TestSupport
import Testing

/// Every fixture of every rule finds exactly what its carets say, whatever stands before it and however its lines end.
@Suite struct RuleFixtureTests {
  @Test(arguments: LintFixture.ofRules(), LintFixture.Variation.allCases)
  func nothingButWhatIsMarked(fixture: LintFixture, variation: LintFixture.Variation) {
    #expect(fixture.mismatches(variation) == [])
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
