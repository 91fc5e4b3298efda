import Kubernetes
import SourceText

/// Everything that is generated from the rules' files and the starter chart: paths below the repository and their content.
struct Generation {
  let rules: [RuleFile]
  let starter: StarterWriter

  /// Reads `rules/<category>/<id>.yaml` and `templates/web-service` below `root`.
  init(root: String, files: some FileSystem) throws {
    var rules: [RuleFile] = []
    for category in try files.list("\(root)/rules") where !category.hasPrefix(".") {
      for name in try files.list("\(root)/rules/\(category)") where name.hasSuffix(".yaml") {
        let path = "\(root)/rules/\(category)/\(name)"
        let text = try files.read(path)
        guard let node = ManifestReader.documents(of: SourceFile(path: path, text: text)).nodes.first else {
          throw RuleFileError(description: "rules/\(category)/\(name): not a YAML mapping")
        }
        rules.append(try RuleFile(node, category: category, name: String(name.dropLast(5))))
      }
    }
    self.rules = rules
    starter = try StarterWriter(folder: "\(root)/templates/web-service", files: files)
  }

  var outputs: [(path: String, text: String)] {
    let catalogue = CatalogueWriter(rules: rules)
    let pages = PageWriter(rules: rules)
    let folder = "Sources/Rules/Catalogue"
    return [("\(folder)/Catalogue.generated.swift", catalogue.index)]
      + catalogue.categories.map { ("\(folder)/\($0).generated.swift", catalogue.file(of: $0)) }
      + [("docs/rules/README.md", pages.index)]
      + rules.map { ("docs/rules/\($0.id).md", pages.page(of: $0)) }
      + [("Sources/Compiler/Starters/WebService.generated.swift", starter.file)]
  }

  /// The generated files that are missing or do not hold what the rules' files ask for.
  func stale(root: String, files: some FileSystem) -> [String] {
    outputs.filter { output in (try? files.read("\(root)/\(output.path)")) != ByteString(output.text) }.map(\.path)
  }
}
