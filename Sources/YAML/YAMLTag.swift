import SourceText
import Values

/// The tags that go-yaml v2 knows.
enum YAMLTag {
  static let prefix = Array("tag:yaml.org,2002:".utf8)
  static let merge = prefix + Array("merge".utf8)
  static let binary = prefix + Array("binary".utf8)

  private static let resolvable = ["str", "bool", "int", "float", "null", "timestamp"].map { prefix + Array($0.utf8) }
  private static let string = prefix + Array("str".utf8)
  private static let float = prefix + Array("float".utf8)
  private static let timestamp = prefix + Array("timestamp".utf8)

  /// What a scalar with an explicit tag is.
  static func resolve(_ text: [UInt8], tag: [UInt8]) -> Resolved {
    guard resolvable.contains(tag), tag != string else { return .string }
    if tag == timestamp && Timestamp.isTimestamp(text) { return .string }
    let resolved = Resolution.resolve(text)
    guard tag == float else { return resolved }
    switch resolved {
    case .integer(let integer): return .float(Double(integer))
    default: return resolved
    }
  }

  /// go-yaml's message when a scalar is not what its tag says.
  static func fault(_ resolved: Resolved, _ text: [UInt8], tag: [UInt8]) -> String? {
    if tag == binary { return (try? Base64.decode(text)) == nil ? "!!binary value contains invalid base64 data" : nil }
    guard resolvable.contains(tag), tag != string else { return nil }
    if tag == timestamp && Timestamp.isTimestamp(text) { return nil }
    let wanted = "!!" + String(decoding: tag[prefix.count...], as: UTF8.self)
    guard resolved.tag != wanted else { return nil }
    return "cannot decode \(resolved.tag) `\(String(decoding: text, as: UTF8.self))` as a \(wanted)"
  }
}

/// The timestamps that go-yaml v2 recognises.
enum Timestamp {
  /// `2006-1-2`, or with a time of day `15:4:5.999` behind `T`, `t` or a space, and perhaps a zone; the date must
  /// be one of the calendar.
  static func isTimestamp(_ text: [UInt8]) -> Bool {
    var reader = DigitReader(text)
    guard let year = reader.digits(4...4), reader.take("-"), let month = reader.digits(1...2), reader.take("-"),
      let day = reader.digits(1...2), (1...12).contains(month), day >= 1, day <= days(in: month, of: year)
    else { return false }
    if reader.isAtEnd { return true }
    let isSpaced = reader.take(" ")
    guard isSpaced || reader.take("T") || reader.take("t") else { return false }
    guard let hour = reader.digits(1...2), reader.take(":"), let minute = reader.digits(1...2), reader.take(":"),
      let second = reader.digits(1...2), hour < 24, minute < 60, second < 60
    else { return false }
    reader.skipFraction()
    return isSpaced ? reader.isAtEnd : endsWithZone(&reader)
  }

  private static func endsWithZone(_ reader: inout DigitReader) -> Bool {
    if reader.take("Z") { return reader.isAtEnd }
    guard reader.take("+") || reader.take("-"), let hours = reader.digits(2...2), reader.take(":"),
      let minutes = reader.digits(2...2)
    else { return false }
    return hours <= 24 && minutes <= 60 && reader.isAtEnd
  }

  private static func days(in month: Int, of year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  private struct DigitReader {
    private var rest: ArraySlice<UInt8>
    init(_ text: [UInt8]) { rest = text[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard let first = rest.first, UInt32(first) == character.value else { return false }
      rest.removeFirst()
      return true
    }

    /// A point or comma with digits behind it.
    mutating func skipFraction() {
      guard let first = rest.first, first == UInt8(ascii: ".") || first == UInt8(ascii: ",") else { return }
      let behind = rest.dropFirst().drop(while: { $0 &- 48 < 10 })
      if behind.count < rest.count - 1 { rest = behind }
    }

    mutating func digits(_ count: ClosedRange<Int>) -> Int? {
      let digits = rest.prefix(while: { $0 &- 48 < 10 }).prefix(count.upperBound)
      guard count.contains(digits.count) else { return nil }
      rest = rest.dropFirst(digits.count)
      return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
  }
}

extension EventParser {
  /// The full tag of an event: the prefix that its handle stands for, and the suffix with its escapes resolved.
  func tag(of event: Event) -> [UInt8] {
    guard !event.tag.isEmpty else { return [] }
    let start = Int(event.tag.start)
    let suffix = event.tagSuffix.range
    var bytes: [UInt8] = []
    if suffix.start > start && scanner.text[start + 1] != UInt8(ascii: "<") {
      let handle = ByteRange(start, suffix.start)
      if let found = tagPrefixes.first(where: { scanner.areEqual($0.handle, handle) }) {
        bytes = unescaped(found.prefix)
      } else {
        bytes = handle.count == 2 ? YAMLTag.prefix : [UInt8(ascii: "!")]
      }
    }
    return bytes + unescaped(suffix)
  }

  private func unescaped(_ range: ByteRange) -> [UInt8] {
    var bytes: [UInt8] = []
    var at = range.start
    while at < range.end {
      if scanner.text[at] == UInt8(ascii: "%"), let high = Escapes.hexDigit(scanner.text[at + 1]),
        let low = Escapes.hexDigit(scanner.text[at + 2])
      {
        bytes.append(high << 4 | low)
        at += 3
      } else {
        bytes.append(scanner.text[at])
        at += 1
      }
    }
    return bytes
  }
}
