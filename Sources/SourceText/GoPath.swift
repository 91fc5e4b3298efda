/// Slash-separated paths as Go's `path` and (on Unix) `path/filepath` packages handle them, without the disk.
package enum GoPath {
  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// The shortest path that names the same place: `path.Clean`.
  package static func clean(_ path: ByteString) -> ByteString {
    let isRooted = path.bytes.first == slash
    var kept: [ArraySlice<UInt8>] = []
    for element in path.bytes.split(separator: slash) where !element.elementsEqual([dot]) {
      if !element.elementsEqual([dot, dot]) {
        kept.append(element)
      } else if let last = kept.last, !last.elementsEqual([dot, dot]) {
        kept.removeLast()
      } else if !isRooted {
        kept.append(element)
      }
    }
    let joined = ByteString(kept.joined(separator: [slash]))
    if isRooted { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  /// The elements joined by slashes and cleaned; empty elements are left out: `path.Join`.
  package static func join(_ elements: ByteString...) -> ByteString {
    let joined = ByteString(elements.filter { !$0.isEmpty }.map(\.bytes).joined(separator: [slash]))
    return joined.isEmpty ? "" : clean(joined)
  }

  /// The last element: `path.Base`.
  package static func base(_ path: ByteString) -> ByteString {
    guard !path.isEmpty else { return "." }
    return path.bytes.split(separator: slash).last.map { ByteString($0) } ?? "/"
  }

  /// All but the last element, cleaned: `path.Dir`.
  package static func directory(_ path: ByteString) -> ByteString {
    guard let last = path.bytes.lastIndex(of: slash) else { return "." }
    return clean(ByteString(path.bytes[...last]))
  }

  /// The suffix from the last dot of the last element on, with the dot: `path.Ext`.
  package static func fileExtension(_ path: ByteString) -> ByteString {
    let name = path.bytes[((path.bytes.lastIndex(of: slash) ?? -1) + 1)...]
    return name.lastIndex(of: dot).map { ByteString(name[$0...]) } ?? ""
  }
}
