import Delivery
import Kubernetes
import SourceText

/// A selector as command lines take it: `app=web,tier!=db,env in (prod,test),!old`.
struct LabelCondition {
  private enum Term {
    case equals(String, String)
    case differs(String, String)
    case isAmong(String, [String])
    case isNotAmong(String, [String])
    case exists(String)
    case isMissing(String)
  }

  private let terms: [Term]

  /// Nil for a text that is not known, or that is no selector.
  init?(_ text: ResolvedText) {
    guard let constant = text.constant?.string else { return nil }
    var terms: [Term] = []
    for part in Self.parts(of: constant) {
      guard let term = Self.term(part) else { return nil }
      terms.append(term)
    }
    self.terms = terms
  }

  func matches(_ labels: Labels) -> Bool {
    terms.allSatisfy { term in
      switch term {
      case .equals(let key, let value): labels[key]?.scalar == value
      case .differs(let key, let value): labels[key]?.scalar != value
      case .isAmong(let key, let values): labels[key]?.scalar.map(values.contains) ?? false
      case .isNotAmong(let key, let values): !(labels[key]?.scalar.map(values.contains) ?? false)
      case .exists(let key): labels[key] != nil
      case .isMissing(let key): labels[key] == nil
      }
    }
  }

  /// Commas inside parentheses part no terms.
  private static func parts(of text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth <= 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts.map(trimmed).filter { !$0.isEmpty }
  }

  private static func term(_ text: String) -> Term? {
    if text.hasPrefix("!") { return .isMissing(trimmed(String(text.dropFirst()))) }
    if let sign = text.firstIndex(of: "!"), text[sign...].hasPrefix("!=") {
      return .differs(trimmed(String(text[..<sign])), trimmed(String(text[sign...].dropFirst(2))))
    }
    if let sign = text.firstIndex(of: "=") {
      let value = text[sign...].dropFirst(text[sign...].hasPrefix("==") ? 2 : 1)
      return .equals(trimmed(String(text[..<sign])), trimmed(String(value)))
    }
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else {
      return text.contains(" ") ? nil : .exists(text)
    }
    let values = text[open...].dropFirst().dropLast().split(separator: ",").map { trimmed(String($0)) }
    let words = text[..<open].split(separator: " ").map(String.init)
    guard words.count == 2 else { return nil }
    switch words[1] {
    case "in": return .isAmong(words[0], values)
    case "notin": return .isNotAmong(words[0], values)
    default: return nil
    }
  }

  private static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
