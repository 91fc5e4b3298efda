import Kubernetes
import SourceText
import Testing

@testable import Rules

/// Runs the engine on manifests as they are.
func inspect(_ manifests: String, isComplete: Bool = true, settings: Settings = Settings()) -> Inspection {
  let file = SourceFile(path: "manifest.yaml", text: ByteString(manifests))
  let objects = ManifestReader.documents(of: file).nodes
    .flatMap { KubernetesObject.all(in: $0, releaseNamespace: "default") }
  return Engine(settings: settings).inspect(Scope(isComplete: isComplete, objects: objects))
}

extension Finding {
  /// The rule and the message.
  var line: String { "\(rule): \(Catalogue.rule(rule)?.message.filled(holes) ?? "")" }
}

@Suite struct EngineTests {
  static let manifest = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
          - name: web
            image: web:latest
            ports: [{name: https, containerPort: 8443}]
            livelinessProbe: {httpGet: {port: https}}
            readinessProbe: {httpGet: {path: /, port: http}}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 443, targetPort: https}]}
    """

  @Test func findings() {
    let inspection = inspect(Self.manifest)
    #expect(inspection.findings.map(\.rule) == ["unknown-field", "mutable-image-tag", "probe-port-mismatch"])
    #expect(inspection.silenced.map(\.finding.rule) == ["missing-liveness-probe"])
  }
}
