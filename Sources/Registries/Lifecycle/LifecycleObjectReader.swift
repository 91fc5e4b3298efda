import Diagnostics
import SourceText
import YAML

/// Reads the fields of one object of a lifecycle policy, and collects what is wrong with them.
struct LifecycleObjectReader {
  let node: YAMLNode
  /// The rule's priority, for the messages.
  var priority: ByteString?
  var faults: [LifecycleFault] = []

  init(node: YAMLNode, priority: ByteString? = nil) {
    self.node = node
    self.priority = priority
  }

  mutating func report(_ reason: String, at place: YAMLNode, level: Level = .error) {
    faults.append(LifecycleFault(level: level, priority: priority, reason: reason, place: .node(place)))
  }

  /// Reports keys that nobody knows, and keys that are there twice.
  mutating func checkKeys(_ known: [String]) {
    var seen: Set<String> = []
    for (key, _) in node.entries {
      let name = key.text?.string ?? ""
      if !known.contains(name) {
        let nearest = nearestName(to: name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
        report("unknown key \"\(name)\"\(nearest)", at: key)
      } else if !seen.insert(name).inserted {
        report("\"\(name)\" is given twice; the last counts", at: key, level: .warning)
      }
    }
  }

  /// A required object.
  mutating func object(_ key: String) -> YAMLNode? {
    guard let value = required(key) else { return nil }
    guard value.isMapping else {
      report("\"\(key)\" must be an object", at: value)
      return nil
    }
    return value
  }

  /// A required whole number of at least 1.
  mutating func number(_ key: String) -> Int64? {
    guard let value = required(key) else { return nil }
    guard let scalar = value.scalar, scalar.value != .null else {
      report("\"\(key)\" must be a whole number", at: value)
      return nil
    }
    guard case .integer(let number) = scalar.value else {
      let hint = scalar.value == .string ? "the text \"\(scalar.text)\"" : "\(scalar.text)"
      report("\"\(key)\" must be a whole number, not \(hint)", at: value)
      return nil
    }
    guard number >= 1 else {
      report("\"\(key)\" must be at least 1, not \(number)", at: value)
      return nil
    }
    return number
  }

  /// One of several words; nil when it is missing, or none of them.
  mutating func word<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) -> Word?
  where Word.RawValue == String {
    guard let value = node[key] else { return nil }
    guard let text = value.string else {
      report("\"\(key)\" must be text", at: value)
      return nil
    }
    if let word = Word(rawValue: text) { return word }
    let known = type.allCases.map(\.rawValue)
    if let nearest = nearestName(to: text, among: known) {
      report("\"\(key)\" cannot be \"\(text)\"; did you mean \"\(nearest)\"?", at: value)
    } else {
      let list = known.map { "\"\($0)\"" }.joined(separator: ", ")
      report("unknown \"\(key)\" \"\(text)\"; known are \(list)", at: value, level: .warning)
    }
    return nil
  }

  mutating func requiredWord<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) -> Word?
  where Word.RawValue == String {
    required(key) == nil ? nil : word(key, type)
  }

  /// A list of at least one text.
  mutating func texts(_ list: YAMLNode, _ key: String) -> [ByteString]? {
    guard list.isSequence else {
      report("\"\(key)\" must be a list", at: list)
      return nil
    }
    guard list.childCount > 0 else {
      report("\"\(key)\" is empty", at: list)
      return nil
    }
    var texts: [ByteString] = []
    for item in list.items {
      guard let scalar = item.scalar, scalar.value == .string else {
        report("\"\(key)\" must hold texts only", at: item)
        return nil
      }
      texts.append(scalar.text)
    }
    return texts
  }

  private mutating func required(_ key: String) -> YAMLNode? {
    if let value = node[key] { return value }
    report("\"\(key)\" is missing", at: node)
    return nil
  }

  /// Reads an object below this one.
  mutating func within<Result>(_ child: YAMLNode, _ read: (inout LifecycleObjectReader) -> Result) -> Result {
    var reader = LifecycleObjectReader(node: child, priority: priority)
    let result = read(&reader)
    faults += reader.faults
    return result
  }
}
