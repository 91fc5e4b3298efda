import Diagnostics
import SourceText
import Testing

@testable import Reports

@Suite struct ExcerptTests {
  @Test func caretsStandUnderTheExactBytes() {
    let file = SourceFile(path: "values.yaml", text: "image:\n  tag: latest\n")
    #expect(
      plain(sample("latest", in: file, "moves")) == """
        error[sample]: something is wrong
          --> values.yaml:2:8
           |
         2 |   tag: latest
           |        ^^^^^^ moves

        """)
  }

  /// Only the part of a huge line around the label is looked at; its column is counted from the line's start.
  @Test func hugeLinesAreShownAroundTheLabel() {
    let blanks = String(repeating: "é", count: 100_000)
    let file = SourceFile(path: "v.yaml", text: ByteString(blanks + "latest" + blanks))
    let text = plain(sample("latest", in: file))
    #expect(text.contains("--> v.yaml:1:100001\n"))
    let rows = text.split(separator: "\n")
    let source = Array(rows[3])
    let carets = Array(rows[4])
    #expect(source.count < 200)
    let marked = carets.indices.filter { carets[$0] == "^" }.map { source[$0] }
    #expect(String(marked) == "latest")
    #expect(source.filter { $0 == "…" }.count == 2)
  }

  @Test func manyPlacesOfAHugeLineHaveTheirColumns() {
    let file = SourceFile(path: "v.yaml", text: ByteString(String(repeating: "日x", count: 50_000)))
    var positions = Positions()
    for index in stride(from: 0, to: 50_000, by: 997) {
      #expect(positions.position(of: 4 * index, in: file).column == 2 * index + 1)
      #expect(positions.position(of: 4 * index + 3, in: file).column == 2 * index + 2)
    }
  }

  @Test(arguments: ["\n", "\r\n"])
  func columnsAreDisplayWidths(lineEnd: String) {
    let file = SourceFile(path: "v.yaml", text: ByteString("名前: \"é\u{0301}👩\"\tx: latest" + lineEnd))
    #expect(
      plain(sample("latest", in: file)) == """
        error[sample]: something is wrong
          --> v.yaml:1:14
           |
         1 | 名前: "é\u{0301}👩"    x: latest
           |                   ^^^^^^

        """)
  }

  @Test func bytesThatAreNoTextAreShownAndCounted() {
    let file = SourceFile(path: "v.yaml", text: ByteString([0xFF, 0x1B, 0xE2, 0x80, 0xAE, 0x61]))
    #expect(
      plain(sample("a", in: file)) == """
        error[sample]: something is wrong
          --> v.yaml:1:4
           |
         1 | \u{FFFD}␛\u{FFFD}a
           |    ^

        """)
  }

  @Test func emptyRangesAndTheEndOfTheFileGetOneCaret() {
    let file = SourceFile(path: "v.yaml", text: "ab")
    let end = Label(SourceRange(file, ByteRange(2, 2)))
    let beyond = Label(SourceRange(file, ByteRange(70, 90)))
    for label in [end, beyond] {
      let diagnostic = Diagnostic(id: "sample", level: .note, message: "here", primary: label)
      #expect(plain(diagnostic) == "note[sample]: here\n  --> v.yaml:1:3\n   |\n 1 | ab\n   |   ^\n")
    }
  }

  @Test func severalLabelsShareALine() {
    let file = SourceFile(path: "t.yaml", text: "image: {{ .r }}:latest-{{ .b }}")
    let related = [
      Label(place(of: "{{ .r }}", in: file), "the repository"), Label(place(of: "{{ .b }}", in: file), "the branch"),
    ]
    #expect(
      plain(sample("latest-", in: file, "moves", related: related)) == """
        error[sample]: something is wrong
          --> t.yaml:1:17
           |
         1 | image: {{ .r }}:latest-{{ .b }}
           |        -------- ^^^^^^^-------- the branch
           |        |        |
           |        |        moves
           |        the repository

        """)
  }

  @Test func rangesOfSeveralLinesHaveAnArm() {
    let file = SourceFile(path: "t.yaml", text: "a:\n  b:\n    c: 1\nd: e\n")
    #expect(
      plain(sample("b:\n    c: 1", in: file, "unknown", related: [Label(place(of: "1\nd", in: file), "odd")])) == """
        error[sample]: something is wrong
          --> t.yaml:2:3
           |
         2 | /     b:
         3 | |       c: 1
           | |  ________-
           | |__________^ unknown
         4 |   | d: e
           |   |_- odd

        """)
  }

  @Test func theMiddleOfALongRangeIsLeftOut() {
    let lines = (1...20).map { "line \($0)" }.joined(separator: "\n")
    let file = SourceFile(path: "t.yaml", text: ByteString(lines))
    #expect(
      plain(sample(lines, in: file, "all")) == """
        error[sample]: something is wrong
          --> t.yaml:1:1
           |
         1 | / line 1
         2 | | line 2
         3 | | line 3
        ...  |
        19 | | line 19
        20 | | line 20
           | |_______^ all

        """)
  }

  @Test func longLinesAreCutAroundTheCarets() {
    let file = SourceFile(
      path: "t.yaml",
      text: ByteString(String(repeating: "x", count: 500) + "needle" + String(repeating: "y", count: 500)))
    #expect(
      plain(sample("needle", in: file), columns: 30) == """
        error[sample]: something is wrong
          --> t.yaml:1:501
           |
         1 | …xxxxxxxxxxxneedleyyyyyyyyyyy…
           |             ^^^^^^

        """)
  }

  @Test func anArgumentIsShownWithItsFlag() {
    let file = SourceFile(path: "--set", kind: .argument, text: "image.tag=latest")
    #expect(
      plain(sample("latest", in: file)) == """
        error[sample]: something is wrong
          --> --set image.tag=latest:1:11
           |
         1 | --set image.tag=latest
           |                 ^^^^^^

        """)
  }

  @Test func anyRangeOfAnyTextIsDrawn() {
    let texts: [ByteString] = ["", "\n", "\r\n\r\n", "a\tb\n漢字\n", ByteString([0xC3, 0x28, 0x0A, 0xF0])]
    for text in texts {
      let file = SourceFile(path: "any", text: text)
      for start in 0...text.count {
        for end in start...text.count {
          let label = Label(SourceRange(file, ByteRange(start, end)), "here")
          let diagnostic = Diagnostic(id: "sample", level: .error, message: "", primary: label)
          #expect(plain(diagnostic, columns: 20).contains("^"))
        }
      }
    }
  }
}
