import Diagnostics
import Kubernetes
import SourceText
import Testing

@testable import Rules

/// The rules that the tests of the engine use, so that new ones change nothing here.
let engineRules = Catalogue.rules.filter { rule in
  [
    "invalid-image-reference", "missing-liveness-probe", "missing-readiness-probe", "mutable-image-tag",
    "probe-port-mismatch", "probe-scheme-mismatch", "release-varying-selector", "unknown-field",
  ].contains(rule.id)
}

/// Runs the engine on manifests as they are.
func inspect(
  _ manifests: String, isComplete: Bool = true, rules: [Rule] = engineRules, settings: Settings = Settings(),
  provenance: (any Provenance)? = nil
) -> Inspection {
  Engine(rules: rules, settings: settings).inspect(scope(manifests, isComplete: isComplete), provenance: provenance)
}

/// The objects of a text as a scope.
func scope(_ manifests: String, isComplete: Bool = true) -> Scope {
  let file = SourceFile(path: "manifest.yaml", text: ByteString(manifests))
  let objects = ManifestReader.documents(of: file).nodes
    .flatMap { KubernetesObject.all(in: $0, releaseNamespace: "default") }
  return Scope(isComplete: isComplete, objects: objects)
}

@Suite struct EngineTests {
  static let manifest = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 2
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
          - name: web
            lifecycle: {preStop: {sleep: {seconds: 10}}}
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

  @Test func causeFirst() {
    let inspection = inspect(Self.manifest)
    #expect(inspection.findings.map(\.rule) == ["unknown-field", "mutable-image-tag", "probe-port-mismatch"])
    #expect(inspection.silenced.map(\.finding.rule) == ["missing-liveness-probe"])
    #expect(inspection.silenced.map(\.cause.rule) == ["unknown-field"])
  }

  @Test func noCauseNoSilence() {
    let inspection = inspect(Self.manifest, settings: Settings(rules: ["unknown-field": .init(isEnabled: false)]))
    #expect(inspection.findings.map(\.rule).contains("missing-liveness-probe"))
    #expect(inspection.silenced.isEmpty)
  }

  @Test func settings() {
    let off = inspect(Self.manifest, settings: Settings(profile: .off))
    #expect(off.findings.isEmpty && off.outcomes.isEmpty)
    let one = inspect(
      Self.manifest,
      settings: Settings(profile: .off, rules: ["mutable-image-tag": .init(isEnabled: true, level: .note)]))
    #expect(one.findings.map(\.level) == [.note])
  }

  @Test func outcomesAreCounted() {
    let inspection = inspect(Self.manifest, isComplete: false)
    #expect(inspection.looks.map(\.isChecked) == [true, true])
    #expect(inspection.outcomes["unknown-field"]?.findings == 1)
    #expect(inspection.outcomes["unknown-field"]?.pass == 1)
    #expect(inspection.outcomes["missing-readiness-probe"]?.pass == 1)
    #expect(inspection.outcomes["release-varying-selector"]?.unknown == 2)
    #expect(inspection.undecided.map(\.count) == [2])
  }

  @Test func findingsNameFields() {
    let finding = inspect(Self.manifest).findings.first { $0.rule == "mutable-image-tag" }
    #expect(finding?.place.fieldPath?.description == "spec.template.spec.containers[0].image")
    #expect(finding?.object?.description == "Deployment/web")
  }

  @Test func absentFieldsHaveAPath() {
    let node = scope(Self.manifest).objects[0].node
    #expect(Place.absent(key: "replicas", under: node).fieldPath?.description == "replicas")
  }

  @Test func anyObjectShape() {
    let shapes = [
      "{apiVersion: apps/v1, kind: Deployment}", "{apiVersion: apps/v1, kind: Deployment, spec: []}",
      "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: {a: b}}}}}",
      "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [1, [], {image: []}]}}}}",
      "{apiVersion: v1, kind: Service, spec: {ports: {}, selector: [a]}}", "{apiVersion: [], kind: {}}",
      "{apiVersion: v1, kind: Pod, spec: {containers: [{image: 7, ports: [a, {}], readinessProbe: {httpGet: a}}]}}",
      "{apiVersion: v1, kind: List, items: {a: b}}", "{apiVersion: apps/v1, kind: Deployment, spec: {selector: x}}",
    ]
    for shape in shapes { _ = inspect(shape, rules: Catalogue.rules, settings: Settings(profile: .strict)) }
  }
}
