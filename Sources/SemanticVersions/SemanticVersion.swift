import SourceText

/// A version as Masterminds/semver v3 reads it; its failures carry that library's texts.
package struct SemanticVersion: Hashable, Sendable {
  package struct ParseError: Error, Hashable, Sendable {
    package var message: String
    package init(message: String) { self.message = message }
  }

  package var major: UInt64
  package var minor: UInt64
  package var patch: UInt64
  package var prerelease: String
  package var metadata: String
  package var original: String

  /// `semver.NewVersion`: a leading `v` and missing parts are allowed.
  package init(_ text: String) throws(ParseError) { throw ParseError(message: "not yet") }
  /// `semver.StrictNewVersion`.
  package init(strict text: String) throws(ParseError) { throw ParseError(message: "not yet") }
}

/// A constraint as Masterminds/semver v3 reads it: `>=1.2 <2 || ~3.1`.
package struct VersionConstraint: Sendable {
  package init(_ text: String) throws(SemanticVersion.ParseError) {
    throw SemanticVersion.ParseError(message: "not yet")
  }
  package func isSatisfied(by version: SemanticVersion) -> Bool { false }
}
