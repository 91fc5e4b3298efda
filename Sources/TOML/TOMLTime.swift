import SourceText
import Values

/// A date or time of a TOML document: Go's `time.Time`, in a zone that remembers which of the four kinds it was.
final class TOMLTime: TemplateObject {
  /// The four kinds of TOML, by the zone that BurntSushi/toml gives them.
  enum Form: Hashable, Sendable {
    case offset
    case localDateTime, localDate, localTime
  }

  let form: Form
  /// `2006-01-02`
  private let date: String
  /// `15:04:05.999`
  private let time: String
  /// `Z` or `+01:00`
  private let zone: String

  init(form: Form, date: String, time: String, zone: String) {
    self.form = form
    self.date = date
    self.time = time
    self.zone = zone
  }

  /// RFC 3339, which JSON and YAML print.
  var text: String { "\(date)T\(time)\(zone)" }

  var goType: String { "time.Time" }
  var kind: Kind { .struct }
  func field(_ name: ByteString) -> Value? { nil }
  func method(_ name: ByteString) -> ObjectMethod? { nil }
  var underlying: Datum { .string(Text(text)) }
  var prettyText: ByteString? { ByteString(text) }
  var formatted: ByteString { stringer ?? ByteString() }
  var isTrue: Bool { true }

  /// `2006-01-02 15:04:05.999 +0000 UTC`
  var stringer: ByteString? {
    let offset = zone == "Z" ? "+0000" : zone.filter { $0 != ":" }
    let name =
      switch form {
      case .offset: zone == "Z" ? "UTC" : offset
      case .localDateTime: "datetime-local"
      case .localDate: "date-local"
      case .localTime: "time-local"
      }
    return ByteString("\(date) \(time) \(offset) \(name)")
  }

  /// What the writer prints for a time: in the form it was read in.
  static func written(_ object: any TemplateObject) -> [UInt8] {
    guard let time = object as? TOMLTime else {
      if case .string(let text) = object.underlying { return text.bytes }
      return object.stringer?.bytes ?? []
    }
    switch time.form {
    case .offset: return Array(time.text.utf8)
    case .localDateTime: return Array("\(time.date)T\(time.time)".utf8)
    case .localDate: return Array(time.date.utf8)
    case .localTime: return Array(time.time.utf8)
    }
  }

  // MARK: Reading

  /// Reads one of the forms; nil when it is none, or no date of the calendar.
  static func read(_ source: [UInt8]) -> TOMLTime? {
    let text = source.map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "z"): UInt8(ascii: "Z")
      case UInt8(ascii: "t"), UInt8(ascii: " "): UInt8(ascii: "T")
      default: byte
      }
    }
    var rest = text[...]
    guard let date = takeDate(&rest) else {
      guard let time = takeTime(&rest), rest.isEmpty else { return nil }
      return TOMLTime(form: .localTime, date: "0000-01-01", time: time, zone: "Z")
    }
    if rest.isEmpty { return TOMLTime(form: .localDate, date: date, time: "00:00:00", zone: "Z") }
    guard rest.popFirst() == UInt8(ascii: "T"), let time = takeTime(&rest) else { return nil }
    if rest.isEmpty { return TOMLTime(form: .localDateTime, date: date, time: time, zone: "Z") }
    guard let zone = takeZone(&rest), rest.isEmpty else { return nil }
    return TOMLTime(form: .offset, date: date, time: time, zone: zone)
  }

  /// `9` stands for any digit, everything else for itself.
  private static func take(_ pattern: StaticString, _ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    let count = pattern.utf8CodeUnitCount
    guard rest.count >= count else { return nil }
    let taken = Array(rest.prefix(count))
    for index in 0..<count {
      let wanted = pattern.utf8Start[index]
      guard wanted == UInt8(ascii: "9") ? taken[index] &- 48 < 10 : taken[index] == wanted else { return nil }
    }
    rest = rest.dropFirst(count)
    return taken
  }

  private static func number(_ digits: [UInt8], _ range: Range<Int>) -> Int {
    digits[range].reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  private static func takeDate(_ rest: inout ArraySlice<UInt8>) -> String? {
    var copy = rest
    guard let date = take("9999-99-99", &copy) else { return nil }
    let year = number(date, 0..<4)
    let month = number(date, 5..<7)
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), (1...days[month - 1]).contains(number(date, 8..<10)) else { return nil }
    rest = copy
    return String(decoding: date, as: UTF8.self)
  }

  /// The time of day, which may lack seconds, its fraction without zeros at the end.
  private static func takeTime(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard let minutes = take("99:99", &rest), number(minutes, 0..<2) < 24, number(minutes, 3..<5) < 60 else {
      return nil
    }
    let start = String(decoding: minutes, as: UTF8.self)
    guard let seconds = take(":99", &rest) else { return rest.first == UInt8(ascii: ":") ? nil : start + ":00" }
    guard number(seconds, 1..<3) < 60 else { return nil }
    var fraction: [UInt8] = []
    if rest.first == UInt8(ascii: ".") {
      fraction = Array(rest.dropFirst().prefix { $0 &- 48 < 10 })
      guard !fraction.isEmpty else { return nil }
      rest = rest.dropFirst(fraction.count + 1)
      fraction = Array(fraction.prefix(9))
      while fraction.last == 48 { fraction.removeLast() }
    }
    let dotted = fraction.isEmpty ? [] : [UInt8(ascii: ".")] + fraction
    return start + String(decoding: seconds + dotted, as: UTF8.self)
  }

  private static func takeZone(_ rest: inout ArraySlice<UInt8>) -> String? {
    if rest.first == UInt8(ascii: "Z") {
      rest = rest.dropFirst()
      return "Z"
    }
    guard let zone = take("+99:99", &rest) ?? take("-99:99", &rest), number(zone, 1..<3) <= 24,
      number(zone, 4..<6) <= 60
    else { return nil }
    let text = String(decoding: zone, as: UTF8.self)
    return text == "+00:00" || text == "-00:00" ? "Z" : text
  }
}
