import Diagnostics
import Kubernetes
import Rules
import SourceText

/// Places findings in source: the only way from a node of a manifest to a diagnostic.
struct FindingPlacer {
  private let rules: [String: Rule]
  private let placement: Placement
  /// The name of the release; nil where nothing was rendered.
  private let release: String?
  private let keepsTraces: Bool

  init(rules: [Rule], trees: PlacedTrees, release: String? = nil, keepsTraces: Bool = false) {
    self.rules = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    placement = Placement(trees: trees)
    self.release = release
    self.keepsTraces = keepsTraces
  }

  func diagnostic(of finding: Finding) -> Diagnostic {
    let rule = rules[finding.rule]
    let placed = placement.placed(finding.place)
    var related = finding.related.compactMap { related -> Label? in
      placement.placed(related.place).map { Label($0.primary, related.message) }
    }
    related += placed?.related ?? []
    var diagnostic = Diagnostic(
      id: DiagnosticID(finding.rule), level: finding.level,
      message: rule?.message.filled(finding.holes) ?? finding.rule,
      primary: placed.map { Label($0.primary, finding.label) },
      related: related.filter { $0.place != placed?.primary }, rendered: rendered(finding),
      notes: rule.map { [Note(.why, $0.why.filled(finding.holes)), Note(.fix, $0.remedy.filled(finding.holes))] } ?? [],
      fixIts: finding.edits.compactMap { FixPlacer(placement: placement).fixIt(for: $0) })
    diagnostic.identity = identity(of: finding, rule, path: placed?.primary.file.path)
    if keepsTraces, let node = finding.place.node, let rendered = diagnostic.rendered {
      diagnostic.trace = placement.trees.trace(of: node, rendered)
    }
    return diagnostic
  }

  /// The field in the manifest; nil for a script and for a file that was not rendered, where the label says it all.
  private func rendered(_ finding: Finding) -> RenderedLocation? {
    guard let node = finding.place.node, placement.trees.map(of: node)?.isRendered == true,
      let object = finding.object
    else { return nil }
    return RenderedLocation(object: object.description, field: finding.place.fieldPath?.description ?? "")
  }
}

// MARK: - Identity

extension FindingPlacer {
  private func identity(of finding: Finding, _ rule: Rule?, path: String?) -> FindingIdentity {
    let quoted = rule?.message.quotedHoles ?? []
    let (field, numbered) = (field(of: finding.place), finding.place.fieldPath?.description)
    var quotes: [String: String] = [:]
    for hole in finding.holes where quoted.contains(hole.name) {
      quotes[hole.name] = hole.text == numbered ? field : withoutRelease(hole.text)
    }
    guard let object = finding.object else {
      return FindingIdentity(object: "", path: path ?? "", quotes: quotes)
    }
    let name = [object.group, object.kind, object.namespace, withoutRelease(object.name)].joined(separator: "/")
    return FindingIdentity(object: name, field: field, quotes: quotes)
  }

  /// The path with the names of items in place of their numbers, which change when an item is put before them.
  private func field(of place: Place) -> String {
    switch place {
    case .absent(let key, let node): Self.path(to: node) + "." + key
    case .value(let node), .bytes(let node, _), .key(let node), .include(let node), .valuesKey(_, let node, _):
      Self.path(to: node)
    case .object, .script: ""
    }
  }

  private static func path(to node: Node) -> String {
    var steps: [String] = []
    var node = node
    while let parent = node.parent {
      steps.append(parent.isMapping ? "." + (node.key ?? "") : "[\(mergeKey(of: node))]")
      node = parent
    }
    return String(steps.reversed().joined().drop { $0 == "." })
  }

  /// What distinguishes an item among its neighbours when the API server merges lists.
  private static func mergeKey(of item: Node) -> String {
    let keys = ["name", "mountPath", "containerPort", "port", "key", "ip"]
    return keys.lazy.compactMap { item[$0]?.scalar }.first ?? String(item.position)
  }

  private func withoutRelease(_ text: String) -> String {
    guard let release, !release.isEmpty else { return text }
    return replacing(release, in: text)
  }

  /// The release's name where it stands as a word of its own: `web` is not in `webhook`.
  private func replacing(_ name: String, in text: String) -> String {
    let (text, name) = (Array(text.utf8), Array(name.utf8))
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      let end = index + name.count
      let isWord =
        text[index...].starts(with: name) && (index == 0 || !isLetter(text[index - 1]))
        && (end == text.count || !isLetter(text[end]))
      result += isWord ? Array("{release}".utf8) : [text[index]]
      index = isWord ? end : index + 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
