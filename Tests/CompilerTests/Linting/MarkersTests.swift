import SourceText
import Testing

@testable import TestSupport

@Suite struct MarkersTests {
  @Test func caretsMarkTheLineAbove() {
    let marked = MarkedFile(
      """
      kind: Pod
      #<^^^^^^^ duplicate-object: twice
      名: latest  # moves
      #  ^^^^^^ mutable-image-tag
      #    ^^ other: colon: in text
      # a comment with ^ in it

      """, path: "a.yaml")
    #expect(marked.text == "kind: Pod\n名: latest  # moves\n# a comment with ^ in it\n")
    #expect(
      marked.expectations == [
        Expectation(path: "a.yaml", range: ByteRange(0, 9), id: "duplicate-object", message: "twice"),
        Expectation(path: "a.yaml", range: ByteRange(15, 21), id: "mutable-image-tag", message: nil),
        Expectation(path: "a.yaml", range: ByteRange(17, 19), id: "other", message: "colon: in text"),
      ])
  }
}
