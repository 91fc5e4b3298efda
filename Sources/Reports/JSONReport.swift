import Diagnostics
import SourceText
import Values

/// Diagnostics as JSON for programs: one object, keys in alphabetic order, the format described in
/// `docs/guide/json-report.md`.
package enum JSONReport {
  /// Rises when a field changes its meaning or goes; new fields do not raise it.
  package static let version = 1

  /// The document, with a line end.
  package static func text(of content: ReportContent) -> ByteString {
    var writer = ReportValues()
    return jsonDocument(
      object([
        "version": .int(version),
        "diagnostics": .list(content.diagnostics.map { writer.value(of: $0) }),
        "environments": list(content.environments),
        "undecided": .list(
          content.undecided.map { object(["checks": .int($0.count), "reason": .string($0.reason)]) }),
        "staleBaselineEntries": list(content.stale),
        "summary": writer.value(of: content.summary, counting: content.diagnostics),
      ]))
  }
}

/// Turns diagnostics into values that a writer can print.
private struct ReportValues {
  private var positions = Positions()

  mutating func value(of diagnostic: Diagnostic) -> Value {
    object([
      "id": .string(diagnostic.id.name),
      "level": .string(diagnostic.level.rawValue),
      "message": .string(diagnostic.message),
      "primary": diagnostic.primary.map { value(of: $0) } ?? .none,
      "related": .list(diagnostic.related.map { value(of: $0) }),
      "rendered": diagnostic.rendered.map {
        object(["object": .string($0.object), "field": .string($0.field)])
      } ?? .none,
      "notes": .list(
        diagnostic.notes.map { object(["kind": .string($0.kind.rawValue), "text": .string($0.text)]) }),
      "environments": .list(diagnostic.environments.map { .string($0) }),
      "fixes": .list(diagnostic.fixIts.map { value(of: $0) }),
      "fingerprint": .string(diagnostic.fingerprint),
      "standing": .string(Self.word(for: diagnostic.standing)),
      "suppression": diagnostic.suppression.map { value(of: $0) } ?? .none,
    ])
  }

  private static func word(for standing: Standing) -> String {
    switch standing {
    case .reported: "reported"
    case .suppressed: "suppressed"
    case .baselined: "baselined"
    }
  }

  private mutating func value(of record: SuppressionRecord) -> Value {
    let place = entries(of: record.place)
    place["reason"] = .string(record.reason)
    place["kind"] = .string(record.kind == .inSource ? "inSource" : "external")
    return .map(place)
  }

  func value(of summary: Summary, counting diagnostics: [Diagnostic]) -> Value {
    let counts = LevelCounts(diagnostics)
    return object([
      "checked": .int(summary.checked), "objects": .int(summary.objects), "skipped": .int(summary.skipped),
      "undecided": .int(summary.undecided), "errors": .int(counts.errors), "warnings": .int(counts.warnings),
      "notes": .int(counts.notes), "suppressed": .int(counts.suppressed), "baselined": .int(counts.baselined),
    ])
  }

  private mutating func value(of fixIt: FixIt) -> Value {
    object([
      "title": .string(fixIt.title),
      "safe": .bool(fixIt.isSafe),
      "edits": .list(
        fixIt.edits.map { edit in
          let place = entries(of: edit.place)
          place["replacement"] = .string(edit.replacement)
          return .map(place)
        }),
    ])
  }

  private mutating func value(of label: Label) -> Value {
    let place = entries(of: label.place)
    place["message"] = .string(label.message)
    return .map(place)
  }

  private mutating func entries(of place: SourceRange) -> MapValue {
    let entries = MapValue([
      "path": .string(place.file.path),
      "start": value(of: place.range.start, in: place.file),
      "end": value(of: place.range.end, in: place.file),
    ])
    if place.file.kind == .argument { entries["argument"] = .string(place.file.text) }
    return entries
  }

  private mutating func value(of offset: Int, in file: SourceFile) -> Value {
    let offset = min(max(0, offset), file.text.count)
    let position = positions.position(of: offset, in: file)
    return object(["line": .int(position.line), "column": .int(position.column), "offset": .int(offset)])
  }
}
