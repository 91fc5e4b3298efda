import SourceText
import Testing

@testable import Charts

@Suite struct MatchingTests {
  @Test(arguments: [
    ("*", "a", true), ("*", "a/b", false), ("a*/b", "abc/b", true), ("a?c", "abc", true), ("[a-c]x", "bx", true),
    ("[^a]", "b", true), (#"\*"#, "*", true), ("a*b?c*x", "abxbbxdbxebxczzx", true), ("", "", true), ("é?", "éé", true),
  ])
  func matchesPaths(pattern: String, name: String, expected: Bool) throws {
    #expect(try PathMatch.matches(ByteString(name), pattern: ByteString(pattern)) == expected)
  }

  @Test(arguments: ["[", "[a", "[]a]", "[-]", "a[", #"\"#, "[a-", "x[a-]"])
  func refusesPatterns(pattern: String) {
    #expect(throws: PathMatch.BadPattern.self) { try PathMatch.matches("x", pattern: ByteString(pattern)) }
  }

  @Test(arguments: [
    ("*.txt", "a.txt", true), ("*.txt", "d/a.txt", false), ("**.txt", "d/a.txt", true), ("{a,b}.txt", "b.txt", true),
    ("[!a].txt", "b.txt", true), ("[a-c]", "b", true), ("d/**/x", "d/e/f/x", true), ("{a,{b,c}}", "c", true),
    ("?", "/", false), (#"a\*"#, "a*", true), ("}", "}", true), ("{a", "a", true), ("x{*,b}", "xyz", false),
  ])
  func globs(pattern: String, name: String, expected: Bool) throws {
    #expect(try GlobPattern(ByteString(pattern)).matches(ByteString(name)) == expected)
  }

  @Test(arguments: ["[", "[]", "[z-a]", "[a", "{[}"])
  func refusesGlobs(pattern: String) {
    #expect(throws: GlobPattern.BadPattern.self) { try GlobPattern(ByteString(pattern)) }
  }

  @Test func survivesAnyPattern() {
    var random = SmallRandom(seed: 3)
    let alphabet = Array("*?[]{},!-^\\/ab".utf8)
    for _ in 0..<3000 {
      let pattern = ByteString((0..<random.next(12)).map { _ in alphabet[random.next(alphabet.count)] })
      let name = ByteString((0..<random.next(12)).map { _ in alphabet[random.next(alphabet.count)] })
      _ = try? PathMatch.matches(name, pattern: pattern)
      _ = (try? GlobPattern(pattern))?.matches(name)
    }
  }
}
