import SourceText

/// What a suppression says: `RULE[,RULE] [--] reason`, with an `until=2027-03-31` anywhere in the reason.
package struct SuppressionDirective: Hashable, Sendable {
  package var rules: [RuleSelector]
  package var reason: String
  package var until: Day?

  /// What is wrong with one: a clause for a message.
  package struct Malformation: Error, Hashable {
    package var message: String
    package init(message: String) { self.message = message }
  }

  /// Characters that a reason has at least.
  static let shortestReason = 10

  /// Reads what stands behind `slipway:ignore`.
  package init(_ text: String) throws(Malformation) {
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)[...]
    var names = ""
    repeat {
      guard let word = words.popFirst() else { break }
      names += word
    } while names.hasSuffix(",")
    if words.first == "--" { words.removeFirst() }
    try self.init(rules: names, reason: words.joined(separator: " "))
  }

  /// Reads the two parts of an annotation.
  package init(rules names: String, reason text: String) throws(Malformation) {
    rules = []
    let names = names.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    guard !names.isEmpty, names != ["--"] else { throw Malformation(message: "it names no rule") }
    for name in names {
      do throws(RuleSelector.Unknown) {
        rules.append(try RuleSelector(name))
      } catch {
        throw Malformation(message: error.message)
      }
    }
    var words: [Substring] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      guard word.hasPrefix("until=") else {
        words.append(word)
        continue
      }
      let date = word.dropFirst("until=".count).prefix { $0.isNumber || $0 == "-" }
      guard let day = Day(date) else {
        throw Malformation(message: "`\(word)` names no day, as `until=2027-03-31` does")
      }
      until = day
    }
    reason = words.joined(separator: " ")
    if reason.isEmpty { throw Malformation(message: "it gives no reason") }
    if reason.count < Self.shortestReason {
      throw Malformation(message: "its reason `\(reason)` is shorter than \(Self.shortestReason) characters")
    }
    if names.contains(reason) { throw Malformation(message: "its reason `\(reason)` is the rule's own name") }
  }
}
