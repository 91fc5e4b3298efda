import SourceText

extension DeliveryTarget {
  /// Whether both name the same thing in the same namespace and cluster.
  package func relation(to other: DeliveryTarget) -> TargetRelation {
    let places = [
      DeliveryTarget.relation(namespace, other.namespace, isOptional: true),
      DeliveryTarget.relation(context, other.context, isOptional: true),
    ]
    if places.contains(.different) { return .different }
    let subjects = DeliveryTarget.relation(subject, other.subject)
    return subjects == .same && places.contains(.possible) ? .possible : subjects
  }

  private static func relation(_ left: Subject, _ right: Subject) -> TargetRelation {
    switch (left, right) {
    case (.object(let kind, let name), .object(let otherKind, let otherName)):
      weakest(relation(kind, otherKind), relation(name, otherName))
    case (.object(let kind, _), .selection(let otherKind, _)), (.selection(let kind, _), .object(let otherKind, _)):
      weakest(isAll(kind) || isAll(otherKind) ? .possible : relation(kind, otherKind), .possible)
    case (.selection(let kind, let selector), .selection(let otherKind, let otherSelector)):
      weakest(relation(kind, otherKind), relation(selector, otherSelector, isOptional: false))
    case (.manifests(let path, _), .manifests(let otherPath, _)):
      sameOrPossible(normalized(path), normalized(otherPath))
    case (.release(let name), .release(let otherName)): relation(name, otherName)
    case (.object, _), (.selection, _), (.manifests, _), (.stream, _), (.release, _): .possible
    }
  }

  /// `./k8s/` is `k8s`.
  private static func normalized(_ path: ResolvedText) -> ResolvedText {
    guard let constant = path.constant, !constant.bytes.contains(UInt8(ascii: ":")) else { return path }
    return ResolvedText(GoPath.clean(constant))
  }

  private static func isAll(_ kind: ResolvedText) -> Bool { kind.constant == "all" }

  private static func weakest(_ left: TargetRelation, _ right: TargetRelation) -> TargetRelation {
    if left == .different || right == .different { return .different }
    return left == .same && right == .same ? .same : .possible
  }

  private static func sameOrPossible(_ left: ResolvedText, _ right: ResolvedText) -> TargetRelation {
    left == right ? .same : .possible
  }

  private static func relation(
    _ left: ResolvedText?, _ right: ResolvedText?, isOptional: Bool
  ) -> TargetRelation {
    switch (left, right) {
    case (nil, nil): .same
    case (let left?, let right?): relation(left, right)
    case (nil, _), (_, nil): isOptional ? .same : .possible
    }
  }

  /// Equal texts are the same, even with holes; texts that no value of their holes can make equal are different.
  package static func relation(_ left: ResolvedText, _ right: ResolvedText) -> TargetRelation {
    if left == right { return .same }
    if left.isConstant && right.isConstant { return .different }
    let prefix = min(left.literalPrefix.count, right.literalPrefix.count)
    let clash = left.literalPrefix.bytes.prefix(prefix) != right.literalPrefix.bytes.prefix(prefix)
    return clash ? .different : .possible
  }
}
