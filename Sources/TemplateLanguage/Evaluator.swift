import SourceText
import Values

/// Runs parsed templates. Stub: the owner of this room replaces the file.
package final class Evaluator {
  package let origins: OriginTable
  package let environment: Environment

  package init(origins: OriginTable, environment: Environment) {
    self.origins = origins
    self.environment = environment
  }
}
