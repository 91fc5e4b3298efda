import Charts
import Diagnostics
import Kubernetes
import Rules
import SourceText
import TemplateLanguage

/// Why there is no answer to where a field comes from.
package enum ExplanationFailure: Error {
  /// The chart does not render.
  case unrendered([Diagnostic])
  /// There is no such object; the ones there are, for "did you mean".
  case noObject([String])
  /// The object has no such field; the keys where the path ends, for "did you mean".
  case noField([String])
}

/// Says where the bytes of a rendered field came from: the body of `slipway why`.
package struct Explainer: Sendable {
  private let files: any FileSystem
  private let environment: Environment
  private let limits: Limits
  private let chartLimits: ChartLimits

  package init(
    fileSystem: any FileSystem, environment: Environment, limits: Limits = Limits(),
    chartLimits: ChartLimits = ChartLimits()
  ) {
    files = fileSystem
    self.environment = environment
    self.limits = limits
    self.chartLimits = chartLimits
  }

  /// - Parameters:
  ///   - object: `Deployment/web`.
  ///   - field: `spec.template.spec.containers[0].image`; an item may also be named (`containers[web]`).
  package func explain(
    _ request: ReleaseRequest, object: String, field: String
  ) throws(ExplanationFailure) -> Trace {
    let (objects, trees) = try render(request)
    let matches = objects.filter { $0.identity.description == object }
    guard let found = matches.first else { throw .noObject(objects.map(\.identity.description)) }
    let node: Kubernetes.Node
    switch NodeSearch.node(at: field, below: found.node) {
    case .found(let target): node = target
    case .missing(let keys): throw .noField(keys)
    }
    let rendered = RenderedLocation(object: object, field: node.path.description)
    return trees.trace(of: node, rendered)
  }

  private func render(
    _ request: ReleaseRequest
  ) throws(ExplanationFailure) -> (objects: [KubernetesObject], trees: PlacedTrees) {
    do throws(LintStop) {
      let render = try TrackedRender(
        request, fileSystem: files, environment: environment, limits: limits, chartLimits: chartLimits)
      return render.scope(namespace: request.options.namespace.string).content
    } catch {
      throw .unrendered(error.diagnostics)
    }
  }
}

extension PlacedTrees {
  /// The pieces of a scalar's content; of a mapping or sequence those of its first line.
  func trace(of node: Kubernetes.Node, _ rendered: RenderedLocation) -> Trace {
    guard let map = map(of: node) else { return Trace(rendered: rendered, text: "", pieces: []) }
    let range = node.isScalar ? rawRange(of: node) : keyPlace(of: node) ?? place(of: node)
    let pieces = map.pieces(in: range).map { piece in
      Trace.Piece(text: map.bytes(of: piece), printer: piece.printer, calls: piece.calls, source: piece.source)
    }
    return Trace(
      rendered: rendered, text: ByteString(map.text.bytes[range.start..<min(range.end, map.text.count)]), pieces: pieces
    )
  }
}
