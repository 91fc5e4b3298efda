import Diagnostics
import JSON
import SourceText
import Values

/// The findings that a project knew when it wrote its baseline: they are reported, but do not fail.
///
/// An entry has no line numbers, so edits around a finding change nothing. Paths are relative to the file's folder.
package struct Baseline: Sendable {
  package struct Entry: Hashable, Sendable {
    package var rule: String
    package var level: Level
    /// The chart, manifest or script that was linted.
    package var input: String
    package var identity: FindingIdentity
    /// The environments in which it was found; empty where there was but one.
    package var environments: Set<String>

    package var description: String {
      let place = identity.object.isEmpty ? identity.path : identity.object
      return ([rule, place, identity.field].filter { !$0.isEmpty }).joined(separator: " ")
    }
  }

  package var entries: [Entry]

  package init(entries: [Entry]) { self.entries = entries }

  /// Rises when entries change their meaning.
  static let version = 1

  /// The numbers of the entries that a finding matches: an entry of a lower level, or of fewer environments, knew
  /// something smaller.
  package func matches(_ finding: Entry) -> [Int] {
    entries.indices.filter { index in
      let entry = entries[index]
      return entry.rule == finding.rule && entry.identity == finding.identity && entry.input == finding.input
        && entry.level >= finding.level && finding.environments.isSubset(of: entry.environments)
    }
  }
}

extension Baseline.Entry {
  /// The entry of a diagnostic; nil for what no rule found. `relative` makes a path relative to the baseline's folder.
  package init?(_ diagnostic: Diagnostic, relative: (String) -> String) {
    guard var identity = diagnostic.identity else { return nil }
    rule = diagnostic.id.name
    level = diagnostic.level
    input = relative(identity.input)
    environments = Set(diagnostic.environments)
    identity.input = ""
    if !identity.path.isEmpty { identity.path = relative(identity.path) }
    self.identity = identity
  }
}

// MARK: - The file

/// Why a text is no baseline.
package struct BaselineError: Error, Hashable, Sendable {
  package let message: String
  package init(message: String) { self.message = message }
}

extension Baseline {
  /// Reads the file.
  package init(_ file: SourceFile) throws(BaselineError) {
    let document: Value
    do throws(JSONError) {
      document = try JSONReader.value(of: file, origins: OriginTable(isTracking: false))
    } catch {
      throw BaselineError(message: error.message)
    }
    guard let map = document.asMap, case .float(let number)? = map["version"]?.datum, number == Double(Self.version),
      let findings = map["findings"]?.asList
    else { throw BaselineError(message: "no baseline of version \(Self.version)") }
    entries = []
    for value in findings.elements {
      guard let entry = Entry(value) else { throw BaselineError(message: "entry \(entries.count + 1) is incomplete") }
      entries.append(entry)
    }
  }

  /// The file's text: sorted, so that a review shows what changed.
  package var text: ByteString {
    let findings = Set(entries).map { (key: $0.sortKey, value: $0.value) }.sorted { $0.key < $1.key }.map(\.value)
    let document = Value.map(MapValue(["version": .int(Self.version), "findings": .list(findings)]))
    let style = JSONWriter.Style(escapesHTML: false, indent: "  ")
    // Nothing but maps, lists, strings and an integer: none of them can fail.
    let text = (try? JSONWriter.text(of: document, style: style, tracking: false)) ?? Text()
    return ByteString(text.bytes + [UInt8(ascii: "\n")])
  }
}

extension Baseline.Entry {
  fileprivate init?(_ value: Value) {
    guard let map = value.asMap, let rule = map["rule"]?.text?.string,
      let level = map["level"]?.text.flatMap({ Level(rawValue: $0.string) })
    else { return nil }
    func text(_ key: ByteString) -> String { map[key]?.text?.string ?? "" }
    var quotes: [String: String] = [:]
    for entry in map["quotes"]?.asMap?.entries ?? [] { quotes[entry.key.string] = entry.value.text?.string ?? "" }
    self.rule = rule
    self.level = level
    input = text("input")
    identity = FindingIdentity(object: text("object"), field: text("field"), path: text("path"), quotes: quotes)
    environments = Set(map["environments"]?.asList?.elements.compactMap { $0.text?.string } ?? [])
  }

  fileprivate var sortKey: String {
    let quotes = identity.quotes.sorted { $0.key < $1.key }.map { $0.key + "=" + $0.value }
    return
      ([input, identity.object, identity.path, identity.field, rule, level.rawValue] + quotes
      + environments.sorted()).joined(separator: "\u{0}")
  }

  fileprivate var value: Value {
    let map = MapValue(["rule": .string(rule), "level": .string(level.rawValue), "input": .string(input)])
    for (key, text) in [("object", identity.object), ("field", identity.field), ("path", identity.path)]
    where !text.isEmpty { map[ByteString(key)] = .string(text) }
    if !identity.quotes.isEmpty {
      map["quotes"] = .map(
        MapValue(unsorted: identity.quotes.map { MapValue.Entry(key: ByteString($0.key), value: .string($0.value)) }))
    }
    if !environments.isEmpty { map["environments"] = .list(environments.sorted().map { .string($0) }) }
    return .map(map)
  }
}
