import SourceText
import Values

// What an action writes.
extension Execution {
  /// Prints the value of an action, as fmt.Fprint does.
  mutating func print(_ value: Value, at id: NodeID) throws(ExecutionError) {
    let before = output.count
    switch value.datum {
    case .string(let text):
      output.print(text, origin: value.origin, site: site(id), frame: evaluator.frame)
    case .none:
      output.append(literal: Execution.noValue, origin: value.origin, site: site(id), frame: evaluator.frame)
    case .bool, .integer, .float:
      output.append(
        literal: GoFormat.string(value).bytes, origin: value.origin, site: site(id), frame: evaluator.frame)
    case .bytes, .list, .map, .object:
      var builder = TextBuilder(tracking: isTracking)
      GoFormat.print(value, to: &builder)
      output.print(builder.finish(), origin: value.origin, site: site(id), frame: evaluator.frame)
    }
    try charge(output.count - before)
  }

  private static let noValue = Array("<no value>".utf8)
}
