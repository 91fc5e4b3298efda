import Glibc
import SourceText
import Testing

@testable import Delivery

/// Delivery files whose comments say what the command before them deletes, creates or waits for.
@Suite struct FixtureTests {
  @Test(arguments: [
    (file: "old-pipeline.sh", path: "deploy.sh"), (file: "workflow.yml", path: ".github/workflows/deploy.yml"),
  ]) func commandsMeanWhatTheirCommentsSay(_ row: (file: String, path: String)) {
    let text = Self.contents(row.file)
    #expect(!text.isEmpty)
    let (script, faults) = read(text, path: row.path)
    #expect(faults == [])
    let found = script.jobs.flatMap(\.commands).flatMap { command in
      command.briefDeletes.map { "deletes \($0)" } + command.briefCreates.map { "creates \($0)" }
        + command.briefWaits.map { "waits \($0)" }
    }
    #expect(found.sorted() == Self.marks(text).sorted())
  }

  /// `# deletes A, B; creates C` as `deletes A`, `deletes B`, `creates C`.
  private static func marks(_ text: String) -> [String] {
    text.split(separator: "\n").flatMap { line -> [String] in
      guard let hash = line.ranges(of: "# ").last else { return [] }
      return line[hash.upperBound...].split(separator: "; ").flatMap { clause -> [String] in
        let words = clause.split(separator: " ", maxSplits: 1)
        guard words.count == 2, ["deletes", "creates", "waits"].contains(words[0]) else { return [] }
        return words[1].split(separator: ", ").map { "\(words[0]) \($0)" }
      }
    }
  }

  private static func contents(_ name: String) -> String {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    guard let stream = fopen("/\(folder)/fixtures/delivery/\(name)", "r") else { return "" }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var next = fgetc(stream)
    while next >= 0 {
      bytes.append(UInt8(truncatingIfNeeded: next))
      next = fgetc(stream)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
