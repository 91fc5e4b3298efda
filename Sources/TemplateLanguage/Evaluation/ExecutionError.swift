import SourceText
import Values

/// The failure of a render: the innermost fault and the chain of calls around it.
package struct ExecutionError: Error, Sendable {
  /// Why a link of the chain failed.
  package enum Reason: Sendable {
    /// The evaluator's own complaint, in Go's words.
    case complaint(ByteString)
    /// A function or method answered an error.
    case call(function: ByteString, FunctionError)
    /// `include` of a name that does not exist; there is no place.
    case missingTemplate(ByteString)
    /// `{{ template }}` of a name that does not exist.
    case undefinedTemplate(ByteString)
    /// One of our own limits was reached.
    case limit(ByteString)
  }

  /// Where a link failed: in which template, at which node.
  package struct Place: Sendable {
    let tree: TemplateTree
    package let node: NodeID

    package var template: ByteString { tree.name }
    package var table: SyntaxTable { tree.table }
    /// What to show: the failing node in its file.
    package var range: SourceRange { table.range(of: node) }
    /// The place as Go counts: the line from 1, the column in bytes from 0.
    package var position: (line: Int, column: Int) {
      let bytes = table.file.text.bytes[..<table.places[Int(node.rawValue)].position]
      let lineStart = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      return (1 + bytes.count { $0 == UInt8(ascii: "\n") }, bytes.endIndex - lineStart)
    }
    /// `name:line:column`
    package var goLocation: String {
      let position = position
      return "\(table.parseName):\(position.line):\(position.column)"
    }
    /// The node's text as Go writes it.
    package var goContext: ByteString { tree.node(node).map(GoSyntax.text) ?? "" }
  }

  private final class Storage: Sendable {
    let reason: Reason
    let place: Place?
    let frame: FrameID
    let nilPath: [ByteString]
    init(reason: Reason, place: Place?, frame: FrameID, nilPath: [ByteString]) {
      self.reason = reason
      self.place = place
      self.frame = frame
      self.nilPath = nilPath
    }
  }
  private let storage: Storage

  init(_ reason: Reason, at place: Place?, frame: FrameID = .none, nilPath: [ByteString] = []) {
    storage = Storage(reason: reason, place: place, frame: frame, nilPath: nilPath)
  }

  package var reason: Reason { storage.reason }
  /// Nil only for a missing template.
  package var place: Place? { storage.place }
  /// The calls under which the place ran, where origins are tracked.
  package var frame: FrameID { storage.frame }
  /// The names from the start of a chain to the key that is nil, for example `Values`, `image`; else empty.
  package var nilPath: [ByteString] { storage.nilPath }

  /// The failure inside `include` or `tpl` that this one passes on.
  package var cause: ExecutionError? {
    guard case .call(_, let error) = reason else { return nil }
    return error.cause as? ExecutionError
  }

  /// The chain from the outermost action to the innermost fault.
  package var chain: [ExecutionError] {
    var links = [self]
    while let next = links[links.count - 1].cause { links.append(next) }
    return links
  }
}
