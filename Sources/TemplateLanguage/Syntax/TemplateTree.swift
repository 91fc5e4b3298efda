import SourceText

/// A node of any kind, for messages that quote it.
package enum SyntaxReference: Sendable {
  case node(Node)
  case pipeline(Pipeline)
  case command(Command)
  case operand(Operand)
}

/// Where a node stands.
package struct NodePlace: Sendable {
  private let start: Int32
  private let end: Int32
  private let named: Int32

  init(_ range: ByteRange, position: Int) {
    start = Int32(truncatingIfNeeded: range.start)
    end = Int32(truncatingIfNeeded: range.end)
    named = Int32(truncatingIfNeeded: position)
  }

  package var range: ByteRange { ByteRange(Int(start), Int(end)) }
  /// The offset that Go names as the node's position: of `.a.b.c` that of `.b`.
  package var position: Int { Int(named) }
}

/// What one parsed file knows about its nodes, by `NodeID`. Shared by all templates of the file.
package final class SyntaxTable: Sendable {
  package let file: SourceFile
  /// The name under which errors speak of the file.
  package let parseName: String
  package let places: [NodePlace]

  init(file: SourceFile, parseName: String, places: [NodePlace]) {
    self.file = file
    self.parseName = parseName
    self.places = places
  }

  package func range(of id: NodeID) -> SourceRange { SourceRange(file, places[Int(id.rawValue)].range) }
}

/// One template: a file, a `define` or a `block`.
package final class TemplateTree: Sendable {
  package let name: ByteString
  package let nodes: [Node]
  package let table: SyntaxTable
  /// True when the template holds nothing but white space and comments: it then does not replace another.
  package let isBlank: Bool
  /// Where the name is written in `define` or `block`; nil for a file's own template.
  package let nameRange: ByteRange?

  init(name: ByteString, nodes: [Node], table: SyntaxTable, isBlank: Bool, nameRange: ByteRange?) {
    self.name = name
    self.nodes = nodes
    self.table = table
    self.isBlank = isBlank
    self.nameRange = nameRange
  }
}

extension TemplateTree {
  /// The node of that id; nil for one that stands in no message, such as a variable that is declared.
  package func node(_ id: NodeID) -> SyntaxReference? {
    var search = NodeSearch(id: id)
    search.walk(self)
    return search.found
  }
}

/// Looks for one node: only messages ask, so that no table of all nodes is kept.
private struct NodeSearch: SyntaxVisitor {
  let id: NodeID
  var found: SyntaxReference?

  mutating func visit(_ node: Node) {
    if node.id == id { found = .node(node) }
    if found == nil { descend(node) }
  }

  mutating func visit(_ pipeline: Pipeline) {
    if pipeline.id == id { found = .pipeline(pipeline) }
    if found == nil { descend(pipeline) }
  }

  mutating func visit(_ command: Command) {
    if command.id == id { found = .command(command) }
    if found == nil { descend(command) }
  }

  mutating func visit(_ operand: Operand) {
    if operand.id == id, found == nil { found = .operand(operand) }
    if found == nil { descend(operand) }
  }
}

/// The result of parsing one file: always a tree, and every fault that was found.
package struct ParsedTemplate: Sendable {
  /// The file's own template.
  package let main: TemplateTree
  /// What `define` and `block` name, in source order of their ends.
  package let definitions: [TemplateTree]
  /// In source order; the first is the one that Go stops at.
  package let failures: [ParseFailure]
  /// The comments, from `{{` to `}}`.
  package let comments: [ByteRange]
  package let file: SourceFile
}
