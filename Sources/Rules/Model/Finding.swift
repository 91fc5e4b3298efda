import Diagnostics
import Kubernetes
import SourceText

/// What a check found, on a node; the compiler places it in source.
package struct Finding: Hashable, Sendable {
  /// The rule's id.
  package var rule: String
  package var level: Level
  /// The object that the finding is about; nil for scripts.
  package var object: ObjectIdentity?
  package var place: Place
  /// What to say beside the place; empty where the message says it all.
  package var label: String
  package var related: [Related]
  /// What fills the rule's message, in order.
  package var holes: [Hole]
  package var edits: [NodeEdit]
  /// Findings of other rules that the same edit would mend.
  package var silences: [Silence]

  package init(
    rule: String, level: Level, object: ObjectIdentity?, place: Place, label: String = "", related: [Related] = [],
    holes: [Hole] = [], edits: [NodeEdit] = [], silences: [Silence] = []
  ) {
    self.rule = rule
    self.level = level
    self.object = object
    self.place = place
    self.label = label
    self.related = related
    self.holes = holes
    self.edits = edits
    self.silences = silences
  }
}

/// The thing that a finding points at, without saying where it is written.
package enum Place: Hashable, Sendable {
  /// The whole value.
  case value(Node)
  /// Part of the decoded text of a scalar, in bytes.
  case bytes(Node, Range<Int>)
  /// The mapping key that names the node.
  case key(Node)
  /// The key, in the values file, of the value with this dotted path that supplied part of a scalar; the action that
  /// printed it where no file has it.
  case valuesKey(String, of: Node, Range<Int>)
  /// A key that is missing in a mapping (or, when the field's own parents are missing, below it).
  case absent(key: String, under: Node)
  /// The outermost call of a named template that printed the node's key; the key where none did.
  case include(Node)
  /// A whole object, by its mapping; shown at its `kind`.
  case object(Node)
  /// A stretch of a script, as Delivery names its commands and words.
  case script(SourceRange)

  /// The node that is named, or under which something is missing.
  package var node: Node? {
    switch self {
    case .value(let node), .bytes(let node, _), .key(let node), .include(let node), .absent(_, let node),
      .object(let node), .valuesKey(_, let node, _):
      node
    case .script: nil
    }
  }

  /// The field as a reader of the manifest names it, for example `spec.template.spec.containers[0].image`.
  package var fieldPath: FieldPath? {
    switch self {
    case .absent(let key, let node): node.path.appending(key: key)
    case .object, .script: nil
    case .value(let node), .bytes(let node, _), .key(let node), .include(let node), .valuesKey(_, let node, _):
      node.path
    }
  }
}

/// Another place, with what to say beside it.
package struct Related: Hashable, Sendable {
  package var place: Place
  package var message: String

  package init(_ place: Place, _ message: String) {
    self.place = place
    self.message = message
  }
}

/// An edit to a node that mends a finding.
package struct NodeEdit: Hashable, Sendable {
  package enum Change: Hashable, Sendable {
    case renameKey(Node, to: String)
    /// Part of the decoded text of a scalar, or all of it.
    case replaceText(Node, Range<Int>?, with: String)
    /// A new entry, one line of YAML, at the end of a mapping.
    case insert(key: String, value: String, into: Node)
    /// An entry of a mapping, where it has a line of its own.
    case removeEntry(Node)
    case deleteScript(SourceRange)
    /// Calls another named template where the key of the node was printed by the first.
    case callTemplate(String, insteadOf: String, printing: Node)
    /// Makes a plain scalar a text: by quotes where it was typed, by `quote` where an action printed all of it.
    case quote(Node)
  }

  package var title: String
  package var change: Change
  /// Safe: rendering again changes only the node in question.
  package var isSafe: Bool

  package init(title: String, change: Change, isSafe: Bool) {
    self.title = title
    self.change = change
    self.isSafe = isSafe
  }
}

/// Which findings of other rules are consequences of this one.
package enum Silence: Hashable, Sendable {
  /// Every rule that reports `key` missing in the mapping.
  case absence(key: String, under: Node)
  /// Every other rule of the category that reports on the node.
  case category(String, on: Node)
}
