import SourceText
import YAML

extension DeliveryJob.TimeLimit {
  /// The limit under `key`; nil where there is none that can be read. `bareUnit`: seconds that a number without a unit
  /// counts for.
  init?(_ job: YAMLNode, key: String, bareUnit: Int, in file: SourceFile) {
    guard let (name, value) = job.entries.first(where: { $0.key.text?.string == key }),
      let text = value.resolved.text?.string, let seconds = Self.seconds(in: text, bareUnit: bareUnit)
    else { return nil }
    self.init(
      seconds: seconds, place: SourceRange(file, name.range.union(value.range)), text: "\(key): \(text)")
  }

  private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

  /// `90`, `1h 30m`, `3 hours and 10 minutes` (gitlab-chronic-duration); nil for anything else, months among it.
  private static func seconds(in text: String, bareUnit: Int) -> Int? {
    var total = 0
    var rest = Substring(text.filter { $0 != " " }.replacing(word: "and"))
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber }
      rest = rest.dropFirst(digits.count)
      let word = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(word.count)
      guard let number = Int(digits), !word.hasPrefix("mo") else { return nil }
      guard let unit = word.isEmpty ? bareUnit : word.first.flatMap({ units[$0] }) else { return nil }
      let (part, isTooLarge) = number.multipliedReportingOverflow(by: unit)
      let (sum, overflows) = total.addingReportingOverflow(part)
      guard !isTooLarge, !overflows else { return nil }
      total = sum
    }
    return total
  }
}

extension String {
  fileprivate func replacing(word: String) -> String {
    var rest = Substring(self)
    var result = ""
    while let first = rest.first {
      if rest.hasPrefix(word) {
        rest = rest.dropFirst(word.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
