import Kubernetes

/// Which sources give other bytes from one release to the next.
enum Variation {
  /// Functions that give another result on each call.
  static let nondeterministicFunctions: Set<String> = [
    "randAlpha", "randAlphaNum", "randNumeric", "randAscii", "randInt", "randBytes", "shuffle", "uuidv4", "now", "ago",
    "genPrivateKey", "genCA", "genCAWithKey", "genSelfSignedCert", "genSelfSignedCertWithKey", "genSignedCert",
    "genSignedCertWithKey", "bcrypt", "htpasswd",
  ]

  private static let chartFields: Set<String> = ["Version", "AppVersion"]

  /// What a report calls the source, if it varies by itself whatever the values are.
  static func name(of source: ValueSource) -> String? {
    switch source {
    case .chart(let field): chartFields.contains(field) ? "`.Chart.\(field)`" : nil
    case .builtIn(let name): name == "Release.Revision" ? "`.Release.Revision`" : nil
    case .derived(let function, _): nondeterministicFunctions.contains(function) ? "the function `\(function)`" : nil
    case .literal, .value, .argument, .file, .unknown: nil
    }
  }
}

extension CheckContext {
  /// What makes the source vary between releases; nil when it is constant as far as is known.
  func variation(of source: ValueSource) -> String? {
    for leaf in source.leaves {
      if let name = Variation.name(of: leaf) { return name }
      guard let key = leaf.valuesKey else { continue }
      if imageTagKeys.contains(key) { return "the image tag `\(key)`" }
      if scope.varyingValues.contains(key) { return "the value `\(key)`" }
    }
    return nil
  }

  /// The values keys that supply the tag or digest of some image of the scope.
  private var imageTagKeys: Set<String> { joins.imageTagKeys }
}

extension ValueSource {
  /// The dotted key of a value, from a file or an argument.
  var valuesKey: String? {
    switch self {
    case .value(let key, _), .argument(let key): key
    case .literal, .chart, .builtIn, .file, .derived, .unknown: nil
    }
  }
}
