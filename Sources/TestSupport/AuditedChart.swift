import Charts
import Compiler
import Kubernetes
import SourceText
import TemplateLanguage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A chart with a command line, whose origins are to be audited.
package struct AuditedChart: Sendable, CustomStringConvertible {
  package let name: String
  private let files: [String: ByteString]
  private let request: ReleaseRequest

  package var description: String { name }

  /// Charts of the repository: `fixtures/render/<name>/`.
  package static func ofRepository() -> [AuditedChart] {
    let root = FixtureFiles.root + "/fixtures/render"
    return FixtureFiles.folders(in: root).map { name in
      AuditedChart(name: name, files: FixtureFiles.read("\(root)/\(name)"), chart: ".", arguments: [])
    }
  }

  /// Cases of a conformance suite: `<folder>/<case>/{chart/,cmd.json}`. The folder is named by the environment variable
  /// `SLIPWAY_CONFORMANCE`; there are none without it.
  package static func ofConformance() -> [AuditedChart] {
    guard let folder = getenv("SLIPWAY_CONFORMANCE").map({ String(cString: $0) }) else { return [] }
    return FixtureFiles.folders(in: folder).map { name in
      let files = FixtureFiles.read("\(folder)/\(name)")
      return AuditedChart(name: name, files: files, chart: "chart", arguments: arguments(files["cmd.json"]))
    }
  }

  private init(name: String, files: [String: ByteString], chart: String, arguments: [String]) {
    self.name = name
    self.files = files
    request = Self.request(chart, arguments)
  }

  private static func arguments(_ command: ByteString?) -> [String] {
    guard let command else { return [] }
    let root = ManifestReader.documents(of: SourceFile(path: "cmd.json", text: command)).nodes.first
    return root?["args"]?.items.compactMap(\.scalar) ?? []
  }

  /// The flags that set values; the others change nothing that an audit looks at.
  private static func request(_ chart: String, _ arguments: [String]) -> ReleaseRequest {
    let fields: [String: WritableKeyPath<ValuesArguments, [String]>] = [
      "-f": \.files, "--values": \.files, "--set": \.set, "--set-string": \.setString, "--set-json": \.setJSON,
      "--set-file": \.setFile, "--set-literal": \.setLiteral,
    ]
    var request = ReleaseRequest(chart: chart)
    request.options.name = "rel"
    for (index, flag) in arguments.enumerated() where index + 1 < arguments.count {
      if let field = fields[flag] { request.values[keyPath: field].append(arguments[index + 1]) }
    }
    return request
  }

  /// Every scalar and key of every rendered document; nil when the chart does not render.
  package func audit() -> OriginAudit? {
    let files = MemoryFiles(files)
    guard let render = try? TrackedRender(request, fileSystem: files, environment: .fixed) else { return nil }
    var audit = OriginAudit()
    for file in render.release.files {
      let map = render.map(of: file)
      let source = SourceFile(path: file.path, text: map.text.byteString)
      for root in ManifestReader.documents(of: source).nodes { inspect(root, map, file.path, &audit) }
    }
    return audit
  }

  private func inspect(_ node: Kubernetes.Node, _ map: SourceMap, _ path: String, _ audit: inout OriginAudit) {
    if let key = node.keyPlace { audit.inspect(map, key, name: "\(path) key of \(node.path)") }
    if node.isScalar { audit.inspect(map, node.place, name: "\(path) \(node.path)") }
    for child in node.children { inspect(child, map, path, &audit) }
  }
}
