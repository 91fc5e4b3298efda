/// What a render may use up before it is stopped with an error that names the template's line.
package struct Limits: Sendable {
  /// Steps that may be taken in total: nodes, iterations and calls, and the work that functions do (`Cost`). A step
  /// takes some 25 ns; the busiest charts that people publish take a million or two.
  package var steps = 40_000_000
  /// Bytes of text that templates and functions may make in total.
  package var outputBytes = 128 << 20
  /// How deep `template` actions may nest.
  package var templateDepth = 100_000
  /// How often one name may be nested in calls of `include`; Helm's limit.
  package var includeDepth = 1000
  /// How deep `tpl` may nest. Helm has no limit but its memory.
  package var expansionDepth = 1000
  /// The stack that the calling thread has for the evaluation, in bytes. Evaluation stops before it is used up.
  /// A thread for rendering should have `recommendedStackBytes`: Helm's depth of 1000 includes needs some 30 MiB.
  package var stackBytes: Int
  /// Whoever watches over the render from another thread, if anybody does.
  package var supervision: Supervision?

  /// The stack size of a thread that is to render any chart that Helm can render.
  package static let recommendedStackBytes = 512 << 20

  package init(stackBytes: Int = 4 << 20) { self.stackBytes = stackBytes }
}
