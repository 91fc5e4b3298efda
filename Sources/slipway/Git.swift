import Compiler
import SourceText

/// What Git knows of the working tree.
enum Git {
  /// The lines that changed since a revision, committed or not; files that Git does not track yet are all new.
  static func changes(since revision: String) throws(CommandFailure) -> ChangedRanges {
    guard !revision.hasPrefix("-") else { throw CommandFailure("--changed-since \(revision): not a revision") }
    let root = try text(["rev-parse", "--show-toplevel"])
    var changes = ChangedRanges()
    let diff = try output([
      "-c", "core.quotePath=false", "diff", "--unified=0", "--no-prefix", "--no-color", "--no-ext-diff",
      "--no-relative", "--no-renames", revision, "--",
    ])
    changes.add(diff: ByteString(diff), root: root)
    let untracked = try output(["-C", root, "ls-files", "--others", "--exclude-standard", "-z"])
    for name in untracked.split(separator: 0) {
      changes.add(newFile: root + "/" + String(decoding: name, as: UTF8.self))
    }
    return changes
  }

  private static func text(_ arguments: [String]) throws(CommandFailure) -> String {
    String(decoding: try output(arguments).split(separator: UInt8(ascii: "\n")).first ?? [], as: UTF8.self)
  }

  private static func output(_ arguments: [String]) throws(CommandFailure) -> [UInt8] {
    do throws(Subprocess.Failure) {
      return try Subprocess.output(of: "git", arguments)
    } catch {
      throw CommandFailure("--changed-since: \(error.message)")
    }
  }
}
