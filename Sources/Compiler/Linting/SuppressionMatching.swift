import Configuration
import Diagnostics
import SourceText

/// Applies the suppressions of one input to what was found in it, and says what is wrong with them.
struct SuppressionMatching {
  /// Each once, by its place.
  private let suppressions: [Suppression]
  private let today: Day?
  private let absolute: (String) -> String
  /// The places of those that suppressed something.
  private(set) var used: Set<PlaceKey>

  /// `used`: those that already have suppressed something.
  init(_ all: [Suppression], used: Set<PlaceKey>, today: Day?, absolute: @escaping (String) -> String) {
    var seen: Set<PlaceKey> = []
    suppressions = all.filter { seen.insert(PlaceKey($0.place)).inserted }
    self.used = used
    self.today = today
    self.absolute = absolute
  }

  mutating func apply(to diagnostics: inout [Diagnostic]) {
    guard !suppressions.isEmpty else { return }
    for index in diagnostics.indices {
      for suppression in suppressions where suppression.covers(diagnostics[index], absolute: absolute) {
        used.insert(PlaceKey(suppression.place))
        if !hasExpired(suppression), diagnostics[index].counts {
          diagnostics[index].standing = .suppressed(suppression.record)
        }
      }
    }
  }

  /// What the engine says about suppressions that matched nothing. `isDecided` is false for rules that did not run, or
  /// could not be decided.
  func complaints(isDecided: (RuleSelector) -> Bool) -> [(suppression: Suppression, diagnostic: Diagnostic)] {
    suppressions.filter { suppression in
      !used.contains(PlaceKey(suppression.place)) && !hasExpired(suppression)
        && suppression.rules.allSatisfy(isDecided)
    }.map { ($0, EngineDiagnostics.unused($0)) }
  }

  /// What it says about those that are no longer valid.
  var expirations: [Diagnostic] {
    suppressions.filter(hasExpired).compactMap { suppression in
      suppression.until.map { EngineDiagnostics.expired(suppression, $0) }
    }
  }

  private func hasExpired(_ suppression: Suppression) -> Bool { today.map(suppression.hasExpired) ?? false }
}
