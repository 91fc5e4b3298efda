import SourceText
import Values

/// What a call of a function costs, in steps, beside those that every call takes.
///
/// What is made need not be counted here: the evaluator charges each text that a call answers.
package struct Cost: Hashable, Sendable {
  /// Steps of each call.
  package var fixed: Int
  /// Steps for each unit of size of the arguments: 16 bytes of a text, four elements of a list, 16 entries of a map.
  package var perUnit: Int

  package init(fixed: Int = 0, perUnit: Int = 0) {
    self.fixed = fixed
    self.perUnit = perUnit
  }

  /// The same for all arguments: `default`, `kindOf`.
  package static let constant = Cost()
  /// In proportion to the size of the arguments: `upper`, `append`. What no row says otherwise.
  package static let linear = Cost(perUnit: 1)
}

extension Value {
  /// How large the value itself is, without what its parts hold, in `Cost` units.
  var size: Int {
    switch datum {
    case .string(let text): text.bytes.count >> 4
    case .bytes(let bytes): bytes.bytes.count >> 4
    case .list(let list): list.elements.count >> 2
    case .map(let map): map.count >> 4
    case .none, .bool, .integer, .float, .object: 0
    }
  }
}

// How functions whose work their arguments' sizes do not show account for it.
extension Evaluator {
  /// Takes steps for work that a function is about to do. Fails when the render may take no more, with an error that
  /// ends the render at the call, whatever the function makes of it.
  package func spend(_ steps: Int) throws(FunctionError) {
    remainingSteps -= min(max(steps, 0), 1 << 40)
    if remainingSteps < 0 || limits.supervision != nil { try checkBudget() }
  }

  /// Takes bytes for text that a function made beside the text that it answers.
  package func make(bytes count: Int) throws(FunctionError) {
    remainingBytes -= count
    guard remainingBytes >= 0 else {
      throw FunctionError("the render made more than \(limits.outputBytes) bytes of text", kind: .limit)
    }
  }

  private func checkBudget() throws(FunctionError) {
    if let reason = exhaustion { throw FunctionError(reason, kind: .limit) }
  }

  /// Why the render must stop; nil while it may go on.
  var exhaustion: String? {
    if remainingSteps < 0 { return "the render took more than \(limits.steps) steps" }
    return limits.supervision?.wish
  }

  /// The longest text that a function may make now. Some more than is left is granted, so that the evaluator sees by
  /// a text's length that it was cut off.
  package var textLimit: Int { min(TextBuilder.mostBytes, max(0, remainingBytes) + (1 << 17)) }

  /// Steps that were taken until now.
  package var usedSteps: Int { limits.steps - remainingSteps }
  /// Bytes of text that were made until now.
  package var usedBytes: Int { limits.outputBytes - remainingBytes }
}
