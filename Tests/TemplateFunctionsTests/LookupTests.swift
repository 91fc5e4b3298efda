import SourceText
import TemplateFunctions
import TemplateLanguage
import Testing
import Values

/// `lookup` answers from files as a server would.
@Suite struct LookupTests {
  private static let state = SourceFile(
    path: "cluster.yaml",
    text: """
      apiVersion: v1
      kind: List
      items:
      - {apiVersion: v1, kind: Secret, metadata: {name: b, namespace: one}, data: {p: eA==}}
      - {apiVersion: v1, kind: Secret, metadata: {name: a, namespace: one}, replicas: 3, half: 0.5}
      ---
      {apiVersion: v1, kind: Secret, metadata: {name: a, namespace: many}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: one}}
      """)

  private func render(_ template: String, cluster: [SourceFile]? = [state]) throws -> String {
    var environment = Environment(now: { (0, 0) }, random: { _ in [] }, timeZone: { _ in nil })
    environment.cluster = cluster
    let functions = Rendering.functions
    var set = TemplateSet()
    set.add(
      TemplateParser.parse(
        file: SourceFile(path: "t", text: ByteString(template)), name: "t", functions: functions))
    let evaluator = Evaluator(
      set: set, functions: functions, origins: OriginTable(isTracking: false), environment: environment)
    return try evaluator.execute("t", data: .map(MapValue())).string
  }

  @Test(arguments: [
    (#"{{ (lookup "v1" "Secret" "one" "b").data.p }}"#, "eA=="),
    (
      #"{{ kindOf (lookup "v1" "Secret" "one" "a").replicas }} {{ (lookup "v1" "Secret" "one" "a").half }}"#,
      "int64 0.5"
    ),
    (#"{{ lookup "v1" "Secret" "one" "c" }}{{ lookup "v1" "Secret" "" "a" }}"#, "map[]map[]"),
    (#"{{ range (lookup "v1" "Secret" "one" "").items }}{{ .metadata.name }}{{ end }}"#, "ab"),
    (#"{{ range (lookup "v1" "Secret" "" "").items }}{{ .metadata.namespace }}{{ end }}"#, "manyoneone"),
    (#"{{ (lookup "v1" "Secret" "one" "").kind }}"#, "SecretList"),
    (#"{{ (lookup "v1" "Namespace" "any" "one").metadata.name }}"#, "one"),
    (#"{{ lookup "v1" "Pod" "one" "" | toJson }}"#, #"{"apiVersion":"v1","items":[],"kind":"PodList","metadata":{}}"#),
    (
      #"{{ $_ := set (lookup "v1" "Secret" "one" "a") "kind" "X" }}{{ (lookup "v1" "Secret" "one" "a").kind }}"#,
      "Secret"
    ),
  ])
  func finds(template: String, text: String) throws {
    #expect(try render(template) == text)
  }

  @Test func withoutAClusterEverythingIsEmpty() throws {
    #expect(try render(#"{{ lookup "v1" "Secret" "one" "" }}"#, cluster: nil) == "map[]")
  }

  @Test(arguments: ["a: 1", "[1]", "kind: [", "{apiVersion: v1}"])
  func refusesWhatIsNoObject(text: String) {
    let error = #expect(throws: FunctionError.self) {
      try ClusterObjects([SourceFile(path: "c.yaml", text: ByteString(text))], origins: OriginTable(isTracking: false))
    }
    #expect(error?.message.string.hasPrefix("cluster state c.yaml: ") == true)
  }
}
