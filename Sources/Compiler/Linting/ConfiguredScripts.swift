import Configuration
import SourceText

extension Configuration {
  /// The scripts and CI files that its patterns name, in bytewise order of their paths.
  func scriptPaths(in files: any FileSystem) -> [String] {
    guard !scripts.isEmpty else { return [] }
    var paths: [String] = []
    walk(folder, below: "", files, depth: 0, &paths)
    return paths
  }

  /// Deeper folders are taken for a loop.
  private static let deepest = 32

  private func walk(_ folder: String, below: String, _ files: any FileSystem, depth: Int, _ paths: inout [String]) {
    guard depth < Self.deepest, let names = try? files.list(folder) else { return }
    for name in names {
      let (path, relative) = (Path.join(folder, name), below.isEmpty ? name : below + "/" + name)
      switch try? files.kind(of: path) {
      case .directory where !InputKind.isIgnoredFolder(name):
        walk(path, below: relative, files, depth: depth + 1, &paths)
      case .file where scripts.contains { $0.matches(relative) }: paths.append(path)
      case .file, .directory, .symbolicLink, .other, nil: break
      }
    }
  }
}
