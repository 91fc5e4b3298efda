import SourceText

/// One element of a Go layout: a part of the reference time `Mon Jan 2 15:04:05 MST 2006`.
enum LayoutElement: Hashable, Sendable {
  enum Padding: Hashable, Sendable { case none, zero, space }
  /// How an offset from UTC is written.
  struct Offset: Hashable, Sendable {
    enum Precision: Hashable, Sendable { case hours, minutes, seconds }
    var precision: Precision
    var hasColons: Bool
    /// Whether UTC is written `Z`.
    var usesZ: Bool
  }

  case longMonth, shortMonth
  case month(Padding)
  case longWeekday, shortWeekday
  case day(Padding)
  case dayOfYear(Padding)
  case hour
  case hour12(Padding)
  case minute(Padding)
  case second(Padding)
  case longYear, shortYear
  case upperMeridiem, lowerMeridiem
  case zoneName
  case offset(Offset)
  /// A separator and a fixed count of digits, or up to that count without trailing zeros.
  case fraction(digits: Int, separator: UInt8, trimsZeros: Bool)
}

/// A layout cut into literal text and elements.
struct LayoutScanner {
  let layout: [UInt8]
  private(set) var position = 0

  init(_ layout: ByteString) { self.layout = layout.bytes }

  /// The next element with the literal text before it; the element is nil at the end.
  mutating func next() -> (literal: ArraySlice<UInt8>, element: LayoutElement?, range: Range<Int>) {
    let start = position
    for index in start..<layout.count {
      guard let (element, skipped, length) = LayoutScanner.element(layout[index...]) else { continue }
      position = index + skipped + length
      return (layout[start..<index + skipped], element, (index + skipped)..<position)
    }
    position = layout.count
    return (layout[start...], nil, layout.count..<layout.count)
  }

  /// The element at the start of `rest`: how many literal bytes precede it, and its length.
  private static func element(
    _ rest: ArraySlice<UInt8>
  ) -> (element: LayoutElement, skipped: Int, length: Int)? {
    guard let first = rest.first else { return nil }
    if first == UInt8(ascii: ".") || first == UInt8(ascii: ",") { return fraction(rest) }
    for row in table where row.text[0] == first && rest.starts(with: row.text) {
      if row.isWord, let next = rest.dropFirst(row.text.count).first, next >= 0x61, next <= 0x7A { return nil }
      return (row.element, row.skipped, row.text.count - row.skipped)
    }
    return nil
  }

  private static func fraction(
    _ rest: ArraySlice<UInt8>
  ) -> (element: LayoutElement, skipped: Int, length: Int)? {
    let digits = rest.dropFirst()
    guard let digit = digits.first, digit == UInt8(ascii: "0") || digit == UInt8(ascii: "9") else { return nil }
    let run = digits.prefix { $0 == digit }
    if let next = digits.dropFirst(run.count).first, isDigit(next) { return nil }
    let element = LayoutElement.fraction(
      digits: run.count & 0xFFF, separator: rest[rest.startIndex], trimsZeros: digit == UInt8(ascii: "9"))
    return (element, 0, run.count + 1)
  }

  private struct Row {
    var text: [UInt8]
    var element: LayoutElement
    /// Bytes at the start of `text` that stay literal.
    var skipped = 0
    /// A month or weekday name is not one when a lower-case letter follows.
    var isWord = false

    init(_ text: String, _ element: LayoutElement, skipped: Int = 0, isWord: Bool = false) {
      self.text = Array(text.utf8)
      self.element = element
      self.skipped = skipped
      self.isWord = isWord
    }
  }

  /// Of two texts with one start the longer stands first.
  private static let table: [Row] = [
    Row("January", .longMonth), Row("Jan", .shortMonth, isWord: true),
    Row("Monday", .longWeekday), Row("Mon", .shortWeekday, isWord: true), Row("MST", .zoneName),
    Row("002", .dayOfYear(.zero)), Row("01", .month(.zero)), Row("02", .day(.zero)),
    Row("03", .hour12(.zero)), Row("04", .minute(.zero)), Row("05", .second(.zero)), Row("06", .shortYear),
    Row("15", .hour), Row("1", .month(.none)),
    Row("2006", .longYear), Row("2", .day(.none)),
    Row("_2006", .longYear, skipped: 1), Row("_2", .day(.space)), Row("__2", .dayOfYear(.space)),
    Row("3", .hour12(.none)), Row("4", .minute(.none)), Row("5", .second(.none)),
    Row("PM", .upperMeridiem), Row("pm", .lowerMeridiem),
    Row("-070000", offset(.seconds, colons: false, z: false)),
    Row("-07:00:00", offset(.seconds, colons: true, z: false)),
    Row("-0700", offset(.minutes, colons: false, z: false)),
    Row("-07:00", offset(.minutes, colons: true, z: false)),
    Row("-07", offset(.hours, colons: false, z: false)),
    Row("Z070000", offset(.seconds, colons: false, z: true)),
    Row("Z07:00:00", offset(.seconds, colons: true, z: true)),
    Row("Z0700", offset(.minutes, colons: false, z: true)),
    Row("Z07:00", offset(.minutes, colons: true, z: true)),
    Row("Z07", offset(.hours, colons: false, z: true)),
  ]

  private static func offset(
    _ precision: LayoutElement.Offset.Precision, colons: Bool, z: Bool
  ) -> LayoutElement {
    .offset(LayoutElement.Offset(precision: precision, hasColons: colons, usesZ: z))
  }
}

/// The English names that layouts know.
enum CalendarNames {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}
