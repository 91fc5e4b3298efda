import SourceText

/// What a walk over syntax trees meets. Every method has a default that goes on to the children; one that is
/// replaced decides for itself whether to call `descend`.
package protocol SyntaxVisitor {
  mutating func visit(_ node: Node)
  mutating func visit(_ pipeline: Pipeline)
  mutating func visit(_ command: Command)
  mutating func visit(_ operand: Operand)
}

extension SyntaxVisitor {
  package mutating func visit(_ node: Node) { descend(node) }
  package mutating func visit(_ pipeline: Pipeline) { descend(pipeline) }
  package mutating func visit(_ command: Command) { descend(command) }
  package mutating func visit(_ operand: Operand) { descend(operand) }

  /// Visits every node of a template, in source order.
  package mutating func walk(_ tree: TemplateTree) {
    for node in tree.nodes { visit(node) }
  }

  /// Visits the children of a node.
  package mutating func descend(_ node: Node) {
    switch node {
    case .text, .breakLoop, .continueLoop: break
    case .action(let action): visit(action.pipeline)
    case .conditional(let branch), .with(let branch), .range(let branch):
      visit(branch.pipeline)
      for child in branch.body { visit(child) }
      for child in branch.otherwise ?? [] { visit(child) }
    case .template(let call): if let pipeline = call.pipeline { visit(pipeline) }
    }
  }

  /// Visits the commands of a pipeline; the variables that it declares are not visited.
  package mutating func descend(_ pipeline: Pipeline) {
    for command in pipeline.commands { visit(command) }
  }

  package mutating func descend(_ command: Command) {
    visit(command.head)
    for operand in command.arguments { visit(operand) }
  }

  package mutating func descend(_ operand: Operand) {
    switch operand {
    case .pipeline(let pipeline): visit(pipeline)
    case .chain(let chain): visit(chain.root)
    case .dot, .none, .bool, .number, .string, .field, .variable, .function: break
    }
  }
}
