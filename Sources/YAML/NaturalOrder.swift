import SourceText

/// The versions of go-yaml that Helm writes with.
enum GoYAMLVersion {
  /// `toYaml`
  case v2
  /// `toYamlPretty`
  case v3
}

/// go-yaml's order of map keys: runs of digits by their value, other characters before letters (in version 3 behind a
/// digit after them).
///
/// The comparison is go-yaml's, which is not transitive for some sets of keys; go-yaml prints those in varying order.
enum NaturalOrder {
  static func precedes(_ left: ByteString, _ right: ByteString, version: GoYAMLVersion) -> Bool {
    left.bytes.withUnsafeBufferPointer { a in
      right.bytes.withUnsafeBufferPointer { b in
        isASCII(a) && isASCII(b)
          ? precedes(ASCII(bytes: a), ASCII(bytes: b), version) : precedes(scalars(a), scalars(b), version)
      }
    }
  }

  private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in bytes where byte >= 0x80 { return false }
    return true
  }

  private static func scalars(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
  }

  /// ASCII bytes seen as code points, so that both kinds of keys share one comparison.
  private struct ASCII: RandomAccessCollection {
    let bytes: UnsafeBufferPointer<UInt8>
    var startIndex: Int { 0 }
    var endIndex: Int { bytes.count }
    subscript(index: Int) -> UInt32 { UInt32(bytes[index]) }
  }

  private static func precedes<C: RandomAccessCollection<UInt32>>(
    _ a: C, _ b: C, _ version: GoYAMLVersion
  ) -> Bool where C.Index == Int {
    var followsDigit = false
    for index in 0..<min(a.count, b.count) {
      let left = a[index]
      let right = b[index]
      if left == right {
        followsDigit = isDigit(left)
        continue
      }
      let leftIsLetter = isLetter(left)
      let rightIsLetter = isLetter(right)
      if leftIsLetter && rightIsLetter { return left < right }
      if leftIsLetter || rightIsLetter { return followsDigit && version == .v3 ? leftIsLetter : rightIsLetter }
      return precedesByNumber(a, b, at: index)
    }
    return a.count < b.count
  }

  /// Compares the numbers that start at `index`, where neither side has a letter.
  private static func precedesByNumber<C: RandomAccessCollection<UInt32>>(_ a: C, _ b: C, at index: Int) -> Bool
  where C.Index == Int {
    var seed: Int64 = 0
    if a[index] == 48 || b[index] == 48 {
      // Zeros inside a number count: put a digit before them.
      var before = index - 1
      while before >= 0, isDigit(a[before]) {
        if a[before] != 48 {
          seed = 1
          break
        }
        before -= 1
      }
    }
    let (leftNumber, leftEnd) = number(a, from: index, seed)
    let (rightNumber, rightEnd) = number(b, from: index, seed)
    if leftNumber != rightNumber { return leftNumber < rightNumber }
    if leftEnd != rightEnd { return leftEnd < rightEnd }
    return a[index] < b[index]
  }

  private static func number<C: RandomAccessCollection<UInt32>>(
    _ text: C, from start: Int, _ seed: Int64
  ) -> (Int64, Int) where C.Index == Int {
    var value = seed
    var index = start
    while index < text.count, isDigit(text[index]) {
      value = value &* 10 &+ (Int64(text[index]) - 48)
      index += 1
    }
    return (value, index)
  }

  private static func isDigit(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar &- 48 < 10 }
    return Unicode.Scalar(scalar)?.properties.generalCategory == .decimalNumber
  }

  private static func isLetter(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return (scalar | 0x20) &- 97 < 26 }
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return false
    }
  }
}
