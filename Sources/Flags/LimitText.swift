/// What a limit counts, and how its flag's text is read.
package enum LimitKind: Hashable, Sendable {
  /// A whole number above zero.
  case count
  /// Bytes, with a unit or without: `64MiB`, `1GB`, `4096`.
  case size
  /// Seconds, with a unit or without: `500ms`, `2s`, `1m`.
  case time

  /// The number that a text means; nil for one that is none, or not above zero.
  package func number(_ text: String) -> Double? {
    let units = self.units
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "_") }
    guard let number = Double(digits.filter { $0 != "_" }), number > 0, number.isFinite else { return nil }
    let unit = text.dropFirst(digits.count)
    guard let factor = units.first(where: { $0.name == unit.lowercased() })?.factor else { return nil }
    let result = number * factor
    return self == .time || result == result.rounded() && result < 0x1p62 ? result : nil
  }

  /// What a message says is wanted.
  package var expectation: String {
    switch self {
    case .count: "a number above zero"
    case .size: "a size such as 64MiB"
    case .time: "a time such as 2s"
    }
  }

  private var units: [(name: String, factor: Double)] {
    switch self {
    case .count: [("", 1)]
    case .size:
      [
        ("", 1), ("b", 1), ("k", 1024), ("kb", 1000), ("kib", 1024), ("m", 1_048_576), ("mb", 1_000_000),
        ("mib", 1_048_576), ("g", 1_073_741_824), ("gb", 1_000_000_000), ("gib", 1_073_741_824),
      ]
    case .time: [("", 1), ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
    }
  }
}
