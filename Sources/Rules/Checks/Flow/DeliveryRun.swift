import Delivery
import SourceText

/// The commands of one run of a script or pipeline, in order.
struct DeliveryRun {
  let commands: [DeliveryCommand]
  /// For each command the job that runs it, by its place in `deliveryJobs`.
  let jobs: [Int]
  let deliveryJobs: [DeliveryJob]
  /// The cluster is made for the run and goes with it.
  let usesOwnCluster: Bool

  /// The run of the script itself, and one for each function that nobody calls.
  static func all(of script: DeliveryScript) -> [DeliveryRun] {
    let main = script.jobs.filter { !$0.isUncalledFunction && !isTeardown($0) }
    return [DeliveryRun(main)] + script.jobs.filter(\.isUncalledFunction).map { DeliveryRun([$0]) }
  }

  private init(_ jobs: [DeliveryJob]) {
    var commands: [DeliveryCommand] = []
    var places: [Int] = []
    var steps: [DeliveryStep] = []
    for (index, job) in jobs.enumerated() {
      let kept = job.steps.filter { !Self.runsAfterFailure($0.condition) }
      steps += kept
      commands += kept.flatMap(\.commands).filter { $0.program != "true" && $0.program != ":" }
      places += [Int](repeating: index, count: commands.count - places.count)
    }
    self.commands = commands
    self.jobs = places
    deliveryJobs = jobs
    let actions = steps.compactMap { $0.action?.lowercased() }
    usesOwnCluster = actions.contains(where: Self.makesCluster(action:)) || commands.contains(where: Self.makesCluster)
  }

  // MARK: Teardown

  private static let teardownWords = ["cleanup", "clean-up", "clean_up", "teardown", "tear-down", "destroy", "preview"]

  /// Whether the whole script takes things down on purpose, by its name or by what starts it.
  static func isTeardown(_ script: DeliveryScript) -> Bool {
    onlyCloses(script.triggers) || saysTeardown(script.title)
  }

  /// `delete`, or `pull_request` with the one type `closed`.
  private static func onlyCloses(_ triggers: [String]) -> Bool {
    let events = triggers.filter { !$0.contains(".") && !$0.contains(":") }
    return !events.isEmpty
      && events.allSatisfy { event in
        let types = triggers.filter { $0.hasPrefix(event + ".") }
        return event == "delete" || (!types.isEmpty && types.allSatisfy { $0.hasSuffix(".closed") })
      }
  }

  private static func isTeardown(_ job: DeliveryJob) -> Bool {
    saysTeardown(job.name) || saysTeardown(job.title) || runsAfterFailure(job.condition)
  }

  private static func saysTeardown(_ text: String) -> Bool {
    let lower = text.lowercased()
    return teardownWords.contains { lower.contains($0) }
  }

  private static func runsAfterFailure(_ condition: String?) -> Bool {
    guard let condition else { return false }
    return condition.contains("failure()") || condition.contains("cancelled()")
      || (condition.contains("action") && condition.contains("closed"))
  }

  // MARK: Clusters

  private static func makesCluster(action: String) -> Bool {
    ["kind-action", "minikube", "k3d", "microk8s", "k3s"].contains { action.contains($0) }
  }

  private static func makesCluster(_ command: DeliveryCommand) -> Bool {
    let words = command.words.dropFirst().prefix(2).compactMap { $0.text.constant?.string }
    switch command.program.string {
    case "kind": return words.first == "create" || words.first == "load"
    case "minikube": return words.first == "start"
    case "k3d": return words == ["cluster", "create"] || words.first == "create"
    case "microk8s": return true
    default: return false
    }
  }
}

extension ResolvedText {
  /// The text holds a number of the run or of a pull request, so that nobody else uses what it names.
  var namesRun: Bool {
    let lower = shown.string.lowercased()
    let marks = [
      "run_id", "run_number", "build_number", "build_id", "pipeline_id", "job_id", "pr_number", "pull_request",
      "event.number", "merge_request", "pipeline_iid", "github.run", "random", "uuid",
    ]
    return marks.contains { lower.contains($0) }
  }
}

/// The path of manifests, judged by its name where its content is not at hand.
struct ManifestPath {
  /// In lower case.
  let shown: String
  private let name: String

  init(_ path: ResolvedText) {
    shown = path.shown.string.lowercased()
    name = shown.split(separator: "/").last.map(String.init) ?? shown
  }

  var isConfiguration: Bool { ["configmap", "secret"].contains { name.contains($0) } }

  /// The clause for files that hold no workload; nil for all others.
  var clause: String? {
    if ["crd", "customresource"].contains(where: { name.contains($0) }) { return "definitions" }
    return isConfiguration ? "configuration" : nil
  }

  /// Whether the manifests hold an object: certain where their name says so, or says only that they deploy.
  func holds(kind: ResolvedText, name object: ResolvedText?) -> TargetRelation {
    if clause != nil { return .different }
    if let object = object?.shown.string.lowercased(), !object.isEmpty, shown.contains(object) { return .same }
    let kindWord = kind.shown.string.lowercased()
    let words = ["deploy", "manifest", "k8s", "kube", "app.", "all."]
    return name.contains(kindWord) || words.contains { shown.contains($0) } ? .same : .possible
  }
}
