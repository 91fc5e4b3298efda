import Delivery
import Kubernetes
import SourceText

/// The objects of the whole input by the paths under which scripts name them.
package struct DeliveredObjects: Sendable {
  /// An object as a path holds it.
  struct Holding {
    let object: KubernetesObject
    /// Differs from the object's own where a kustomization renames it, or a release has another name.
    let name: String
    /// Nil where the object names none.
    let namespace: String?
  }

  private var files: [ByteString: [KubernetesObject]] = [:]
  private var charts: [ByteString: [KubernetesObject]] = [:]
  /// Every object of the input, each once.
  private(set) var all: [KubernetesObject] = []
  private(set) var workloads: [Workload] = []
  /// The workloads of charts.
  private(set) var chartWorkloads: [Workload] = []
  private(set) var services: [Service] = []
  /// The name under which the charts were rendered.
  private var releaseName = ""

  package init() {}

  /// Adds the objects of a file that is no template.
  package mutating func add(_ objects: [KubernetesObject], ofFile path: String) {
    files[GoPath.clean(ByteString(path)), default: []] += objects
    note(objects)
  }

  /// Adds what a chart renders in one environment.
  package mutating func add(_ objects: [KubernetesObject], ofChart path: String, release: String) {
    charts[GoPath.clean(ByteString(path)), default: []] += objects
    releaseName = release
    note(objects)
    chartWorkloads += objects.compactMap { Workload($0) }
  }

  private mutating func note(_ objects: [KubernetesObject]) {
    all += objects
    workloads += objects.compactMap { Workload($0) }
    services += objects.compactMap(Service.init)
  }

  package var isEmpty: Bool { all.isEmpty }

  /// What a path of a script leads to; nil when that is not in the input.
  func holdings(
    at path: ResolvedText, _ form: DeliveryTarget.ManifestForm, calledFrom file: SourceFile
  ) -> [Holding]? {
    for candidate in InputPath.candidates(path, from: file) {
      if let found = holdings(at: candidate, form) { return found }
    }
    return nil
  }

  /// The chart that a release is made from.
  func holdings(ofChart path: ResolvedText, release: ResolvedText?, calledFrom file: SourceFile) -> [Holding]? {
    holdings(at: path, .chart(release: release), calledFrom: file)
  }

  private func holdings(at path: ByteString, _ form: DeliveryTarget.ManifestForm) -> [Holding]? {
    switch form {
    case .chart(let release):
      return charts[path].map { $0.map { holding($0, release: release?.constant?.string) } }
    case .kustomization: return kustomization(path, depth: 0)
    case .files(let isRecursive):
      if let objects = files[path] { return objects.map(holding) }
      let inside = files.keys.filter { Self.isInside($0, path, isRecursive: isRecursive) }.sorted()
      return inside.isEmpty ? nil : inside.flatMap { (files[$0] ?? []).map(holding) }
    }
  }

  private static func isInside(_ file: ByteString, _ folder: ByteString, isRecursive: Bool) -> Bool {
    let parent = GoPath.directory(file)
    if parent == folder { return true }
    guard isRecursive else { return false }
    return folder == "." ? parent.bytes.first != UInt8(ascii: "/") : parent.hasPrefix(folder + "/")
  }

  private func holding(_ object: KubernetesObject) -> Holding {
    Holding(object: object, name: object.name, namespace: object.metadata?["namespace"]?.scalar)
  }

  /// A chart's objects bear the name of the release that they were rendered as. A chart whose name is part of the
  /// release's name is not named twice by the usual templates.
  private func holding(_ object: KubernetesObject, release: String?) -> Holding {
    var name = object.name
    if let release, !releaseName.isEmpty, name.hasPrefix(releaseName) {
      let rest = name.dropFirst(releaseName.count)
      name = rest.first == "-" && release.contains(rest.dropFirst()) ? release : release + rest
    }
    return Holding(object: object, name: name, namespace: object.metadata?["namespace"]?.scalar)
  }
}

// MARK: - Kustomizations

extension DeliveredObjects {
  private static let kustomizationNames: [ByteString] = [
    "kustomization.yaml", "kustomization.yml", "Kustomization",
  ]
  private static let deepestKustomization = 16

  /// What the resources of a kustomization hold; nil when it is not in the input, or when one of them is not.
  private func kustomization(_ folder: ByteString, depth: Int) -> [Holding]? {
    guard depth < Self.deepestKustomization,
      let file = Self.kustomizationNames.map({ GoPath.join(folder, $0) }).first(where: { files[$0] != nil }),
      let node = files[file]?.first?.node
    else { return nil }
    let resources = ["resources", "bases", "components"].flatMap { node[$0]?.items.compactMap(\.scalarBytes) ?? [] }
    var result: [Holding] = []
    for resource in resources {
      let path = GoPath.join(folder, resource)
      guard let found = files[path]?.map(holding) ?? kustomization(path, depth: depth + 1) else { return nil }
      result += found
    }
    let prefix = node["namePrefix"]?.scalar ?? ""
    let suffix = node["nameSuffix"]?.scalar ?? ""
    let namespace = node["namespace"]?.scalar
    return result.map {
      Holding(object: $0.object, name: prefix + $0.name + suffix, namespace: namespace ?? $0.namespace)
    }
  }
}
