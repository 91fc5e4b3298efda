/// A schedule of a CronJob, in the grammar of the library that the controller uses: five fields, or `@daily` and its
/// like.
package struct CronSchedule: Sendable {
  /// What is wrong with a schedule.
  package struct Fault: Error, Hashable, Sendable {
    package let reason: String
  }

  /// True when it fires more than once an hour.
  package let isMoreThanHourly: Bool

  package init(_ text: String) throws(Fault) {
    let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
    guard let first = words.first else { throw Fault(reason: "is empty") }
    if first.hasPrefix("TZ=") || first.hasPrefix("CRON_TZ=") {
      throw Fault(reason: "names a time zone, which belongs in `timeZone`")
    }
    if first.hasPrefix("@") {
      isMoreThanHourly = try Self.descriptor(words)
      return
    }
    guard words.count == Self.fields.count else {
      throw Fault(reason: "has \(words.count) field\(words.count == 1 ? "" : "s"), not 5")
    }
    var sizes: [Int] = []
    for (field, word) in zip(Self.fields, words) { sizes.append(try field.count(of: word)) }
    isMoreThanHourly = sizes[0] > 1
  }

  /// Whether `@…` fires more than once an hour.
  private static func descriptor(_ words: [String]) throws(Fault) -> Bool {
    if words[0] == "@every" {
      guard words.count == 2, let seconds = seconds(of: words[1]) else {
        throw Fault(reason: "needs a duration behind `@every`, such as `1h30m`")
      }
      return seconds < 3600
    }
    guard ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"].contains(words[0]),
      words.count == 1
    else { throw Fault(reason: "`\(words.joined(separator: " "))` is no schedule") }
    return false
  }

  /// Go's durations, as far as schedules have use for them.
  private static func seconds(of text: String) -> Double? {
    let units: [(String, Double)] = [
      ("ms", 0.001), ("us", 0.000001), ("ns", 0.000000001), ("h", 3600), ("m", 60), ("s", 1),
    ]
    var rest = Substring(text)
    var total = 0.0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      guard let number = Double(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      guard let unit = units.first(where: { rest.hasPrefix($0.0) }) else { return nil }
      total += number * unit.1
      rest = rest.dropFirst(unit.0.count)
    }
    return total
  }

  // MARK: Fields

  private struct Field {
    let name: String
    let range: ClosedRange<Int>
    var names: [String] = []

    /// How many values an entry such as `*/5`, `1-3,7` or `mon` stands for.
    func count(of word: String) throws(Fault) -> Int {
      var values: Set<Int> = []
      for part in word.split(separator: ",", omittingEmptySubsequences: false) {
        for value in try self.values(of: part, in: word) { values.insert(value) }
      }
      return values.count
    }

    private func values(of part: Substring, in word: String) throws(Fault) -> StrideThrough<Int> {
      let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      let step = halves.count == 2 ? Int(halves[1]) ?? 0 : 1
      guard step > 0 else { throw fault("has no step in `\(part)`", word) }
      if halves[0] == "*" || halves[0] == "?" {
        return stride(from: range.lowerBound, through: range.upperBound, by: step)
      }
      let ends = halves[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = value(ends[0]), let last = ends.count == 2 ? value(ends[1]) : first else {
        throw fault("cannot be read: `\(part)`", word)
      }
      guard range.contains(first), range.contains(last) else {
        throw fault("is outside \(range.lowerBound)–\(range.upperBound)", word)
      }
      guard first <= last else { throw fault("ends before it starts", word) }
      // `5/15` goes on to the end of the range.
      return stride(from: first, through: halves.count == 2 && ends.count == 1 ? range.upperBound : last, by: step)
    }

    private func value(_ text: Substring) -> Int? {
      if let number = Int(text) { return number }
      return names.firstIndex(of: text.lowercased()).map { $0 + range.lowerBound }
    }

    private func fault(_ reason: String, _ word: String) -> Fault { Fault(reason: "\(name) `\(word)` \(reason)") }
  }

  private static let fields = [
    Field(name: "minute", range: 0...59), Field(name: "hour", range: 0...23),
    Field(name: "day of month", range: 1...31),
    Field(
      name: "month", range: 1...12,
      names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
    Field(name: "day of week", range: 0...6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
  ]
}
