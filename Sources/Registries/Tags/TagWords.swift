/// The word classes of tag segments; a word may be in several.
struct WordClasses: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  /// A moving pointer by name: `latest`, `stable`.
  static let channel = WordClasses(rawValue: 1)
  static let preRelease = WordClasses(rawValue: 2)
  static let environment = WordClasses(rawValue: 4)
  static let branch = WordClasses(rawValue: 8)
  static let final = WordClasses(rawValue: 16)
  /// A distribution, variant or processor.
  static let base = WordClasses(rawValue: 32)
  static let snapshot = WordClasses(rawValue: 64)

  static let moving: WordClasses = [.channel, .preRelease, .environment, .branch, .final]
}

/// The vocabulary of tags: one row a class.
enum TagWords {
  static func classes(of word: String) -> WordClasses { table[word] ?? [] }

  /// Words whose number counts builds, as in `build-42`.
  static let counters: Set<String> = ["b", "build", "r", "rev", "run", "ci", "job", "pipeline"]

  /// Words before a commit id.
  static let commits: Set<String> = ["sha", "git"]

  /// Branches that live on, so that a number behind them counts builds rather than naming a topic.
  static let trunks: Set<String> = ["main", "master", "trunk", "develop", "release"]

  /// What may be glued to a full version together with a number: `1.2.3rc1`.
  static let versionSuffixes: Set<String> = ["a", "b", "rc", "alpha", "beta", "m", "dev", "post", "sp", "final"]

  private static let rows: [(WordClasses, String)] = [
    (.snapshot, "snapshot"),
    (
      .channel,
      """
      latest current newest stable edge nightly canary lts mainline rolling tip head next unstable experimental
      insiders weekly daily monthly
      """
    ),
    (
      .preRelease,
      "alpha beta rc pre preview dev develop development next snapshot nightly edge canary unstable"
    ),
    (
      .environment,
      """
      prod production live staging stage stg qa uat test testing int integration preprod sandbox demo dev
      development
      """
    ),
    (
      .branch,
      """
      main master trunk develop release hotfix feature feat bugfix fix topic chore pr mr issue dependabot renovate
      """
    ),
    (.final, "release final ga"),
    (
      .base,
      """
      alpine slim debian bookworm bullseye buster trixie jammy noble focal ubuntu ubi centos fedora rocky alma
      distroless windowsservercore nanoserver ltsc fpm apache cli jre jdk perl onbuild debug nonroot static amd64
      arm64 arm64v8 armhf x86 s390x ppc64le linux windows
      """
    ),
  ]

  private static let table: [String: WordClasses] = {
    var table: [String: WordClasses] = [:]
    for (wordClass, words) in rows {
      for word in words.split(whereSeparator: \.isWhitespace) { table[String(word), default: []].insert(wordClass) }
    }
    return table
  }()
}
