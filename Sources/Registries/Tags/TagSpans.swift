/// Dates, times and UUIDs: what may hold separators and still is one segment.
enum TagSpans {
  /// The segment of this kind that starts at `start` and ends at a separator or the end.
  static func match(_ text: [UInt8], at start: Int) -> (end: Int, shape: TagSegment.Shape)? {
    let candidates: [(Int?, TagSegment.Shape)] = [
      (uuid(text, start), .hash), (dateTime(text, start), .time), (isoDate(text, start), .date),
    ]
    for (end, shape) in candidates {
      if let end, end == text.count || isTagSeparator(text[end]) { return (end, shape) }
    }
    return nil
  }

  /// Groups of 8, 4, 4, 4 and 12 hexadecimal digits joined by hyphens.
  private static func uuid(_ text: [UInt8], _ start: Int) -> Int? {
    var index = start
    for (position, length) in [8, 4, 4, 4, 12].enumerated() {
      if position > 0 {
        guard index < text.count, text[index] == UInt8(ascii: "-") else { return nil }
        index += 1
      }
      guard index + length <= text.count, text[index..<index + length].allSatisfy(isLowerHex) else { return nil }
      index += length
    }
    return index
  }

  /// `20240131` with a time of four or six digits behind it, maybe parted by one of `t.-_`, maybe with a `z`.
  private static func dateTime(_ text: [UInt8], _ start: Int) -> Int? {
    guard isDate(number(text, start, 4), number(text, start + 4, 2), number(text, start + 6, 2)) else { return nil }
    var index = start + 8
    if index < text.count, isTagSeparator(text[index]) || text[index] == UInt8(ascii: "t") { index += 1 }
    guard let hour = number(text, index, 2), hour < 24, let minute = number(text, index + 2, 2), minute < 60 else {
      return nil
    }
    index += 4
    if let second = number(text, index, 2), second < 60 { index += 2 }
    if index < text.count, text[index] == UInt8(ascii: "z") { index += 1 }
    return index
  }

  /// `2024-01-31`, also with dots or underscores.
  private static func isoDate(_ text: [UInt8], _ start: Int) -> Int? {
    guard start + 10 <= text.count, isTagSeparator(text[start + 4]), isTagSeparator(text[start + 7]),
      isDate(number(text, start, 4), number(text, start + 5, 2), number(text, start + 8, 2))
    else { return nil }
    return start + 10
  }

  /// The eight digits of a date, for example `20240131`.
  static func isCompactDate(_ digits: [UInt8]) -> Bool {
    digits.count == 8 && isDate(number(digits, 0, 4), number(digits, 4, 2), number(digits, 6, 2))
  }

  /// A day of the years 2000 to 2099.
  private static func isDate(_ year: Int?, _ month: Int?, _ day: Int?) -> Bool {
    guard let year, let month, let day else { return false }
    guard (2000...2099).contains(year), (1...12).contains(month) else { return false }
    let lengths = [31, year % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...lengths[month - 1]).contains(day)
  }

  private static func number(_ text: [UInt8], _ start: Int, _ length: Int) -> Int? {
    guard start + length <= text.count else { return nil }
    var value = 0
    for byte in text[start..<start + length] {
      guard isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
}
