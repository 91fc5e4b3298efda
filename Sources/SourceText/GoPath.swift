/// Slash-separated paths as Go's `path` and (on Unix) `path/filepath` packages handle them.
package enum GoPath {
  /// The shortest path that names the same place, without looking at the disk: `path.Clean`.
  package static func clean(_ path: String) -> String {
    guard !path.isEmpty else { return "." }
    let isRooted = path.utf8.first == UInt8(ascii: "/")
    var kept: [Substring] = []
    for element in path.split(separator: "/") where element != "." {
      if element != ".." {
        kept.append(element)
      } else if let last = kept.last, last != ".." {
        kept.removeLast()
      } else if !isRooted {
        kept.append(element)
      }
    }
    let joined = kept.joined(separator: "/")
    if isRooted { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  /// The elements joined by slashes and cleaned; empty elements are left out: `path.Join`.
  package static func join(_ elements: String...) -> String {
    let joined = elements.filter { !$0.isEmpty }.joined(separator: "/")
    return joined.isEmpty ? "" : clean(joined)
  }

  /// The last element: `path.Base`.
  package static func base(_ path: String) -> String {
    guard !path.isEmpty else { return "." }
    return path.split(separator: "/").last.map(String.init) ?? "/"
  }

  /// All but the last element, cleaned: `path.Dir`.
  package static func directory(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return clean(String(path[...slash]))
  }

  /// The suffix from the last dot of the last element on: `path.Ext`.
  package static func fileExtension(_ path: String) -> String {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    return name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""
  }
}
