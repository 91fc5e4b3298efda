import Rules

/// A pattern over paths: `**` stands for any number of folders, `*` and `?` for characters within one name.
package struct PathGlob: Hashable, Sendable {
  package let pattern: String
  private let names: [String]

  package init(_ pattern: String) {
    self.pattern = pattern
    names = pattern.split(separator: "/").map(String.init).filter { $0 != "." }
  }

  /// Whether the whole of `path` matches, a path below the folder that the pattern is relative to.
  package func matches(_ path: String) -> Bool {
    matches(path.split(separator: "/").map(String.init).filter { $0 != "." }[...])
  }

  /// Whether everything below `folder` matches.
  package func covers(folder: String) -> Bool {
    names.last == "**" && (matches(folder) || matches(folder + "/x"))
  }

  /// Whether the pattern is about something in `folder`, as far as its names without wildcards tell.
  package func concerns(_ folder: String) -> Bool {
    let folder = folder.split(separator: "/").map(String.init).filter { $0 != "." }
    let fixed = names.prefix { !$0.contains { "*?".contains($0) } }
    return zip(folder, fixed).allSatisfy { $0 == $1 }
  }

  /// One row of a table a name of the pattern: which beginnings of the path it can have used up.
  private func matches(_ path: ArraySlice<String>) -> Bool {
    let path = Array(path)
    var reached = [Bool](repeating: false, count: path.count + 1)
    reached[0] = true
    for name in names {
      var next = [Bool](repeating: false, count: path.count + 1)
      if name == "**" {
        var isReached = false
        for index in 0...path.count {
          isReached = isReached || reached[index]
          next[index] = isReached
        }
      } else {
        let glob = Glob(name)
        for index in path.indices where reached[index] && glob.matches(path[index]) { next[index + 1] = true }
      }
      reached = next
    }
    return reached[path.count]
  }
}
