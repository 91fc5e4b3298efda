import Diagnostics
import SourceText
import Testing

@Suite struct DiagnosticTests {
  @Test(arguments: [
    ("livelinessProbe", "livenessProbe"), ("replcas", "replicas"), ("Image", "image"),
    ("imagePullpolicy", "imagePullPolicy"),
  ]) func nearNamesAreFound(wrong: String, right: String) {
    let names = ["image", "imagePullPolicy", "livenessProbe", "readinessProbe", "replicas"]
    #expect(nearestName(to: wrong, among: names) == right)
  }

  @Test(arguments: ["zzz", "x", "", "unrelatedWord"]) func farNamesAreNot(word: String) {
    #expect(nearestName(to: word, among: ["image", "replicas"]) == nil)
  }

  @Test func distanceCountsSwapsOnce() {
    #expect(editDistance(Array("abcd".utf8), Array("acbd".utf8)) == 1)
    #expect(editDistance(Array("".utf8), Array("abc".utf8)) == 3)
    #expect(editDistance(Array("kitten".utf8), Array("sitting".utf8)) == 3)
  }

  @Test func reportsAreOrderedByPlaceThenName() {
    let file = SourceFile(path: "b.yaml", text: "0123456789")
    let other = SourceFile(path: "a.yaml", text: "0123456789")
    func diagnostic(_ id: DiagnosticID, _ file: SourceFile, _ start: Int) -> Diagnostic {
      Diagnostic(id: id, level: .note, message: "m", primary: Label(SourceRange(file, ByteRange(start, start + 1))))
    }
    let ordered = [
      diagnostic("z", other, 5), diagnostic("a", file, 1), diagnostic("b", file, 1), diagnostic("a", file, 3),
    ]
    for seed in 0..<4 {
      let shuffled = Array(ordered[seed...] + ordered[..<seed])
      #expect(shuffled.sorted(by: Diagnostic.precedes) == ordered)
    }
  }

  @Test func levelsCompareByGravity() {
    #expect(Level.note < .warning)
    #expect(Level.warning < .error)
  }
}
