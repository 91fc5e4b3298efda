import Diagnostics
import Kubernetes

extension Check {
  /// `implausible-quantity`: an amount whose unit was not meant.
  package static let implausibleQuantity = Check.object { object, context in
    guard !object.hook.isTest else { return .exempt("test-object") }
    var search = ImplausibleQuantities(object: object, context: context)
    if let workload = Workload(object, customKinds: context.scope.workloadKinds) {
      search.add(workload)
    } else if object.isKind("PersistentVolumeClaim", group: "") {
      search.add(claim: object.node, named: object.identity.description)
    } else {
      return .notConcerned
    }
    return search.findings.isEmpty ? .pass : .findings(search.findings)
  }
}

private struct ImplausibleQuantities {
  let object: KubernetesObject
  let context: CheckContext
  private(set) var findings: [Finding] = []

  init(object: KubernetesObject, context: CheckContext) {
    self.object = object
    self.context = context
  }

  mutating func add(_ workload: Workload) {
    for container in workload.pod.containers {
      let owner = "`\(container.title)`"
      for side in [ResourceRequirements.Side.requests, .limits] {
        for resource in container.resources.names(side) {
          add(container.resources[side, resource], resource, field: "\(side.rawValue).\(resource)", owner)
        }
      }
      if context.isStrict { addMixture(container) }
    }
    for volume in workload.pod.spec["volumes"]?.items ?? [] {
      guard let folder = volume["emptyDir"], folder["medium"]?.scalar != "Memory" else { continue }
      add(folder["sizeLimit"], "storage", field: "sizeLimit", "volume `\(volume["name"]?.scalar ?? "")`")
    }
    for claim in workload.claimTemplates { add(claim: claim.node, named: "claim `\(claim.name)`") }
  }

  mutating func add(claim: Node, named owner: String) {
    add(claim.descend("spec", "resources", "requests", "storage"), "storage", field: "requests.storage", owner)
  }

  private mutating func add(_ node: Node?, _ resource: String, field: String, _ owner: String) {
    guard let node, let quantity = Quantity(node), !quantity.isZero else { return }
    let guess: Guess? =
      switch resource {
      case "cpu": Guess(cpu: quantity)
      case "memory", "storage", "ephemeral-storage": Guess(bytes: quantity)
      default: nil
      }
    guard let guess else { return }
    findings.append(
      context.finding(
        .error, in: object, at: .value(node),
        holes: [
          Hole("field", field), Hole("q", node.scalar ?? ""), Hole("owner", owner), Hole("meaning", guess.meaning),
          Hole("guess", guess.text),
        ],
        edits: [
          NodeEdit(title: "Write `\(guess.text)`", change: .replaceText(node, nil, with: guess.text), isSafe: false)
        ]))
  }

  /// `512M` beside `1Gi`: near to each other, and not the same unit.
  private mutating func addMixture(_ container: Container) {
    guard let request = container.resources[.requests, "memory"], let limit = container.resources[.limits, "memory"],
      let requested = Quantity(request), let limited = Quantity(limit)
    else { return }
    let isMixed =
      switch (requested.suffix, limited.suffix) {
      case (.decimal(_, let power), .binary), (.binary, .decimal(_, let power)): power >= 6
      default: false
      }
    guard isMixed else { return }
    let node = if case .decimal = requested.suffix { request } else { limit }
    findings.append(
      context.finding(
        .warning, in: object, at: .value(node),
        related: [Related(.value(node == request ? limit : request), "the other amount")],
        holes: [
          Hole("field", node == request ? "requests.memory" : "limits.memory"), Hole("q", node.scalar ?? ""),
          Hole("owner", "`\(container.title)`"),
          Hole(
            "meaning", "powers of ten beside the powers of two of `\((node == request ? limit : request).scalar ?? "")`"
          ),
          Hole("guess", (node.scalar ?? "") + "i"),
        ]))
  }
}

/// What an amount means as it stands, and what was probably meant.
private struct Guess {
  let meaning: String
  let text: String

  /// Cores counted in bytes, or so many that thousandths were meant.
  init?(cpu quantity: Quantity) {
    let suffix = quantity.suffix.text
    switch quantity.suffix {
    case .binary: break
    case .decimal(_, let power) where power > 0: break
    case .none where quantity > Quantity(units: 256): break
    case .decimal, .exponent, .none: return nil
    }
    meaning = "\(quantity.units) cores"
    text = suffix.hasPrefix("G") || suffix.hasPrefix("T") ? quantity.number : quantity.number + "m"
  }

  /// Bytes in thousandths, or so few that nothing fits.
  init?(bytes quantity: Quantity) {
    guard quantity < Quantity(units: 1 << 20), quantity.nanos > 0 else { return nil }
    let thousandths = quantity.nanos / 1_000_000
    meaning =
      thousandths % 1000 == 0
      ? "\(quantity.units) bytes" : "\(thousandths / 1000).\(String(1000 + thousandths % 1000).dropFirst()) bytes"
    text = quantity.number + (quantity.number.contains(".") ? "Gi" : "Mi")
  }
}
