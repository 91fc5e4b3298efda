import SourceText
import Testing

@testable import Registries

/// The worked examples of ECR's user guide, and the readings that it leaves to others.
@Suite struct LifecycleExampleTests {
  private static let day: Int64 = 86_400
  private static let now: Int64 = 1_760_000_000

  private static func ago(_ days: Int64) -> Int64 { now - days * day }

  private static func image(_ days: Int64, _ tags: ByteString...) -> RegistryImage {
    RegistryImage(digest: ByteString("sha256:\(days)"), tags: tags, pushedAt: ago(days))
  }

  private static func rule(
    _ priority: Int64, _ tags: LifecycleRule.TagSelection, _ criterion: LifecycleRule.Criterion,
    in storageClass: LifecycleRule.StorageClass = .standard, _ action: LifecycleRule.Action = .expire
  ) -> LifecycleRule {
    LifecycleRule(priority: priority, tags: tags, storageClass: storageClass, criterion: criterion, action: action)
  }

  private static func patterns(_ patterns: ByteString...) -> LifecycleRule.TagSelection {
    .patterns(patterns.map(TagPattern.init))
  }

  /// One letter an image: `-` stays, `h` held by a list, `e` expires, `a` goes to the archive.
  private static func fates(
    _ images: [RegistryImage], _ rules: [LifecycleRule], guard mode: LifecycleEvaluation.Guard = .documented
  ) -> String {
    LifecycleEvaluation.fates(of: images, under: LifecyclePolicy(rules: rules), now: now, guard: mode).map {
      switch $0.action {
      case nil: $0.isHeldByList ? "h" : "-"
      case .expire: "e"
      case .archive: "a"
      }
    }.joined()
  }

  // MARK: Several rules

  private static let twoFamilies = [
    image(10, "beta-1", "prod-1"), image(9, "beta-2", "prod-2"), image(8, "beta-3"),
  ]

  /// The weaker rule marks the second image too, but the stronger has it and keeps it.
  @Test func strongerRuleKeepsWhatItClaims() {
    let rules = [
      Self.rule(1, Self.patterns("prod*"), .imageCountMoreThan(1)),
      Self.rule(2, Self.patterns("beta*"), .imageCountMoreThan(1)),
    ]
    #expect(Self.fates(Self.twoFamilies, rules) == "e--")
    #expect(Self.fates(Self.twoFamilies, rules.reversed()) == "e--")
  }

  @Test func otherOrderExpiresMore() {
    let rules = [
      Self.rule(1, Self.patterns("beta*"), .imageCountMoreThan(1)),
      Self.rule(2, Self.patterns("prod*"), .imageCountMoreThan(1)),
    ]
    #expect(Self.fates(Self.twoFamilies, rules) == "ee-")
  }

  // MARK: Several tags

  private static let greek = [
    image(12, "alpha-1"), image(11, "beta-1"), image(10, "alpha-2", "beta-2"), image(4, "alpha-3"), image(3, "beta-3"),
    image(2, "alpha-4", "beta-4"),
  ]

  @Test(arguments: [patterns("alpha*", "beta*"), .prefixes(["beta", "alpha"])])
  func allWordsOfAListMustMatch(_ tags: LifecycleRule.TagSelection) {
    #expect(Self.fates(Self.greek, [Self.rule(1, tags, .older(days: 5, since: .pushed))]) == "--e---")
  }

  /// More tags than the list asks for do no harm.
  @Test func tagsAreNotExclusive() {
    let images = [
      Self.image(10, "alpha-1", "beta-1", "gamma-1"), Self.image(9, "alpha-2", "beta-2"),
      Self.image(8, "alpha-3", "beta-3", "gamma-2"),
    ]
    #expect(Self.fates(images, [Self.rule(1, .prefixes(["alpha", "beta"]), .imageCountMoreThan(1))]) == "ee-")
  }

  // MARK: All images

  private static let mixed = [image(4, "alpha-1"), image(3, "beta-1"), image(2), image(1, "alpha-2")]

  @Test func anyImageCounts() {
    #expect(Self.fates(Self.mixed, [Self.rule(1, .any, .imageCountMoreThan(1))]) == "eee-")
  }

  /// All kinds of rules together. Two images are a day old: the later is the newer.
  @Test func everyKindOfRule() {
    let images = [
      Self.image(4, "alpha-1", "beta-1"), Self.image(3), Self.image(2, "alpha-2"), Self.image(1, "2b1f"), Self.image(1),
    ]
    let rules = [
      Self.rule(1, .prefixes(["alpha"]), .imageCountMoreThan(1)),
      Self.rule(2, .untagged, .older(days: 1, since: .pushed)), Self.rule(3, .any, .imageCountMoreThan(1)),
    ]
    #expect(Self.fates(images, rules) == "ee-e-")
  }

  // MARK: Archive

  @Test func archivesWhatNobodyPulls() {
    var images = [Self.image(200, "a"), Self.image(200, "b"), Self.image(200, "c"), Self.image(200, "d")]
    images[1].pulledAt = Self.ago(20)
    images[2].activatedAt = Self.ago(10)
    images[2].pulledAt = Self.ago(150)
    images[3].activatedAt = Self.ago(100)
    images[3].pulledAt = Self.ago(95)
    #expect(Self.fates(images, [Self.rule(1, .any, .older(days: 90, since: .pulled), .archive)]) == "a--a")
  }

  @Test func expiresFromTheArchive() {
    var images = [Self.image(500, "a"), Self.image(500, "b"), Self.image(500, "c")]
    for index in 0...1 { images[index].storageClass = .archive }
    images[0].archivedAt = Self.ago(366)
    images[1].archivedAt = Self.ago(365)
    let expire = Self.rule(2, .any, .older(days: 365, since: .transitioned), in: .archive)
    #expect(Self.fates(images, [expire]) == "e--")
    let archive = Self.rule(1, .any, .older(days: 90, since: .pulled), .archive)
    #expect(Self.fates(images, [archive, expire]) == "e-a")
  }

  @Test func archivesAllButTheNewest() {
    var images = [Self.image(3, "a"), Self.image(2, "b"), Self.image(1, "c")]
    let rules = [Self.rule(1, .any, .imageCountMoreThan(1), .archive)]
    #expect(Self.fates(images, rules) == "aa-")
    images[0].activatedAt = Self.ago(0)
    #expect(Self.fates(images, rules) == "-aa")
  }

  // MARK: Readings

  @Test func oneRuleForEachTag() {
    let rules = [
      Self.rule(1, Self.patterns("alpha*"), .older(days: 5, since: .pushed)),
      Self.rule(2, Self.patterns("beta*"), .older(days: 5, since: .pushed)),
    ]
    #expect(Self.fates(Self.greek, rules) == "eee---")
  }

  @Test func anyImageBehindATaggedRule() {
    let rules = [
      Self.rule(1, Self.patterns("alpha*"), .imageCountMoreThan(1)),
      Self.rule(2, .any, .older(days: 1, since: .pushed)),
    ]
    #expect(Self.fates(Self.mixed, rules) == "eee-")
  }

  @Test func ageMustExceedTheDays() {
    #expect(Self.fates(Self.mixed, [Self.rule(1, .any, .older(days: 3, since: .pushed))]) == "e---")
    #expect(Self.fates(Self.mixed, [Self.rule(1, .any, .older(days: .max, since: .pushed))]) == "----")
  }

  /// A rule that keeps everything guards its images from all that follow.
  @Test func protectingRule() {
    let images = [Self.image(9, "prod-1"), Self.image(8, "dev-1"), Self.image(7)]
    let rules = [
      Self.rule(1, Self.patterns("prod-*"), .imageCountMoreThan(9_999)),
      Self.rule(2, .untagged, .imageCountMoreThan(1)), Self.rule(3, .any, .older(days: 1, since: .pushed)),
    ]
    #expect(Self.fates(images, rules) == "-e-")
    let claims = LifecycleEvaluation.fates(of: images, under: LifecyclePolicy(rules: rules), now: Self.now)
    #expect(claims.map(\.claimedBy) == [0, 2, 1])
  }

  /// Five feature builds push out what production runs: one prefix, one count.
  @Test func featureBuildsExpireTheRelease() {
    let images =
      [Self.image(9, "latest-release-1.0.0")]
      + (1...5).map { Self.image(9 - $0, ByteString("latest-feature-\($0)")) }
    #expect(Self.fates(images, [Self.rule(1, .prefixes(["latest"]), .imageCountMoreThan(5))]) == "e-----")
    let rules = [
      Self.rule(1, .prefixes(["latest-release-"]), .imageCountMoreThan(30)),
      Self.rule(2, .prefixes(["latest"]), .imageCountMoreThan(5)),
    ]
    #expect(Self.fates(images, rules) == "------")
  }

  @Test func laterOfTheSameMomentIsNewer() {
    let images = [Self.image(1, "a"), Self.image(1, "b")]
    #expect(Self.fates(images, [Self.rule(1, .any, .imageCountMoreThan(1))]) == "e-")
  }

  @Test func partsOfAListStayWithIt() {
    var images = [Self.image(9, "v1"), Self.image(8), Self.image(7), Self.image(6)]
    images[1].lists = [images[0].digest]
    images[2].lists = [images[1].digest]
    let untagged = Self.rule(1, .untagged, .older(days: 1, since: .pushed))
    #expect(Self.fates(images, [untagged]) == "-hhe")
    #expect(Self.fates(images, [untagged], guard: .pessimistic) == "-eee")
    #expect(Self.fates(images, [untagged, Self.rule(2, .any, .older(days: 1, since: .pushed))]) == "eeee")
    // A list in the archive needs its parts.
    #expect(Self.fates(images, [untagged, Self.rule(2, .any, .older(days: 1, since: .pushed), .archive)]) == "ahhe")
  }

  @Test func artifactsFollowTheirSubject() {
    var images = [Self.image(9, "v1"), Self.image(8, "sig"), Self.image(8, "sbom-of-sig"), Self.image(8, "v2")]
    images[1] = RegistryImage(digest: "sig", tags: ["sig"], pushedAt: Self.ago(8), subject: images[0].digest)
    images[2] = RegistryImage(digest: "sbom", tags: ["sbom"], pushedAt: Self.ago(8), subject: "sig")
    #expect(Self.fates(images, [Self.rule(1, .prefixes(["v1"]), .older(days: 1, since: .pushed))]) == "eee-")
  }

  @Test(arguments: [
    ("prod*", "prod-1", true), ("prod*", "prod", true), ("prod*", "xprod", false), ("*", "", true), ("", "", true),
    ("", "a", false), ("*a*b", "xaab", true), ("*a*b", "xaba", false), ("a**c", "abc", true), ("v1.0", "v1x0", false),
    ("*-rc*", "1-r-rc2", true),
  ])
  func wildcards(_ pattern: String, _ tag: String, _ isMatch: Bool) {
    #expect(TagPattern(ByteString(pattern)).matches(ByteString(tag)) == isMatch)
  }

  private static func shadows(
    _ stronger: LifecycleRule.TagSelection, _ weaker: LifecycleRule.TagSelection,
    in storageClass: LifecycleRule.StorageClass = .standard
  ) -> Bool {
    let rules = [
      rule(2, weaker, .imageCountMoreThan(1)), rule(1, stronger, .imageCountMoreThan(9), in: storageClass),
    ]
    return LifecyclePolicy(rules: rules).ruleShadowing(0) == 1
  }

  @Test func shadowedRules() {
    #expect(Self.shadows(.prefixes(["latest"]), .prefixes(["latest-dev"])))
    #expect(!Self.shadows(.prefixes(["latest-dev"]), .prefixes(["latest"])))
    #expect(!Self.shadows(.prefixes(["latest"]), .prefixes(["latest-dev"]), in: .archive))
    #expect(Self.shadows(.any, .untagged) && Self.shadows(.any, .prefixes(["a"])))
    #expect(!Self.shadows(.untagged, .any) && !Self.shadows(.prefixes([""]), .untagged))
    #expect(Self.shadows(Self.patterns("*"), .prefixes(["a"])))
    #expect(Self.shadows(Self.patterns("v*-rc*"), Self.patterns("v1.*-rc?*")))
    #expect(!Self.shadows(Self.patterns("v*-rc*"), Self.patterns("v*rc*")))
    // The stronger rule wants both words; the weaker guarantees one.
    #expect(!Self.shadows(.prefixes(["a", "b"]), .prefixes(["a"])))
    #expect(Self.shadows(.prefixes(["a"]), .prefixes(["b", "a1"])))
  }

  @Test func theStrongestShadowIsNamed() {
    let rules = [
      Self.rule(3, Self.patterns("v1*"), .imageCountMoreThan(1)),
      Self.rule(2, .prefixes(["v"]), .imageCountMoreThan(1)),
      Self.rule(1, .prefixes([""]), .imageCountMoreThan(1)),
    ]
    #expect(rules.indices.map { LifecyclePolicy(rules: rules).ruleShadowing($0) } == [2, 2, nil])
  }
}
