import SourceText

/// Names one node of a parsed file: an index into its `SyntaxTable`.
package struct NodeID: Hashable, Sendable {
  package var rawValue: Int32
  @inlinable package init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// What stands in a template, between other texts and actions.
package enum Node: Sendable {
  case text(TextNode)
  case action(ActionNode)
  case conditional(BranchNode)
  case with(BranchNode)
  case range(BranchNode)
  case template(TemplateNode)
  case breakLoop(NodeID)
  case continueLoop(NodeID)
}

extension Node {
  package var id: NodeID {
    switch self {
    case .text(let node): node.id
    case .action(let node): node.id
    case .conditional(let node), .with(let node), .range(let node): node.id
    case .template(let node): node.id
    case .breakLoop(let id), .continueLoop(let id): id
    }
  }
}

/// Literal text; trim markers have been applied to its range.
package struct TextNode: Sendable {
  package let id: NodeID
  private let start: Int32
  private let end: Int32

  init(id: NodeID, range: ByteRange) {
    self.id = id
    start = Int32(truncatingIfNeeded: range.start)
    end = Int32(truncatingIfNeeded: range.end)
  }

  package var range: ByteRange { ByteRange(Int(start), Int(end)) }
}

/// `{{ pipeline }}`
package struct ActionNode: Sendable {
  package let id: NodeID
  package let pipeline: Pipeline
}

/// `{{ if }}`, `{{ with }}` or `{{ range }}` up to its `{{ end }}`. An `else if` is a branch alone in `otherwise`.
package final class BranchNode: Sendable {
  package let id: NodeID
  package let pipeline: Pipeline
  package let body: [Node]
  package let otherwise: [Node]?
  init(id: NodeID, pipeline: Pipeline, body: [Node], otherwise: [Node]?) {
    self.id = id
    self.pipeline = pipeline
    self.body = body
    self.otherwise = otherwise
  }
}

/// `{{ template "name" pipeline }}`, also what is left of `{{ block }}` in its place.
package final class TemplateNode: Sendable {
  package let id: NodeID
  package let name: ByteString
  package let pipeline: Pipeline?
  init(id: NodeID, name: ByteString, pipeline: Pipeline?) {
    self.id = id
    self.name = name
    self.pipeline = pipeline
  }
}

/// Commands joined by `|`, perhaps with variables to the left of `:=` or `=`.
package final class Pipeline: Sendable {
  package let id: NodeID
  package let declarations: [VariableNode]
  package let isAssignment: Bool
  package let commands: [Command]
  init(id: NodeID, declarations: [VariableNode], isAssignment: Bool, commands: [Command]) {
    self.id = id
    self.declarations = declarations
    self.isAssignment = isAssignment
    self.commands = commands
  }
}

/// An operand with its arguments.
package struct Command: Sendable {
  package let id: NodeID
  package let head: Operand
  package let arguments: [Operand]
}

/// What a command consists of.
package enum Operand: Sendable {
  case dot(NodeID)
  case none(NodeID)
  case bool(NodeID, Bool)
  case number(NumberNode)
  case string(StringNode)
  case field(FieldNode)
  case variable(VariableNode)
  case chain(ChainNode)
  case function(FunctionNode)
  case pipeline(Pipeline)

  package var id: NodeID {
    switch self {
    case .dot(let id), .none(let id), .bool(let id, _): id
    case .number(let node): node.id
    case .string(let node): node.id
    case .field(let node): node.id
    case .variable(let node): node.id
    case .chain(let node): node.id
    case .function(let node): node.id
    case .pipeline(let node): node.id
    }
  }
}

/// A numeric or character constant, in every Go type that can hold it.
package final class NumberNode: Sendable {
  package let id: NodeID
  package let constant: NumberConstant
  init(id: NodeID, constant: NumberConstant) {
    self.id = id
    self.constant = constant
  }
}

/// A string constant.
package final class StringNode: Sendable {
  package let id: NodeID
  package let value: Text
  /// As written, with its quotes; nil for a text in double quotes that stands for itself, as nearly all do.
  private let written: ByteString?
  init(id: NodeID, written: ByteString?, value: Text) {
    self.id = id
    self.written = written
    self.value = value
  }

  /// As written, with its quotes.
  package var source: ByteString { written ?? "\"" + value.byteString + "\"" }
}

/// `.a.b`
package struct FieldNode: Sendable {
  package let id: NodeID
  package let names: [ByteString]
}

/// `$`, `$x`, `$x.a.b`
package final class VariableNode: Sendable {
  package let id: NodeID
  /// With its `$`.
  package let name: ByteString
  /// The name as a number, unique in its file.
  package let symbol: Int32
  /// Where the variable stands in its template's stack of variables; negative when only a search by `symbol` can
  /// tell, because a declaration inside parentheses may or may not have run.
  package let slot: Int32
  package let fields: [ByteString]
  init(id: NodeID, name: ByteString, symbol: Int32, slot: Int32, fields: [ByteString]) {
    self.id = id
    self.name = name
    self.symbol = symbol
    self.slot = slot
    self.fields = fields
  }
}

/// `(pipeline).a.b`, `function.a`
package final class ChainNode: Sendable {
  package let id: NodeID
  package let root: Operand
  package let fields: [ByteString]
  init(id: NodeID, root: Operand, fields: [ByteString]) {
    self.id = id
    self.root = root
    self.fields = fields
  }
}

/// The name of a function.
package struct FunctionNode: Sendable {
  package let id: NodeID
  /// Index into the function table that the file was parsed with.
  package let index: Int32
  package let name: ByteString
}
