import Kubernetes

/// Which sources give other bytes from one release to the next.
enum Variation {
  /// Functions that give another result on each call.
  static let nondeterministicFunctions: Set<String> = [
    "randAlpha", "randAlphaNum", "randNumeric", "randAscii", "randInt", "randBytes", "shuffle", "uuidv4", "now", "ago",
    "genPrivateKey", "genCA", "genCAWithKey", "genSelfSignedCert", "genSelfSignedCertWithKey", "genSignedCert",
    "genSignedCertWithKey", "bcrypt", "htpasswd",
  ]

  /// Functions whose result stands for the whole of what they read.
  static let digestFunctions: Set<String> = ["sha256sum", "sha1sum", "sha512sum", "md5sum", "adler32sum"]

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
  ///
  /// `amongEnvironments`: values that differ between the environments of the run vary too.
  func variation(of source: ValueSource, amongEnvironments: Bool = true) -> String? {
    for leaf in source.leaves {
      if let name = Variation.name(of: leaf) { return name }
      guard let key = leaf.valuesKey else { continue }
      if joins.imageTagKeys.contains(key) { return "the image tag `\(key)`" }
      if amongEnvironments, scope.varyingValues.contains(key) { return "the value `\(key)`" }
    }
    return nil
  }
}

extension ValueSource {
  /// Whether a function made a digest of other sources.
  var isDigest: Bool {
    guard case .derived(let function, _) = self else { return false }
    return Variation.digestFunctions.contains(function)
  }

  /// The dotted key of a value, from a file or an argument.
  var valuesKey: String? {
    switch self {
    case .value(let key, _), .argument(let key): key
    case .literal, .chart, .builtIn, .file, .derived, .unknown: nil
    }
  }
}
