import Diagnostics
import SourceText

/// A trace as a small tree: each piece of the field, the template line that printed it, the calls on the way, and the
/// values that supplied it, with those that lost.
package struct TraceReport: Sendable {
  package var style: Style

  package init(style: Style) { self.style = style }

  package func text(of trace: Trace) -> String {
    var nodes = TraceNodes()
    let name = trace.rendered.object + (trace.rendered.field.isEmpty ? "" : " " + trace.rendered.field)
    let title = style.paint(printable(name), as: .title) + ": " + oneLine(trace.text) + "\n"
    return title + lines(of: trace.pieces.map { nodes.node(of: $0) }, margin: "")
  }

  private func lines(of nodes: [TraceNode], margin: String) -> String {
    var result = ""
    for (index, node) in nodes.enumerated() {
      let isLast = index == nodes.count - 1
      result += style.paint(margin + (isLast ? "└─ " : "├─ "), as: .gutter) + node.text + "\n"
      result += lines(of: node.children, margin: margin + (isLast ? "   " : "│  "))
    }
    return result
  }
}

/// A line of the tree with what hangs below it.
struct TraceNode {
  var text: String
  var children: [TraceNode] = []
}

/// Puts a trace into words.
struct TraceNodes {
  private var positions = Positions()

  mutating func node(of piece: Trace.Piece) -> TraceNode {
    var node = TraceNode(text: quoted(piece.text))
    switch piece.printer {
    case .templateText(let place):
      let text = "is template text at \(positions.name(of: place))"
      if piece.calls.isEmpty { node.text += " " + text } else { node.children.append(TraceNode(text: text)) }
    case .action(let place):
      node.children.append(TraceNode(text: "printed by \(quoted(place.text)) at \(positions.name(of: place))"))
    case .unknown: break
    }
    for call in piece.calls {
      let place = call.place.map { " at \(positions.name(of: $0))" } ?? ""
      node.children.append(TraceNode(text: "in template \(quoted(ByteString(call.template))), included\(place)"))
    }
    if let source = piece.source { node.children.append(self.node(of: source)) }
    return node
  }

  private mutating func node(of source: Trace.Source) -> TraceNode {
    switch source {
    case .value(let path, let place, let overridden):
      let name = path.map { "value `\(printable($0))`" } ?? "value \(quoted(place.text))"
      return TraceNode(
        text: "\(name) at \(positions.name(of: place))",
        children: overridden.map { TraceNode(text: "overrides \(quoted($0.text)) at \(positions.name(of: $0))") })
    case .chart(let field, let place):
      return TraceNode(text: "chart's `\(printable(field))` at \(positions.name(of: place))")
    case .constant(let place):
      return TraceNode(text: "constant \(quoted(place.text)) at \(positions.name(of: place))")
    case .builtIn(let name):
      return TraceNode(text: "built in: \(printable(name))")
    case .derived(let function, let inputs):
      return TraceNode(text: "made by `\(printable(function))` from", children: inputs.map { node(of: $0) })
    case .unknown:
      return TraceNode(text: "of unknown origin")
    }
  }
}

private func quoted(_ text: ByteString) -> String { "`\(oneLine(text))`" }

/// The text on one line and no longer than a reader can take in.
private func oneLine(_ text: ByteString) -> String {
  var result = ""
  for scalar in text.string.unicodeScalars.prefix(80) { result += Glyph(scalar).text }
  return text.string.unicodeScalars.count > 80 ? result + "…" : result
}
