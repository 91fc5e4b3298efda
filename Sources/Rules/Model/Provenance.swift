import Kubernetes

/// What supplied a stretch of a scalar's text.
package indirect enum ValueSource: Hashable, Sendable {
  /// The template's own text, or a constant in an action.
  case literal
  /// A values file's leaf, by its dotted key below `.Values` of the top chart. `isVendorDefault`: a subchart's own
  /// values.yaml has it and nobody overrides it.
  case value(key: String, isVendorDefault: Bool)
  /// A `--set` argument, by the key it sets.
  case argument(key: String)
  /// A field of Chart.yaml: `Version`, `AppVersion`, `Name`.
  case chart(field: String)
  /// What the program supplies: `Release.Name`, `Release.Revision`, `Capabilities.KubeVersion.Version`.
  case builtIn(String)
  /// A file of the chart that a template reads (`.Files.Get`).
  case file(path: String)
  /// Made by a function from other sources.
  case derived(function: String, [ValueSource])
  case unknown
}

/// A stretch of a scalar's decoded text with what supplied it.
package struct SourcedRange: Hashable, Sendable {
  package var range: Range<Int>
  package var source: ValueSource
  package init(_ range: Range<Int>, _ source: ValueSource) {
    self.range = range
    self.source = source
  }
}

/// Answers where rendered text came from; implemented by the compiler over the render's origins. Raw manifests have none.
package protocol Provenance: Sendable {
  /// The sources of `range` of the decoded text of `node` (all of it when nil), in order and covering it; a value that
  /// is empty has an empty range. Nil when nothing is known.
  func sources(of node: Node, in range: Range<Int>?) -> [SourcedRange]?

  /// The named templates under which the key of a node was printed, the innermost first.
  func templates(printing key: Node) -> [String]

  /// Whether the render has a template of that name.
  func hasTemplate(_ name: String) -> Bool
}

extension Provenance {
  package func templates(printing key: Node) -> [String] { [] }
  package func hasTemplate(_ name: String) -> Bool { false }
}

extension ValueSource {
  /// Somebody outside the template supplies it: a values file or an argument.
  package var isSupplied: Bool {
    switch self {
    case .value, .argument: true
    case .derived(_, let inputs): inputs.contains(where: \.isSupplied)
    case .literal, .chart, .builtIn, .file, .unknown: false
    }
  }

  package var isVendorDefault: Bool {
    switch self {
    case .value(_, let isVendorDefault): isVendorDefault
    case .derived(_, let inputs): !inputs.isEmpty && inputs.allSatisfy(\.isVendorDefault)
    case .literal, .argument, .chart, .builtIn, .file, .unknown: false
    }
  }

  /// This source and, for a derived one, all that it was made from.
  package var leaves: [ValueSource] {
    guard case .derived(_, let inputs) = self else { return [self] }
    return [self] + inputs.flatMap(\.leaves)
  }
}
