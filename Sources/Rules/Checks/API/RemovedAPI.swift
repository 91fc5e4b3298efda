import Diagnostics
import Kubernetes

extension Check {
  /// `removed-api`: an apiVersion that the target version of Kubernetes no longer serves.
  package static let removedApi = Check.object { object, context in
    guard let removal = APIRemoval.of(object.identity), let node = object.node["apiVersion"] else { return .pass }
    let target = context.minorVersion
    guard removal.removed <= target else { return .exempt("still-served") }
    var holes = [
      Hole("apiVersion", object.identity.apiVersion), Hole("kind", object.kind), Hole("version", "1.\(target)"),
      Hole("removed", "1.\(removal.removed)"),
    ]
    var edits: [NodeEdit] = []
    if let replacement = removal.replacement {
      holes.append(Hole("remedy", "Use `\(replacement)`" + (removal.change.map { "; \($0)" } ?? "")))
      if removal.change == nil {
        edits = [
          NodeEdit(
            title: "Use `\(replacement)`", change: .replaceText(node, nil, with: replacement), isSafe: false)
        ]
      }
    } else {
      holes.append(Hole("remedy", "Remove it: nothing replaces this kind"))
    }
    return .finding(context.finding(.error, in: object, at: .value(node), holes: holes, edits: edits))
  }
}

extension CheckContext {
  /// The minor version of Kubernetes 1 that the run is for.
  package var minorVersion: Int { scope.minorVersion ?? SchemaTable.knownVersions.upperBound }

  /// Whether what came with a version may be asked for: the target has it, and so has every version that the chart
  /// says it supports.
  func mayUse(what came: Int?) -> Bool {
    guard let came else { return true }
    return came <= minorVersion && came <= scope.oldestMinorVersion ?? Int.max
  }
}
