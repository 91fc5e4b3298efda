import SourceText
import Values

// Templates that run at the same time as others.
extension Evaluator {
  /// Says that a function is about to change a map. Throws when other templates may be reading it at this moment:
  /// they would have to see the change or not, depending on their turn.
  package func willChange(_ map: MapValue) throws(FunctionError) {
    guard isBesideOthers, map.isShared else { return }
    mustRunAlone = true
    throw FunctionError("the map is read by other templates")
  }

  /// What is left of the render's budgets.
  package struct Budget: Sendable {
    package var steps = 0
    package var bytes = 0

    package init() {}

    init(steps: Int, bytes: Int) {
      self.steps = steps
      self.bytes = bytes
    }

    package static func - (left: Budget, right: Budget) -> Budget {
      Budget(steps: left.steps - right.steps, bytes: left.bytes - right.bytes)
    }
  }

  /// Templates that ran elsewhere are paid for by setting it.
  package var budget: Budget {
    get { Budget(steps: remainingSteps, bytes: remainingBytes) }
    set {
      remainingSteps = newValue.steps
      remainingBytes = newValue.bytes
    }
  }
}

extension ExecutionError {
  /// True when one of our limits was reached, which may be smaller for a template that runs beside others.
  package var isLimit: Bool {
    chain.contains { link in
      if case .limit = link.reason { return true }
      return false
    }
  }
}
