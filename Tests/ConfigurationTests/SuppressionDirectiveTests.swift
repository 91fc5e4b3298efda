import Configuration
import Testing

@Suite struct SuppressionDirectiveTests {
  @Test(arguments: [
    " mutable-image-tag -- pinned by the mirror", " mutable-image-tag pinned by the mirror",
    "  mutable-image-tag  --  pinned by   the mirror  ",
  ])
  func readsRuleAndReason(_ text: String) throws {
    let directive = try SuppressionDirective(text)
    #expect(directive.rules == [.rule("mutable-image-tag")])
    #expect(directive.reason == "pinned by the mirror")
    #expect(directive.until == nil)
  }

  @Test func readsSeveralRulesAndADay() throws {
    let directive = try SuppressionDirective(
      "probe/, mutable-image-tag,unknown-field -- until=2027-03-31 the old cluster stays")
    #expect(directive.rules == [.category("probe"), .rule("mutable-image-tag"), .rule("unknown-field")])
    #expect(directive.until == Day("2027-03-31"))
    #expect(directive.reason == "the old cluster stays")
  }

  @Test(arguments: [
    ("", "it names no rule"), (" -- a reason that is long enough", "it names no rule"),
    (" mutable-image-tag", "it gives no reason"), (" mutable-image-tag --   ", "it gives no reason"),
    (" mutable-image-tag -- until=2027-03-31", "it gives no reason"),
    (" mutable-image-tag -- later", "its reason `later` is shorter than 10 characters"),
    (
      " mutable-image-tags -- the mirror pins it",
      "there is no rule `mutable-image-tags`; did you mean `mutable-image-tag`"
    ),
    (" prob/ -- the mirror pins it", "there is no category `prob`; did you mean `probe`"),
    (" * -- the mirror pins everything", "there is no rule `*`"),
    (
      " mutable-image-tag -- until=2027-02-30 the mirror pins it",
      "`until=2027-02-30` names no day, as `until=2027-03-31` does"
    ),
    (" mutable-image-tag -- mutable-image-tag", "its reason `mutable-image-tag` is the rule's own name"),
  ])
  func saysWhatIsWrong(_ text: String, _ message: String) {
    #expect(throws: SuppressionDirective.Malformation(message: message)) { try SuppressionDirective(text) }
  }
}
