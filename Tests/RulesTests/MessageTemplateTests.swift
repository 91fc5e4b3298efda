import Testing

@testable import Rules

@Suite struct MessageTemplateTests {
  @Test func holes() {
    let template: MessageTemplate = "image `{image}` uses `{tag}` ({reason})"
    #expect(template.holeNames == ["image", "tag", "reason"])
    #expect(template.filled([Hole("image", "web:{x}"), Hole("tag", "x")]) == "image `web:{x}` uses `x` ()")
  }

  @Test func optionalParts() {
    let template: MessageTemplate = "{kind} has no field `{path}`{; did you mean `{near}`}"
    #expect(template.filled([Hole("kind", "Pod"), Hole("path", "a")]) == "Pod has no field `a`")
    #expect(
      template.filled([Hole("kind", "Pod"), Hole("path", "a"), Hole("near", "b")])
        == "Pod has no field `a`; did you mean `b`")
  }

  @Test(arguments: ["", "{", "}", "{}", "{a", "a}b", "{{a}}", "{a {b} {c}}", "{ä}"])
  func anyText(_ text: String) {
    _ = MessageTemplate(text).filled([Hole("a", "1"), Hole("b", "2")])
  }

  @Test(arguments: [
    ("*", "", true), ("*", "web", true), ("web", "web", true), ("web", "webs", false), ("w*b", "wxxb", true),
    ("w*b*", "wab", true), ("*metrics*", "http-metrics", true), ("?eb", "web", true), ("?eb", "eb", false),
    ("reg/*", "reg/a/b", true), ("a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false),
  ])
  func globs(_ pattern: String, _ text: String, _ matches: Bool) { #expect(Glob(pattern).matches(text) == matches) }

  @Test func optionTypes() throws {
    #expect(throws: OptionError.self) { try OptionType.integer.read(["x"]) }
    #expect(throws: OptionError.self) { try OptionType.choice(["a", "b"]).read(["c"]) }
    #expect(throws: OptionError.self) { try OptionType.regex.read(["("]) }
    #expect(throws: OptionError.self) { try OptionType.boolean.read([]) }
    guard case .list(let values) = try OptionType.list(.glob).read(["a*", "b"]) else {
      Issue.record("no list")
      return
    }
    #expect(values.count == 2)
  }
}
