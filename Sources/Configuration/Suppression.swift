import Diagnostics
import Rules
import SourceText

/// Somebody's decision to live with findings, where it stands and how far it reaches.
package struct Suppression: Hashable, Sendable {
  package enum Reach: Hashable, Sendable {
    /// Findings on a stretch of a file.
    case span(SourceRange)
    /// Findings on an object, or on its pods alone; the compiler, which knows nodes, tells which those are.
    case annotated
    /// Findings in files and on objects that the patterns of a configuration match; nil matches all.
    case configured(path: PathGlob?, object: Glob?, folder: String)
  }

  package var rules: [RuleSelector]
  package var reason: String
  /// The last day on which it is valid; nil for ever.
  package var until: Day?
  /// The comment, annotation or entry.
  package var place: SourceRange
  package var reach: Reach

  package init(rules: [RuleSelector], reason: String, until: Day?, place: SourceRange, reach: Reach) {
    self.rules = rules
    self.reason = reason
    self.until = until
    self.place = place
    self.reach = reach
  }

  package func hasExpired(on today: Day) -> Bool { until.map { $0 < today } ?? false }

  package var record: SuppressionRecord {
    var kind = SuppressionRecord.Kind.inSource
    if case .configured = reach { kind = .external }
    return SuppressionRecord(kind: kind, reason: reason, place: place)
  }

  /// Whether a diagnostic is meant. `absolute` makes a path absolute.
  package func covers(_ diagnostic: Diagnostic, absolute: (String) -> String) -> Bool {
    guard rules.contains(where: { $0.selects(id: diagnostic.id.name) }) else { return false }
    switch reach {
    case .annotated: return false
    case .span(let span):
      let onTheWay = diagnostic.related.filter(\.isOnTheWay)
      return ((diagnostic.primary.map { [$0] } ?? []) + onTheWay).contains { span.holds($0.place) }
    case .configured(let path, let object, let folder):
      if let path {
        guard let file = diagnostic.primary?.place.file, file.kind == .file,
          let below = relativePath(of: absolute(file.path), to: absolute(folder)), path.matches(below)
        else { return false }
      }
      return object.map { $0.matches(diagnostic.rendered?.object ?? "") } ?? true
    }
  }
}

extension SourceRange {
  /// True when `other` starts within this range, in the same file as the user knows it.
  fileprivate func holds(_ other: SourceRange) -> Bool {
    file.path == other.file.path && file.kind == other.file.kind
      && range.start <= other.range.start && other.range.start < range.end
  }
}

/// The path from a folder to what is below it; nil for what is elsewhere. Both are absolute and clean.
package func relativePath(of path: String, to folder: String) -> String? {
  if path == folder { return "." }
  let prefix = folder.hasSuffix("/") ? folder : folder + "/"
  return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
}
