import SourceText
import Testing
import YAML

private func parse(_ text: String) -> ParsedYAML { YAMLParser.parse(SourceFile(path: "x", text: ByteString(text))) }

@Suite struct YAMLParserTests {
  @Test func nodesKnowTheirPlaceAndForm() throws {
    let text = "a: &x 'é'  # why\nb: [1, {c: d}]\ne:\n- *x\n- !t y\n"
    let parsed = parse(text)
    let root = try #require(parsed.documents.first?.root)
    func source(_ range: ByteRange?) -> String? {
      range.map { String(decoding: Array(text.utf8)[$0.start..<$0.end], as: UTF8.self) }
    }
    #expect(source(root["a"]?.range) == "&x 'é'")
    #expect(source(root["a"]?.contentRange) == "é")
    #expect(source(root["a"]?.keyRange) == "a")
    #expect(root["a"]?.anchor == "x")
    #expect(root["a"]?.scalar?.style == .singleQuoted)
    #expect(source(root["b"]?.range) == "[1, {c: d}]")
    #expect(root["b"]?.isFlow == true)
    #expect(root["b"]?[0]?.scalar?.value == .integer(1))
    #expect(root["b"]?[1]?["c"]?.string == "d")
    #expect(source(root["e"]?.range) == "- *x\n- !t y")
    #expect(root["e"]?.items.first?.isAlias == true)
    #expect(root["e"]?[0]?.string == "é")
    #expect(root["e"]?[1]?.tag == "!t")
    #expect(root["e"]?[1]?.parent?.key?.string == "e")
    #expect(parsed.comments.map { parsed.text(ofComment: $0) } == ["# why"])
    #expect(root.descend("b")?.childCount == 2)
    #expect(root.entries.map { $0.key.string } == ["a", "b", "e"])
  }

  @Test func lookupsSeeMergedKeysBehindTheirOwn() throws {
    let root = try #require(parse("base: &b {k: 1, j: 2}\nx: {<<: *b, k: 3}").documents[0].root)
    #expect(root["x"]?["k"]?.scalar?.value == .integer(3))
    #expect(root["x"]?["j"]?.scalar?.value == .integer(2))
  }

  @Test func aFaultCostsItsDocumentOnly() {
    let parsed = parse("a: 1\n---\nb: [\n---\nc: \"\n---\nd: 4\n")
    #expect(parsed.documents.map(\.isComplete) == [true, false, false, true])
    #expect(parsed.documents.last?.root?["d"]?.scalar?.value == .integer(4))
    #expect(parsed.errors.count == 2)
  }

  @Test func decodedBytesLeadBackToTheirSource() throws {
    let text = "s: |2\n    one\n\n   two\nq: \"a\\tb\n  c\"\np: plain\n"
    let bytes = Array(text.utf8)
    let root = try #require(parse(text).documents[0].root)
    for key in ["s", "q", "p"] {
      let scalar = try #require(root[key]?.scalar)
      for (index, byte) in scalar.text.bytes.enumerated() where byte != 0x09 && byte != 0x20 && byte != 0x0a {
        #expect(bytes[scalar.sourceOffset(ofDecoded: index)] == byte)
      }
    }
    let quoted = try #require(root["q"]?.scalar)
    #expect(quoted.text == "a\tb c")
    #expect(bytes[quoted.sourceOffset(ofDecoded: 1)] == UInt8(ascii: "\\"))
    #expect(quoted.sourceRange(ofDecoded: 1..<2).count == 2)
  }

  @Test func anAliasInsideItsAnchorLeadsNowhere() throws {
    let root = try #require(parse("a: &a [*a, *nope]").documents[0].root)
    for item in root["a"]?.items ?? [] { #expect(item.resolved == item) }
  }

  @Test func anyBytesGiveATree() {
    var random = SeededWords(seed: 3)
    for _ in 0..<3000 {
      let bytes = random.document()
      let parsed = YAMLParser.parse(Text(bytes))
      for document in parsed.documents {
        var waiting = [document.root].compactMap { $0 }
        while let node = waiting.popLast() {
          #expect(node.range.start >= 0 && node.range.end <= bytes.count + 8)
          if let scalar = node.scalar { _ = scalar.sourceOffset(ofDecoded: scalar.text.count / 2) }
          waiting.append(contentsOf: node.children)
        }
      }
      _ = try? YAMLReader.value(of: Text(bytes), origin: .none, tracking: true)
      _ = try? ManifestHead(of: bytes)
    }
  }
}

/// Texts made of pieces that matter in YAML, the same in every run.
struct SeededWords {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  static let words = [
    "a", "b: ", "- ", "? ", ": ", "\n", "\n  ", " ", "[", "]", "{", "}", ",", "\"", "'", "|", ">-\n", "#", "&x ", "*x",
    "!!str ", "%", "---\n", "...\n", "<<: ", "\t", "1", "\\", "\\x41", "é", "🙂", "\r\n", "\u{85}", "\u{2028}", "~",
  ]

  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  mutating func document() -> [UInt8] {
    (0..<below(25)).flatMap { _ in
      below(40) == 0 ? [UInt8(below(256))] : Array(SeededWords.words[below(SeededWords.words.count)].utf8)
    }
  }
}
