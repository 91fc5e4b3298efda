import SourceText

/// Go's `path.Match`: `*` and `?` stop at `/`, `[a-z]`, `[^a]`, `\` takes the next character literally.
package enum PathMatch {
  /// The pattern is malformed (`syntax error in pattern`).
  package struct BadPattern: Error, Hashable, Sendable {
    package let message = "syntax error in pattern"
  }

  /// Whether `name` matches the whole of `pattern`. As in Go, a bad pattern is noticed even after a mismatch.
  package static func matches(_ name: ByteString, pattern: ByteString) throws(BadPattern) -> Bool {
    var name = name.bytes[...]
    var pattern = pattern.bytes[...]
    while !pattern.isEmpty {
      let (star, chunk, remaining) = scanChunk(pattern)
      pattern = remaining
      if star && chunk.isEmpty { return !name.contains(slash) }
      if let rest = try match(chunk, name), rest.isEmpty || !pattern.isEmpty {
        name = rest
        continue
      }
      if star, let rest = try matchAfterSkipping(chunk, name, isLast: pattern.isEmpty) {
        name = rest
        continue
      }
      // Whatever is left must still be well formed.
      while !pattern.isEmpty {
        let (_, chunk, remaining) = scanChunk(pattern)
        pattern = remaining
        _ = try match(chunk, [])
      }
      return false
    }
    return name.isEmpty
  }

  private static let slash = UInt8(ascii: "/")

  private static func matchAfterSkipping(
    _ chunk: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>, isLast: Bool
  ) throws(BadPattern) -> ArraySlice<UInt8>? {
    var index = name.startIndex
    while index < name.endIndex && name[index] != slash {
      index += 1
      if let rest = try match(chunk, name[index...]), !isLast || rest.isEmpty { return rest }
    }
    return nil
  }

  /// Splits a leading run of stars and the literal or class text up to the next star off the pattern.
  private static func scanChunk(
    _ pattern: ArraySlice<UInt8>
  ) -> (star: Bool, chunk: ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
    var pattern = pattern
    var star = false
    while pattern.first == UInt8(ascii: "*") {
      pattern = pattern.dropFirst()
      star = true
    }
    var isInClass = false
    var index = pattern.startIndex
    scan: while index < pattern.endIndex {
      switch pattern[index] {
      case UInt8(ascii: "\\"): if index + 1 < pattern.endIndex { index += 1 }
      case UInt8(ascii: "["): isInClass = true
      case UInt8(ascii: "]"): isInClass = false
      case UInt8(ascii: "*"): if !isInClass { break scan }
      default: break
      }
      index += 1
    }
    return (star, pattern[..<index], pattern[index...])
  }

  /// What is left of `text` behind a match of `chunk` at its start; nil when it does not match.
  private static func match(
    _ chunk: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>
  ) throws(BadPattern) -> ArraySlice<UInt8>? {
    var chunk = chunk
    var text = text
    var failed = false
    while let head = chunk.first {
      if !failed && text.isEmpty { failed = true }
      switch head {
      case UInt8(ascii: "["):
        var scalar: Unicode.Scalar = "\0"
        if !failed {
          let (decoded, width) = GoText.decodeScalar(text)
          scalar = decoded
          text = text.dropFirst(width)
        }
        chunk = chunk.dropFirst()
        if try !matchClass(&chunk, scalar) { failed = true }
      case UInt8(ascii: "?"):
        if !failed {
          if text.first == slash { failed = true }
          text = text.dropFirst(GoText.decodeScalar(text).1)
        }
        chunk = chunk.dropFirst()
      default:
        if head == UInt8(ascii: "\\") {
          chunk = chunk.dropFirst()
          if chunk.isEmpty { throw BadPattern() }
        }
        if !failed {
          if chunk.first != text.first { failed = true }
          text = text.dropFirst()
        }
        chunk = chunk.dropFirst()
      }
    }
    return failed ? nil : text
  }

  /// Reads a class behind its `[` and tells whether it holds `scalar`.
  private static func matchClass(
    _ chunk: inout ArraySlice<UInt8>, _ scalar: Unicode.Scalar
  ) throws(BadPattern) -> Bool {
    var isNegated = false
    if chunk.first == UInt8(ascii: "^") {
      isNegated = true
      chunk = chunk.dropFirst()
    }
    var isMatch = false
    var ranges = 0
    while true {
      if chunk.first == UInt8(ascii: "]") && ranges > 0 {
        chunk = chunk.dropFirst()
        return isMatch != isNegated
      }
      let low = try escaped(&chunk)
      var high = low
      if chunk.first == UInt8(ascii: "-") {
        chunk = chunk.dropFirst()
        high = try escaped(&chunk)
      }
      if low <= scalar && scalar <= high { isMatch = true }
      ranges += 1
    }
  }

  /// One possibly escaped character of a class.
  private static func escaped(_ chunk: inout ArraySlice<UInt8>) throws(BadPattern) -> Unicode.Scalar {
    guard let first = chunk.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "]") else {
      throw BadPattern()
    }
    if first == UInt8(ascii: "\\") {
      chunk = chunk.dropFirst()
      if chunk.isEmpty { throw BadPattern() }
    }
    let (scalar, width) = GoText.decodeScalar(chunk)
    if scalar == GoText.replacement && width == 1 { throw BadPattern() }
    chunk = chunk.dropFirst(width)
    if chunk.isEmpty { throw BadPattern() }
    return scalar
  }
}
