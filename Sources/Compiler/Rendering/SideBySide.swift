import Charts
import SourceText
import Synchronization
import TemplateLanguage
import Values

/// Runs templates of one render at the same time, as long as that cannot show.
///
/// Templates may change what later ones read (`set .Values …`). The first that wants to ends the run before it, as do
/// our limits; what is left then runs one after the other, as Helm does it all.
struct SideBySide {
  /// What one template came to.
  struct Outcome {
    /// Nil for notes, and where the template failed.
    var file: RenderedFile?
    var documents: [SortedManifests.Document] = []
    var failure: ExecutionError?
    /// The template must run again, alone.
    var mustRunAlone = false
    var used = Evaluator.Budget()
  }

  /// Of the first templates, in order: up to the first failure, or to where templates can only run one by one.
  private(set) var outcomes: [Outcome] = []
  private(set) var evaluators: [Evaluator] = []
  /// Nil where the templates were not worth starting threads.
  private(set) var data: ConcurrentData?

  /// Fewer templates than this are done before another thread has started.
  private static let worthwhileCount = 8

  init(_ templates: [TemplateInput], _ evaluator: Evaluator, workers: Workers) {
    let bytes = templates.reduce(0) { $0 + $1.source.text.count }
    guard workers.count > 1, templates.count >= Self.worthwhileCount, 2 * bytes >= Workers.worthwhileBytes,
      let data = ConcurrentData(templates)
    else { return }
    self.data = data
    (outcomes, evaluators) = Self.run(templates, data, evaluator, workers)
    // A limit is that of the whole render: only a run in order tells which template reaches it.
    let supervision = evaluator.limits.supervision
    let hasReachedLimit = outcomes.last.map { $0.failure?.isLimit ?? false && !$0.mustRunAlone } ?? false
    let isStopped = supervision?.wish != nil
    if hasReachedLimit || isStopped { (outcomes, evaluators) = ([], []) }
    if isStopped { supervision?.restart() }
    if outcomes.last?.mustRunAlone ?? false { outcomes.removeLast() }
    data.advance(to: outcomes.count)
    evaluator.budget = outcomes.reduce(evaluator.budget) { $0 - $1.used }
  }

  /// The outcomes up to the first that is not plain, and each worker's evaluator.
  private static func run(
    _ templates: [TemplateInput], _ data: ConcurrentData, _ evaluator: Evaluator, _ workers: Workers
  ) -> ([Outcome], [Evaluator]) {
    var outcomes = [Outcome?](repeating: nil, count: templates.count)
    var evaluators = [Evaluator?](repeating: nil, count: workers.count)
    let next = Atomic(0)
    let end = Atomic(templates.count)
    outcomes.withUnsafeMutableBufferPointer { outcomes in
      evaluators.withUnsafeMutableBufferPointer { evaluators in
        // Each place is written once: an outcome's by the worker that took its number, an evaluator's by its worker.
        // What they read is shared, see `ConcurrentData`.
        nonisolated(unsafe) let places = (outcomes: outcomes, evaluators: evaluators)
        nonisolated(unsafe) let (templates, data, evaluator) = (templates, data, evaluator)
        workers.each { worker in
          let own = Evaluator(beside: evaluator, count: workers.count)
          places.evaluators[worker] = own
          // Numbers are taken in order, so that everything before the end has been taken.
          while let index = next.take(below: end.load(ordering: .relaxed)) {
            let outcome = run(templates[index], data.dot(of: index), own)
            if outcome.failure != nil || outcome.mustRunAlone { end.min(index, ordering: .relaxed) }
            places.outcomes[index] = outcome
          }
        }
      }
    }
    let count = min(end.load(ordering: .relaxed) + 1, templates.count)
    return (outcomes[..<count].compactMap { $0 }, evaluators.compactMap { $0 })
  }

  private static func run(_ template: TemplateInput, _ dot: Value, _ evaluator: Evaluator) -> Outcome {
    let before = evaluator.budget
    var outcome = Outcome()
    do throws(ExecutionError) {
      let text = try evaluator.execute(template.name, data: dot)
      if !template.isNotes {
        let file = RenderedFile(path: template.name.string, text: text.removingNoValue(tracking: false))
        outcome.documents = SortedManifests.documents(in: file.text.bytes)
        outcome.file = file
      }
    } catch {
      outcome.failure = error
    }
    outcome.used = before - evaluator.budget
    outcome.mustRunAlone = evaluator.mustRunAlone
    return outcome
  }
}
