/// What a render may use up before it is stopped with an error that names the template's line.
package struct Limits: Sendable {
  /// Bytes of text that templates and functions may make in total.
  package var outputBytes = 256 << 20
  /// Nodes, iterations and calls that may be run in total.
  package var steps = 50_000_000
  /// How deep `template` actions may nest.
  package var templateDepth = 100_000
  /// How often one name may be nested in calls of `include`; Helm's limit.
  package var includeDepth = 1000
  /// How deep `tpl` may nest. Helm has no limit but its memory.
  package var expansionDepth = 1000
  /// The stack that the calling thread has for the evaluation, in bytes. Evaluation stops before it is used up.
  /// A thread for rendering should have `recommendedStackBytes`: Helm's depth of 1000 includes needs some 30 MiB.
  package var stackBytes: Int

  /// The stack size of a thread that is to render any chart that Helm can render.
  package static let recommendedStackBytes = 512 << 20

  package init(stackBytes: Int = 4 << 20) { self.stackBytes = stackBytes }
}
