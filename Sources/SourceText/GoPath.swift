/// Slash-separated paths as Go's `path` and (on Unix) `path/filepath` packages handle them, without the disk.
package enum GoPath {
  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// The shortest path that names the same place: `path.Clean`.
  package static func clean(_ path: ByteString) -> ByteString {
    if isClean(path) { return path }
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

  /// Whether no element is empty, `.` or `..`, which holds for nearly all paths. The root counts as not clean.
  private static func isClean(_ path: ByteString) -> Bool {
    path.bytes.withUnsafeBufferPointer { bytes in
      var start = bytes.first == slash ? 1 : 0
      // One past the end once the last element was looked at; at the end behind a final slash.
      while start < bytes.count {
        let end = firstOffset(of: slash, in: bytes, from: start) ?? bytes.count
        let isDots = end - start <= 2 && bytes[start] == dot && bytes[end - 1] == dot
        if end == start || isDots { return false }
        start = end + 1
      }
      return start == bytes.count + 1
    }
  }

  /// The elements joined by slashes and cleaned; empty elements are left out: `path.Join`.
  package static func join(_ elements: ByteString...) -> ByteString {
    var joined = ByteString()
    for element in elements where !element.isEmpty {
      if !joined.isEmpty { joined.append(slash) }
      joined.append(element)
    }
    return joined.isEmpty ? "" : clean(joined)
  }

  /// The last element: `path.Base`.
  package static func base(_ path: ByteString) -> ByteString {
    guard let last = path.bytes.last else { return "." }
    if last != slash {
      let start = path.bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0
      return start == 0 ? path : path[start..<path.count]
    }
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
