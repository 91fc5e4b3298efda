import Delivery
import SourceText

/// What one command of a pipeline puts into a chart's values.
package struct PipelineRelease: Sendable {
  /// A value with the place that gives it.
  package struct Assignment: Sendable {
    package var value: ResolvedText
    /// The argument in the script, or the leaf of the values file that the command names.
    package var place: SourceRange
    /// Given by `--set`, not by a values file.
    package var isArgument: Bool

    package init(value: ResolvedText, place: SourceRange, isArgument: Bool) {
      self.value = value
      self.place = place
      self.isArgument = isArgument
    }
  }

  /// The command in the script.
  package var place: SourceRange
  /// By dotted key; later arguments beat earlier ones, and arguments beat files.
  package var assignments: [String: Assignment]
  /// The pipeline runs for git tags alone.
  package var runsOnTagsOnly: Bool

  package init(place: SourceRange, assignments: [String: Assignment], runsOnTagsOnly: Bool) {
    self.place = place
    self.assignments = assignments
    self.runsOnTagsOnly = runsOnTagsOnly
  }
}
