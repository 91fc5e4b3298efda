import Kubernetes
import SourceText

/// The CustomResourceDefinitions that a user names beside the input.
struct CustomDefinitionFiles {
  private(set) var objects: [KubernetesObject] = []
  private(set) var unusable: [UnusableInput] = []

  /// Folders are walked.
  init(paths: [String], files: any FileSystem) {
    for path in paths {
      let found = LintInputs(paths: [path], files: files)
      let manifests = found.inputs.flatMap { input -> [String] in
        if case .manifests(let paths, _) = input { paths } else { [] }
      }
      let known = objects.count
      for file in manifests.compactMap({ Self.read($0, files) }) { add(file) }
      if objects.count == known {
        unusable.append(UnusableInput(path: path, reason: "holds no CustomResourceDefinition"))
      }
    }
  }

  private mutating func add(_ file: SourceFile) {
    for node in ManifestReader.documents(of: file).nodes {
      objects += KubernetesObject.all(in: node, releaseNamespace: "")
        .filter { $0.isKind("CustomResourceDefinition", group: "apiextensions.k8s.io") }
    }
  }

  private static func read(_ path: String, _ files: any FileSystem) -> SourceFile? {
    (try? files.read(path)).map { SourceFile(path: path, text: $0) }
  }
}
