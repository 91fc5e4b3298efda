import Compiler
import Configuration
import Diagnostics
import SourceText
import TestSupport
import Testing

/// Which findings `--changed-since` keeps.
@Suite struct ChangedRangesTests {
  private static let files = MemoryFiles([
    "a.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: \"a:latest\"}]}\n"
  ])

  private func findings(_ diff: String, newFiles: [String] = []) -> Int {
    var request = LintRequest(paths: ["."])
    request.control.only = [.rule("mutable-image-tag")]
    var changes = ChangedRanges()
    changes.add(diff: ByteString(diff), root: "/home")
    for path in newFiles { changes.add(newFile: path) }
    request.control.changes = changes
    return Linter(fileSystem: Self.files, environment: .fixed).lint(request).diagnostics.count
  }

  @Test(arguments: [
    ("@@ -4 +4 @@\n-x\n+y\n", 1), ("@@ -1,2 +1,3 @@\n-x\n-x\n+y\n+y\n+y\n", 0), ("@@ -3,0 +4,1 @@\n+y\n", 1),
    ("@@ -4,2 +3,0 @@\n-x\n-x\n", 1), ("@@ -1 +0,0 @@\n-x\n", 0), ("@@ -1 +1 @@\n-x\n+y\n@@ -9,0 +4,9 @@\n+y\n", 1),
  ])
  func keepsWhatTouchesChangedLines(_ hunks: String, _ count: Int) {
    #expect(findings("diff --git a.yaml a.yaml\n--- a.yaml\n+++ a.yaml\n" + hunks) == count)
  }

  @Test func aLineThatLooksLikeAHeaderIsText() {
    #expect(findings("--- b.yaml\n+++ b.yaml\n@@ -0,0 +1,2 @@\n+++ a.yaml\n+@@ -4 +4 @@\n") == 0)
  }

  @Test func newFilesAreAllNew() {
    #expect(findings("", newFiles: ["/home/a.yaml"]) == 1)
    #expect(findings("", newFiles: ["/home/b.yaml"]) == 0)
  }

  @Test(arguments: [
    "@@", "@@ -1 +x @@", "@@ -1 +99999999999999999999 @@", "+++ ", "@@ - + @@", "@@ -1,5 +1,99999999999 @@",
  ])
  func survivesAnyText(_ line: String) {
    #expect(findings("+++ b.yaml\n" + line + "\n") == 0)
  }
}
