import SourceText

/// Writes nodes as Go's `Node.String()` does: what error messages quote.
package enum GoSyntax {
  package static func text(of reference: SyntaxReference) -> ByteString {
    var writer = Writer(source: [])
    switch reference {
    case .node(let node): writer.write(node)
    case .pipeline(let pipeline): writer.write(pipeline)
    case .command(let command): writer.write(command)
    case .operand(let operand): writer.write(operand)
    }
    return ByteString(writer.out)
  }

  package static func text(of operand: Operand) -> ByteString { text(of: .operand(operand)) }

  /// A whole template; parsing the result gives the same tree.
  package static func text(of tree: TemplateTree) -> ByteString {
    var writer = Writer(source: tree.table.file.text.bytes)
    for node in tree.nodes { writer.write(node) }
    return ByteString(writer.out)
  }

  private struct Writer {
    /// The file's text, for literal text; may be empty where only operands are written.
    let source: [UInt8]
    var out: [UInt8] = []

    mutating func write(_ text: String) { out.append(contentsOf: text.utf8) }
    mutating func write(_ text: ByteString) { out.append(contentsOf: text.bytes) }

    mutating func write(_ node: Node) {
      switch node {
      case .text(let text):
        if text.range.end <= source.count { out.append(contentsOf: source[text.range.start..<text.range.end]) }
      case .action(let action):
        write("{{")
        write(action.pipeline)
        write("}}")
      case .conditional(let branch): write(branch, "if")
      case .with(let branch): write(branch, "with")
      case .range(let branch): write(branch, "range")
      case .template(let call):
        write("{{template ")
        write(GoQuote.quote(call.name))
        if let pipeline = call.pipeline {
          write(" ")
          write(pipeline)
        }
        write("}}")
      case .breakLoop: write("{{break}}")
      case .continueLoop: write("{{continue}}")
      }
    }

    private mutating func write(_ branch: BranchNode, _ word: String) {
      write("{{\(word) ")
      write(branch.pipeline)
      write("}}")
      for node in branch.body { write(node) }
      if let otherwise = branch.otherwise {
        write("{{else}}")
        for node in otherwise { write(node) }
      }
      write("{{end}}")
    }

    mutating func write(_ pipeline: Pipeline) {
      for (index, variable) in pipeline.declarations.enumerated() {
        if index > 0 { write(", ") }
        write(.variable(variable))
      }
      if !pipeline.declarations.isEmpty { write(pipeline.isAssignment ? " = " : " := ") }
      for (index, command) in pipeline.commands.enumerated() {
        if index > 0 { write(" | ") }
        write(command)
      }
    }

    mutating func write(_ command: Command) {
      write(argument: command.head)
      for operand in command.arguments {
        write(" ")
        write(argument: operand)
      }
    }

    private mutating func write(argument operand: Operand) {
      if case .pipeline(let pipeline) = operand { writeParenthesized(pipeline) } else { write(operand) }
    }

    private mutating func writeParenthesized(_ pipeline: Pipeline) {
      write("(")
      write(pipeline)
      write(")")
    }

    mutating func write(_ operand: Operand) {
      switch operand {
      case .dot: write(".")
      case .none: write("nil")
      case .bool(_, let value): write(value ? "true" : "false")
      case .number(let node): write(node.constant.source)
      case .string(let node): write(node.source)
      case .field(let node): write(fields: node.names)
      case .variable(let node):
        write(node.name)
        write(fields: node.fields)
      case .chain(let node):
        if case .pipeline(let pipeline) = node.root { writeParenthesized(pipeline) } else { write(node.root) }
        write(fields: node.fields)
      case .function(let node): write(node.name)
      case .pipeline(let pipeline): write(pipeline)
      }
    }

    private mutating func write(fields: [ByteString]) {
      for field in fields {
        write(".")
        write(field)
      }
    }
  }
}
