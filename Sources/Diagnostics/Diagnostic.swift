import SourceText

/// How bad a diagnostic is.
package enum Level: String, Hashable, Sendable, CaseIterable, Comparable {
  /// Rollout, traffic or apply will break.
  case error
  /// Breaks under a normal event: a drain, a scale-up, a second deploy.
  case warning
  /// Advice.
  case note

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
  package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
}

/// A stable name: a rule's id (`mutable-image-tag`) or `room/fault` (`template/unclosed-action`).
package struct DiagnosticID: Hashable, Sendable, ExpressibleByStringLiteral {
  package let name: String
  package init(_ name: String) { self.name = name }
  package init(stringLiteral name: String) { self.init(name) }
}

/// A place in source, with what to say beside it.
package struct Label: Hashable, Sendable {
  package var place: SourceRange
  /// Short text beside the carets; may be empty on a primary label.
  package var message: String
  /// True where the bytes that the diagnostic is about pass on their way from the primary label into the manifest: the
  /// action that prints them, the include around it. What is said of this place is said of the diagnostic.
  package var isOnTheWay = false

  package init(_ place: SourceRange, _ message: String = "", isOnTheWay: Bool = false) {
    self.place = place
    self.message = message
    self.isOnTheWay = isOnTheWay
  }
}

/// What a reader should know beyond the message.
package struct Note: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    /// Why it hurts.
    case why
    /// What to do.
    case fix
    /// Anything else: what was skipped, what was assumed.
    case note
  }
  package var kind: Kind
  package var text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

/// A bare string is a plain note.
extension Note: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(.note, text) }
}

/// An edit that mends a diagnostic.
package struct FixIt: Hashable, Sendable {
  package struct Edit: Hashable, Sendable {
    package var place: SourceRange
    package var replacement: ByteString
    package init(_ place: SourceRange, _ replacement: ByteString) {
      self.place = place
      self.replacement = replacement
    }
  }
  package var title: String
  package var edits: [Edit]
  /// Safe: re-rendering changes only the node in question.
  package var isSafe: Bool

  package init(title: String, edits: [Edit], isSafe: Bool) {
    self.title = title
    self.edits = edits
    self.isSafe = isSafe
  }
}

/// Where the finding stands in what was rendered, for a reader who knows the manifest.
package struct RenderedLocation: Hashable, Sendable {
  /// For example `Deployment/web`.
  package var object: String
  /// For example `spec.template.spec.containers[0].image`.
  package var field: String

  package init(object: String, field: String) {
    self.object = object
    self.field = field
  }
}

/// A finding placed in source, ready to be shown.
package struct Diagnostic: Hashable, Sendable {
  package var id: DiagnosticID
  package var level: Level
  /// What is wrong: one line, no full stop, quotes the wrong text.
  package var message: String
  /// The text to edit; never the rendered file. Nil only when no input can be named (a missing file).
  package var primary: Label?
  /// "rendered by this action", "set here", "included from here".
  package var related: [Label]
  package var rendered: RenderedLocation?
  /// Why it hurts, then what to do.
  package var notes: [Note]
  package var fixIts: [FixIt]
  /// The environments in which it was found; empty where there is but one.
  package var environments: [String] = []
  /// What stays the same about it while lines move; nil for what no rule found.
  package var identity: FindingIdentity?
  /// Whether it counts, or somebody has decided to live with it.
  package var standing = Standing.reported
  /// Where the bytes of its field came from, where the lint was asked to keep that.
  package var trace: Trace?

  package init(
    id: DiagnosticID, level: Level, message: String, primary: Label?, related: [Label] = [],
    rendered: RenderedLocation? = nil, notes: [Note] = [], fixIts: [FixIt] = []
  ) {
    self.id = id
    self.level = level
    self.message = message
    self.primary = primary
    self.related = related
    self.rendered = rendered
    self.notes = notes
    self.fixIts = fixIts
  }
}

extension Diagnostic {
  /// The order of a report: by file, offset, then id and message, so that the same input prints the same bytes.
  package static func precedes(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    left.sortKey < right.sortKey
  }

  private var sortKey: (String, Int, Int, String, String) {
    (
      primary?.place.file.path ?? "", primary?.place.range.start ?? -1, primary?.place.range.end ?? -1, id.name,
      message
    )
  }
}
