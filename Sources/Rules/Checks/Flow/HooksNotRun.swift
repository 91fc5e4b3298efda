import Delivery
import Diagnostics
import Kubernetes
import SourceText

extension Check {
  /// `hooks-not-run`: hooks that a render pipes into `kubectl apply` become ordinary objects.
  package static let hooksNotRun = Check.script { script, context in
    var findings: [Finding] = []
    var silence: Outcome?
    for run in DeliveryRun.all(of: script) {
      for (index, command) in run.commands.enumerated() {
        guard let kubectl = command.kubectl, kubectl.verb == .apply || kubectl.verb == .create, !kubectl.isDryRun else {
          continue
        }
        if let flag = kubectl.line.flag("--prune"), kubectl.prunes, !kubectl.line.isSet("--all"),
          kubectl.line.value("--selector") == nil, kubectl.line.value("--applyset") == nil,
          command.creates.contains(where: \.isRenderedChart)
        {
          findings.append(
            context.finding(
              .error, at: command.source(flag.range),
              holes: [Hole("fault", "`--prune` without a selector deletes what other releases applied")]))
        }
        for target in command.creates {
          guard case .manifests(let path, .chart) = target.subject else { continue }
          let render = run.commands[..<index].last { $0.helm?.verb == .template && $0.helm?.chartPath == path }
          let hooks = RenderedHooks(target, in: command, render, context.scope.delivered)
          switch hooks {
          case nil: silence = .unknown(Undecided("whether chart `\(path.shown)` has hooks"))
          case let hooks? where hooks.objects.isEmpty: silence = silence ?? .exempt("no-hooks")
          case let hooks?: findings.append(hooks.finding(at: render ?? command, context))
          }
        }
      }
    }
    if findings.isEmpty { return silence ?? .notConcerned }
    return .findings(findings)
  }
}

extension DeliveryTarget {
  fileprivate var isRenderedChart: Bool {
    if case .manifests(_, .chart) = subject { return true }
    return false
  }
}

/// The hooks of a chart that a render prints among the other objects.
private struct RenderedHooks {
  let objects: [KubernetesObject]
  let chart: String

  /// Nil when the chart is not in the input.
  init?(_ target: DeliveryTarget, in command: DeliveryCommand, _ render: DeliveryCommand?, _ all: DeliveredObjects) {
    guard let holdings = TargetJoin(objects: all).holdings(of: .init(target, in: command)),
      case .manifests(let path, _) = target.subject
    else { return nil }
    chart = path.shown.string
    let line = render?.helm?.line
    var hooks = holdings.map(\.object).filter(\.hook.isHook)
    if line?.isSet("--no-hooks") == true || line?.value("--show-only") != nil { hooks = [] }
    if line?.isSet("--skip-tests") == true { hooks = hooks.filter { !$0.hook.isTest } }
    objects = hooks
  }

  func finding(at render: DeliveryCommand, _ context: CheckContext) -> Finding {
    let count = objects.count == 1 ? "1 hook of \(chart) is" : "\(objects.count) hooks of \(chart) are"
    let tests = objects.contains(where: \.hook.isTest)
    return context.finding(
      tests ? .error : .warning, at: render.place,
      related: objects.prefix(3).map { Related(.object($0.node), "this hook") },
      holes: [Hole("fault", "\(count) applied as \(objects.count == 1 ? "an ordinary object" : "ordinary objects")")])
  }
}
