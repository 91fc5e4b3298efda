import SourceText
import Testing

@Suite struct SourceTests {
  @Test func linesAndColumnsCountFromOneInBytes() {
    let index = LineIndex("a\nüb\n\nlast")
    func place(of offset: Int) -> [Int] {
      let position = index.position(of: offset)
      return [position.line, position.column]
    }
    #expect(place(of: 0) == [1, 1])
    #expect(place(of: 2) == [2, 1])
    #expect(place(of: 4) == [2, 3])
    #expect(place(of: 6) == [3, 1])
    #expect(place(of: 11) == [4, 5])
    #expect(index.range(ofLine: 2) == ByteRange(2, 6))
  }

  @Test func bytesOrderAsGoOrdersStrings() {
    let sorted: [ByteString] = ["", "A", "Z", "a", "a.b", "ab", "é", "日"]
    #expect(sorted.reversed().sorted() == sorted)
    // Two spellings of one character are two texts.
    #expect(ByteString("é") != ByteString("e\u{301}"))
  }

  @Test(arguments: [
    ("", "."), ("a/../b", "b"), ("/..", "/"), ("../a/./b//c", "../a/b/c"), ("/a/b/", "/a/b"), ("a/..", "."),
  ]) func cleanPaths(path: String, clean: String) {
    #expect(GoPath.clean(ByteString(path)).string == clean)
  }

  @Test func partsOfPaths() {
    #expect(GoPath.base("a/b.tar.gz/").string == "b.tar.gz")
    #expect(GoPath.base("/").string == "/")
    #expect(GoPath.directory("a/b/c").string == "a/b")
    #expect(GoPath.directory("c").string == ".")
    #expect(GoPath.fileExtension("a.b/c.tar.gz").string == ".gz")
    #expect(GoPath.fileExtension("a.b/c").string == "")
    #expect(GoPath.join("a", "", "../b").string == "b")
  }

  @Test func rangesOfFilesAreClamped() {
    let file = SourceFile(path: "x", text: "hello")
    #expect(file[ByteRange(3, 99)].string == "lo")
    #expect(file[ByteRange(9, 99)].isEmpty)
  }
}
