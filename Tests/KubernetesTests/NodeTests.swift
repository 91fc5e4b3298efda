import SourceText
import Testing

@testable import Kubernetes

/// The documents of a text.
func documents(_ text: String) -> [Node] {
  ManifestReader.documents(of: SourceFile(path: "manifest.yaml", text: ByteString(text))).nodes
}

@Suite struct NodeTests {
  private let root = documents(
    """
    kind: Pod
    metadata: {labels: {"helm.sh/chart": web-1}, annotations: ~}
    spec:
      containers:
        - name: web
          ports: [{containerPort: 8080}]
    """)[0]

  @Test func paths() {
    let containers = root.descend("spec", "containers")
    let port = containers?.items.first?["ports"]?.items.first?["containerPort"]
    #expect(port?.path.description == "spec.containers[0].ports[0].containerPort")
    #expect(port?.integer == 8080)
    #expect(
      root.descend("metadata", "labels", "helm.sh/chart")?.path.description == "metadata.labels[\"helm.sh/chart\"]")
    #expect(root.path.description == "")
  }

  @Test func nullCountsAsAbsent() {
    let metadata = root["metadata"]
    #expect(metadata?["annotations"] == nil)
    #expect(metadata?.entry("annotations")?.isNull == true)
    #expect(metadata?["other"] == nil)
    #expect(metadata?["labels"]?.items.isEmpty == true)
  }

  @Test func parentsAndKeys() {
    let name = root.descend("spec", "containers")?.items.first?["name"]
    #expect(name?.key == "name")
    #expect(name?.parent?.key == nil)
    #expect(name?.parent?.parent?.key == "containers")
    #expect(name?.parent?.parent?.parent?.parent == root)
  }

  @Test(arguments: [
    ("", ScalarValue.null), ("~", .null), ("null", .null), ("true", .boolean(true)), ("on", .boolean(true)),
    ("No", .boolean(false)), ("nope", .string), ("8080", .integer(8080)), ("-1", .integer(-1)), ("+7", .integer(7)),
    ("0x1F", .integer(31)), ("0b11", .integer(3)), ("0o17", .integer(15)), ("017", .integer(15)),
    ("1_000", .integer(1000)),
    ("1.5", .float), ("1e3", .float), (".inf", .float), ("-.INF", .float), ("1.2.3", .string), ("0x", .string),
    ("99999999999999999999", .float), ("-", .string), ("1-2", .string), ("http", .string),
  ])
  func plainScalars(_ text: String, _ value: ScalarValue) { #expect(ScalarValue(plain: ByteString(text)) == value) }
}
