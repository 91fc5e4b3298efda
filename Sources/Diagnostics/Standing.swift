import SourceText

/// Whether a diagnostic counts in a run's verdict.
package enum Standing: Hashable, Sendable {
  case reported
  case suppressed(SuppressionRecord)
  /// It was there when the baseline was written.
  case baselined
}

/// Why a diagnostic was suppressed, as the one who did it says.
package struct SuppressionRecord: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A comment or annotation beside the source.
    case inSource
    /// An entry of the configuration.
    case external
  }

  package var kind: Kind
  package var reason: String
  package var place: SourceRange

  package init(kind: Kind, reason: String, place: SourceRange) {
    self.kind = kind
    self.reason = reason
    self.place = place
  }
}

/// What makes a finding the same finding after lines have moved: for baselines and fingerprints.
package struct FindingIdentity: Hashable, Sendable {
  /// Group, kind, namespace and name, with `{release}` for the release's name: `apps/Deployment/shop/{release}-web`.
  /// Empty for a finding on no object.
  package var object: String
  /// The field, items of sequences by their names: `spec.template.spec.containers[web].image`.
  package var field: String
  /// The file, where there is no object that could tell.
  package var path: String
  /// The texts that the message quotes, by their names.
  package var quotes: [String: String]
  /// The chart, manifest or script that was linted, as it was given.
  package var input = ""

  package init(object: String, field: String = "", path: String = "", quotes: [String: String] = [:]) {
    self.object = object
    self.field = field
    self.path = path
    self.quotes = quotes
  }
}

extension Diagnostic {
  /// True unless it was suppressed or is in the baseline.
  package var counts: Bool { standing == .reported }

  /// The record, if it was suppressed.
  package var suppression: SuppressionRecord? {
    if case .suppressed(let record) = standing { return record }
    return nil
  }

  /// A name for the finding that outlives moved lines and differs from every other finding of a report, 32 hexadecimal
  /// digits. Not for secrets: anybody can make another text with the same one.
  package var fingerprint: String {
    var parts = [id.name]
    if let identity {
      parts += [identity.input, identity.object, identity.field, identity.path]
      for (name, text) in identity.quotes.sorted(by: { $0.key < $1.key }) { parts += [name, text] }
    } else {
      parts += [primary?.place.file.path ?? "", message]
    }
    let bytes = parts.joined(separator: "\u{0}").utf8
    return hexadecimal(hash(bytes, from: 0xCBF2_9CE4_8422_2325)) + hexadecimal(hash(bytes, from: 0x8422_2325_CBF2_9CE4))
  }

  /// Fowler, Noll and Vo's 64-bit hash, variant 1a.
  private func hash(_ bytes: String.UTF8View, from offset: UInt64) -> UInt64 {
    bytes.reduce(offset) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  private func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
