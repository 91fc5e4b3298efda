import RegularExpressions
import SourceText
import Testing

@testable import Registries

@Suite struct TagClassifierTests {
  private func verdict(_ tag: String, _ configuration: TagClassifier.Configuration = .init()) -> TagVerdict {
    TagClassifier(configuration).verdict(tag: ByteString(tag))
  }

  @Test func whatComesBeforeTheShape() throws {
    #expect(TagClassifier().verdict(tag: "latest", hasDigest: true).mutability == .immutable)
    #expect(TagClassifier().verdict(tag: nil) == TagVerdict(.mutable, .certain, .noTag))
    #expect(TagClassifier().verdict(tag: "latest", refusesOverwrites: true).mutability == .immutable)
    let moving = TagClassifier.Configuration(mutablePatterns: [try RegularExpression("^cand.*$")])
    #expect(verdict("candidate-1.2.3", moving).confidence == .certain)
    #expect(verdict("candidate-1.2.3", moving).mutability == .mutable)
    let both = TagClassifier.Configuration(
      mutablePatterns: [try RegularExpression("^prod$")], immutablePatterns: [try RegularExpression("^(prod|uat)$")])
    #expect(verdict("prod", both).mutability == .mutable)
    #expect(verdict("uat", both).mutability == .immutable)
  }

  @Test func twoPartReleases() {
    let configuration = TagClassifier.Configuration(releasesHaveTwoParts: true)
    #expect(verdict("1.2", configuration).mutability == .immutable)
    #expect(verdict("1.2-alpine", configuration).mutability == .immutable)
    #expect(verdict("1", configuration).mutability == .mutable)
  }

  @Test(arguments: [
    ("latest", "channel word `latest`"), ("latest-", "channel word `latest` with an empty value behind it"),
    ("main", "branch `main`"), ("Prod", "environment `Prod`"), ("1.2", "version `1.2` is not complete"),
    ("20-alpine", "version `20` is not complete"), ("1.2.3-rc", "pre-release word `rc` without a number"),
    ("1.2.3-SNAPSHOT", "`SNAPSHOT` without a build"), ("SHOP-1234", "ticket `SHOP-1234` names a branch"),
    ("shop-1234-fix-login", "ticket `shop-1234` names a branch"), ("myapp-1.2", "`1.2` may be part of a version"),
  ])
  func reasons(_ tag: String, _ reason: String) { #expect(verdict(tag).reason.description == reason) }

  @Test(arguments: [
    ("latest-main", ["latest", "main"]), ("1.4.2-latest", ["latest"]), ("feature-login", ["feature"]),
    ("1.2-alpine", ["1.2"]), ("main-42", ["main"]), ("1.4.2", []),
  ])
  func guiltyBytes(_ tag: String, _ words: [String]) {
    #expect(verdict(tag).guilty.map { ByteString(tag)[$0.range].string } == words)
  }

  @Test(arguments: ["SHA-1234", "build-12", "RC-1", "v-1", "shop-1234-alpine", "shop-1234567-fix"])
  func notTickets(_ tag: String) {
    if case .ticket = verdict(tag).reason { Issue.record("\(tag) was taken for a ticket") }
  }

  @Test(arguments: ["20240231", "2024-13-01", "20230229"])
  func impossibleDates(_ tag: String) {
    if case .timestamp = verdict(tag).reason { Issue.record("\(tag) was taken for a date") }
  }
}

/// What must hold for any tag.
@Suite struct TagPropertyTests {
  private static let pieces = [
    "latest", "main", "release", "feature", "dev", "prod", "rc", "1", "1.2", "1.2.3", "v2", "3f2c1ab", "20240131",
    "4711", "alpine", "web", "snapshot", "build", "x86", "64", "rc1", "b7", "",
  ]

  private func randomTags(_ count: Int) -> [String] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in
      (0..<Int.random(in: 1...5, using: &generator)).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
        .joined(separator: ["-", "_", "."].randomElement(using: &generator) ?? "-")
    }
  }

  private func verdict(_ tag: String) -> TagVerdict { TagClassifier().verdict(tag: ByteString(tag)) }

  @Test func segmentsLieInOrderAndCoverAllButSeparators() {
    for tag in randomTags(3000) {
      var end = 0
      for segment in TagSegmenter.segments(of: ByteString(tag)) {
        #expect(Array(tag.utf8)[end..<segment.range.lowerBound].allSatisfy(isTagSeparator), "\(tag)")
        #expect(!segment.range.isEmpty)
        end = segment.range.upperBound
      }
      #expect(Array(tag.utf8)[end...].allSatisfy(isTagSeparator), "\(tag)")
    }
  }

  @Test func anyBytes() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let verdict = TagClassifier().verdict(tag: ByteString(bytes))
      #expect(verdict.guilty.allSatisfy { $0.range.upperBound <= bytes.count })
    }
  }

  @Test func caseDoesNotMatterButForTickets() {
    for tag in randomTags(2000) {
      let upper = verdict(tag.uppercased())
      if case .ticket = upper.reason { continue }
      #expect(upper.mutability == verdict(tag).mutability, "\(tag)")
    }
  }

  @Test func commitMakesUnique() {
    for tag in randomTags(2000) { #expect(verdict("\(tag)-9d0e1f2").mutability == .immutable, "\(tag)") }
  }

  @Test func whatStandsBeforeAFullVersionDoesNotMatter() {
    for prefix in ["latest", "main", "release", "feature", "prod", "web", "latest-release", "v1", "4711"] {
      for rest in ["1.2.3", "1.2.3-rc.1", "1.2.3-rc", "1.2.3-prod", "1.2.3-alpine", "1.2.3-latest"] {
        #expect(verdict("\(prefix)-\(rest)").mutability == verdict(rest).mutability, "\(prefix)-\(rest)")
      }
    }
  }

  @Test func mutableVerdictsNameTheirBytes() {
    for tag in randomTags(2000) where verdict(tag).mutability == .mutable {
      #expect(!verdict(tag).guilty.isEmpty, "\(tag)")
    }
  }
}
