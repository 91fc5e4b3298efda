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

@Suite struct ManifestReaderTests {
  @Test func aliasesAndMergeKeys() {
    let root = documents(
      """
      base: &base {a: 1, b: 2}
      copy: *base
      merged: {<<: *base, b: 3, c: 4}
      several: {<<: [{a: 9}, *base]}
      """)[0]
    #expect(root.descend("copy", "b")?.integer == 2)
    #expect(root.descend("merged", "a")?.integer == 1)
    #expect(root.descend("merged", "b")?.integer == 3)
    #expect(root["merged"]?.children.compactMap(\.key) == ["b", "c", "a"])
    #expect(root.descend("several", "a")?.integer == 9)
    #expect(root.descend("several", "b")?.integer == 2)
  }

  @Test func lastOfEqualKeysWins() {
    let root = documents("a: 1\nb: 2\na: 3\n")[0]
    #expect(root["a"]?.integer == 3)
    #expect(root.childCount == 2)
  }

  @Test func places() {
    let text = "key: &x !!str 'text'\nother: \"a\\nb\"\nblock: |\n  line\n"
    let root = documents(text)[0]
    func bytes(_ node: Node?) -> String? { node.map { ByteString(text)[$0.place.start..<$0.place.end].string } }
    #expect(bytes(root["key"]) == "'text'")
    #expect(bytes(root["other"]) == "\"a\\nb\"")
    #expect(root["other"]?.string == "a\nb")
    #expect(root["block"]?.string == "line\n")
    #expect(root["key"]?.keyPlace == ByteRange(0, 3))
  }

  /// Billions of nodes by aliases or merge keys, and nesting without end, cost neither time nor stack.
  @Test func bombs() {
    var aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    var merges = "a0: &a0 {x: 1}\n"
    for level in 1...40 {
      let before = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      aliases += "a\(level): &a\(level) [\(before)]\n"
      merges += "a\(level): &a\(level) {<<: [\(before)]}\n"
    }
    #expect(documents(aliases).count == 1)
    #expect(documents(merges).count == 1)
    #expect(documents(String(repeating: "[", count: 5000)).count <= 1)
    #expect(documents(String(repeating: "{a: ", count: 5000) + String(repeating: "}", count: 5000)).count <= 1)
  }
}
