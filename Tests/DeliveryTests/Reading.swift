import SourceText

@testable import Delivery

/// The commands of a shell script.
func commands(_ script: String) -> [DeliveryCommand] {
  read(script, path: "deploy.sh").script.jobs.flatMap(\.commands)
}

func read(_ text: String, path: String) -> (script: DeliveryScript, faults: [String]) {
  let (script, diagnostics) = Delivery.read(SourceFile(path: path, text: ByteString(text)))
  return (script, diagnostics.map(\.message))
}

/// The words of every command, variables replaced.
func shown(_ script: String) -> [String] { commands(script).map(\.shown) }

extension DeliveryTarget {
  /// A short form for comparisons: `Deployment/web`, `-f k8s`, `release web`.
  var brief: String {
    switch subject {
    case .object(let kind, let name): "\(kind.shown)/\(name.shown)"
    case .selection(let kind, let selector): "\(kind.shown) -l \(selector?.shown ?? "*")"
    case .manifests(let path, _): "-f \(path.shown)"
    case .stream: "-f -"
    case .release(let name): "release \(name.shown)"
    }
  }
}

extension DeliveryCommand {
  var briefDeletes: [String] { deletes.map(\.brief) }
  var briefCreates: [String] { creates.map(\.brief) }
  var briefWaits: [String] { waits.map(\.brief) }
}
