import Kubernetes
import SourceText

/// The first node of a YAML text.
func node(_ text: String) -> Node? {
  ManifestReader.documents(of: SourceFile(path: "test.yaml", text: ByteString(text))).nodes.first
}

/// A workload with this `spec` beside a pod template with this pod `spec`.
func workload(
  _ kind: String = "Deployment", spec: String = "replicas: 1", pod: String = "containers: []"
) -> Workload? {
  node("{apiVersion: apps/v1, kind: \(kind), metadata: {name: web}, spec: {\(spec), template: {spec: {\(pod)}}}}")
    .flatMap { KubernetesObject($0, releaseNamespace: "default") }.flatMap { Workload($0) }
}

/// The only container of a pod, by its fields.
func container(_ fields: String, pod: String = "restartPolicy: Always") -> (Container, PodTemplate)? {
  workload(pod: "\(pod), containers: [{name: web, \(fields)}]").flatMap { workload in
    workload.pod.appContainers.first.map { ($0, workload.pod) }
  }
}

/// Numbers from a seed, the same on every run.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
