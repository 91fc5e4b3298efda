import LocalDisk
import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes every generated file whose content changed.
func generate() throws {
  let files = Disk()
  let generation = try Generation(root: ".", files: files)
  let stale = Set(generation.stale(root: ".", files: files))
  for output in generation.outputs where stale.contains(output.path) {
    try Disk.write(Array(output.text.utf8), toFile: output.path, appending: false)
    print(output.path)
  }
}

/// Ends with a failure when a generated file is not fresh.
func checkFreshness() throws {
  let files = Disk()
  let stale = try Generation(root: ".", files: files).stale(root: ".", files: files)
  guard stale.isEmpty else {
    throw RuleFileError(description: "run `slipway-dev generate`: not fresh are \(stale.joined(separator: ", "))")
  }
}

/// Lays out the parts of a new rule; never overwrites one.
func addRule(category: String, id: String) throws {
  let files = Disk()
  for output in try NewRule(category: category, id: id).outputs {
    guard (try? files.kind(of: output.path)) == nil else {
      throw RuleFileError(description: "\(output.path) exists already")
    }
    try Disk.write(Array(output.text.utf8), toFile: output.path, appending: false)
    print(output.path)
  }
  print("Now write the check, then run `slipway-dev generate`.")
}

func fail(_ message: String) -> Never {
  let line = Array("slipway-dev: \(message)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)
  exit(1)
}
