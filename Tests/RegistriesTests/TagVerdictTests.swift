import SourceText
import Testing

@testable import Registries

/// What the model must say about well-known shapes of tags.
@Suite struct TagVerdictTests {
  struct Expectation: Sendable, CustomStringConvertible {
    let mutability: TagVerdict.Mutability
    let confidence: TagVerdict.Confidence
    let tags: String
    var description: String { "\(mutability), \(confidence)" }
  }

  static let expectations: [Expectation] = [
    Expectation(
      mutability: .mutable, confidence: .certain,
      tags: """
        latest stable edge nightly canary lts
        """),
    Expectation(
      mutability: .mutable, confidence: .likely,
      tags: """
        release latest-dev release-1.2 1.2.3-rc latest-prod 1.2.3-beta latest-main feature-login 1.2.3-dev
        latest-1.2 feature-1234 1.2.3-SNAPSHOT dev-latest hotfix-payments 1.4.2-latest pr-88 stable-slim SHOP-1234
        dependabot-npm-lodash 1 amd64 v1 rc 1.2 beta v1.2 3.12-slim-bookworm lts-alpine 20-alpine 20-lts alpine main
        2024.06 bookworm-slim 16.4-bookworm master noble 7.2-alpine develop 24.04 jdk17 shop-1234-fix-login dev
        17-jre staging prod 1.2.3-hotfix production uat
        """),
    Expectation(
      mutability: .mutable, confidence: .guess,
      tags: """
        latest-42 myapp-1.2 stable-2 1.27-eksbuild.1 myapp-42
        """),
    Expectation(
      mutability: .immutable, confidence: .likely,
      tags: """
        1.2.3rc1 1234567 release-1.2.3 main-3f2c1ab latest-release-1.0.0 1.2.3-alpha.4 main-4711
        feature-login-a1b2c3d 1.2.3-20240131.102030-7 build-42 1.2.3-SNAPSHOT-a1b2c3d b42 hotfix-1.2.3 2.5.0.RELEASE
        4711 1.2.3-final pr-88-3f2c1ab 1.2.3-ga v1.2.3-5-g3f2c1ab staging-1.2.3 1.2.3-arm64 1.2.3-a1b2c3d
        nightly-20240131 1.2.3_build.17 nightly-2024-01-31 1.2.3-alpine 1.2.3-alpine3.19 1.2.3 v1.27.3-eksbuild.1
        v1.2.3 550e8400-e29b-41d4-a716-446655440000 1.2.3.4 2024.06.1 20240131 20240131.2 3f2c1ab myapp-4711
        20240131123059 3f2c1ab9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f 1706703059 sha-3f2c1ab 1.2.3-rc.1 git-3f2c1ab
        1.2.3-rc1 g3f2c1ab
        """),
    Expectation(
      mutability: .immutable, confidence: .guess,
      tags: """
        release-42 main-42 dev-123 1.2.3-prod 123 qa-7
        """),
    Expectation(
      mutability: .unknown, confidence: .guess,
      tags: """
        defaced web None
        """),
  ]

  @Test(arguments: expectations) func tag(_ expectation: Expectation) {
    for tag in expectation.tags.split(whereSeparator: \.isWhitespace) {
      let verdict = TagClassifier().verdict(tag: ByteString(String(tag)))
      #expect(verdict.mutability == expectation.mutability, "\(tag): \(verdict.reason)")
      #expect(verdict.confidence == expectation.confidence, "\(tag): \(verdict.reason)")
    }
  }
}
