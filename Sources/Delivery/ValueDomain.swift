import SourceText

/// What a variable of a pipeline can hold.
package enum ValueDomain: Hashable, Sendable {
  /// The name of a branch, or its slug.
  case branch
  /// The name of a git tag.
  case tag
  /// A commit's id.
  case commit
  /// A number that grows with each run, or the time.
  case counter
  /// A version that a file of the repository states: pom.xml, package.json, VERSION.
  case versionFile
  /// The name of an environment: `staging`, `prod`.
  case environment
  /// Anything.
  case free

  /// A text such as the domain gives; nil for `free`.
  package var sample: ByteString? {
    switch self {
    case .branch: "main"
    case .tag, .versionFile: "1.2.3"
    case .commit: "3f2c1ab9d0e1"
    case .counter: "20240131123059"
    case .environment: "staging"
    case .free: nil
    }
  }

  /// What a message calls it.
  package var title: String {
    switch self {
    case .branch: "the branch"
    case .tag: "the git tag"
    case .commit: "the commit"
    case .counter: "a counter"
    case .versionFile: "a version from a file"
    case .environment: "the environment"
    case .free: "anything"
    }
  }

  /// The domain of a hole, by the names and programs in it. `onlyTags`: the pipeline runs for git tags alone, so that
  /// the name of the ref is one.
  package init(hole: ByteString, onlyTags: Bool = false) {
    let text = Self.upperCased(hole.string)
    let words = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    for row in Self.rows where row.phrases.contains(where: { Self.holds($0, words, text) }) {
      self = row.domain == .branch && onlyTags && !text.contains("BRANCH") ? .tag : row.domain
      return
    }
    self = .free
  }

  private static func upperCased(_ text: String) -> String { text.uppercased() }

  /// A phrase of one word must be a word of the text; others may stand anywhere in it.
  private static func holds(_ phrase: String, _ words: Set<String>, _ text: String) -> Bool {
    let isWord = phrase.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isWord ? words.contains(phrase) : text.contains(phrase)
  }

  /// Tried in order: a date or commit in a text makes it unique whatever else is there.
  private static let rows: [(domain: ValueDomain, phrases: [String])] = [
    (
      .commit,
      [
        "CI_COMMIT_SHA", "CI_COMMIT_SHORT_SHA", "CI_COMMIT_BEFORE_SHA", "GITHUB_SHA", "GITHUB.SHA", "GIT_COMMIT",
        "GIT_SHA",
        "COMMIT_SHA", "SHORT_SHA", "SHA", "COMMIT", "COMMIT_ID", "COMMIT_HASH", "BITBUCKET_COMMIT", "CIRCLE_SHA1",
        "CODEBUILD_RESOLVED_SOURCE_VERSION", "BUILD_SOURCEVERSION", "BUILD.SOURCEVERSION", "REVISION",
        "HEAD.SHA", "REV-PARSE --SHORT", "REV-PARSE HEAD", "REV-PARSE --VERIFY", "GIT DESCRIBE --ALWAYS",
        "DESCRIBE --TAGS --ALWAYS", "DESCRIBE --ALWAYS", "LOG -1 --FORMAT=%H", "LOG -1 --PRETTY=%H", "%H",
        "CONTEXT.GIT-REVISION",
      ]
    ),
    (
      .counter,
      [
        "BUILD_NUMBER", "BUILD_ID", "GITHUB_RUN_NUMBER", "GITHUB_RUN_ID", "GITHUB.RUN_NUMBER", "GITHUB.RUN_ID",
        "CI_PIPELINE_IID", "CI_PIPELINE_ID", "CI_JOB_ID", "CIRCLE_BUILD_NUM", "BITBUCKET_BUILD_NUMBER",
        "BUILD_BUILDID", "BUILD.BUILDID", "BUILD_BUILDNUMBER", "BUILD.BUILDNUMBER", "CODEBUILD_BUILD_NUMBER",
        "PIPELINE.NUMBER", "TIMESTAMP", "$(DATE", "`DATE", "UUIDGEN",
      ]
    ),
    (
      .tag,
      [
        "CI_COMMIT_TAG", "BITBUCKET_TAG", "CIRCLE_TAG", "TRAVIS_TAG", "GIT_TAG", "RELEASE.TAG_NAME", "TAG_NAME",
        "PIPELINE.GIT.TAG", "DESCRIBE --EXACT-MATCH", "DESCRIBE --TAGS",
      ]
    ),
    (
      .versionFile,
      [
        "PROJECT.VERSION", "POM.XML", "PACKAGE.JSON", "NPM PKG GET VERSION", "CHART.YAML", "GRADLE.PROPERTIES",
        "CAT VERSION", "< VERSION", "<VERSION", "VERSION.TXT", "POETRY VERSION", "CARGO.TOML", "PYPROJECT.TOML",
      ]
    ),
    (
      .branch,
      [
        "CI_COMMIT_REF_NAME", "CI_COMMIT_REF_SLUG", "CI_COMMIT_BRANCH", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
        "GITHUB_REF_NAME", "GITHUB.REF_NAME", "GITHUB_HEAD_REF", "GITHUB.HEAD_REF", "GITHUB_REF", "GITHUB.REF",
        "HEAD.REF", "BRANCH_NAME", "GIT_BRANCH", "BRANCH", "SOURCEBRANCHNAME", "BUILD_SOURCEBRANCHNAME",
        "BUILD.SOURCEBRANCHNAME", "SYSTEM_PULLREQUEST_SOURCEBRANCH", "BITBUCKET_BRANCH", "CIRCLE_BRANCH",
        "TRAVIS_BRANCH", "PIPELINE.GIT.BRANCH", "CODEBUILD_WEBHOOK_HEAD_REF", "REF_NAME", "REF_SLUG",
        "CURRENT_BRANCH", "REV-PARSE --ABBREV-REF", "BRANCH --SHOW-CURRENT", "SYMBOLIC-REF",
      ]
    ),
    (
      .environment,
      [
        "ENV", "ENVIRONMENT", "DEPLOY_ENV", "DEPLOY_ENVIRONMENT", "STAGE", "CI_ENVIRONMENT_NAME",
        "CI_ENVIRONMENT_SLUG", "TARGET_ENV", "APP_ENV", "ENV_NAME", "ENVIRONMENT_NAME", "INPUTS.ENVIRONMENT",
        "MATRIX.ENVIRONMENT", "MATRIX.ENV",
      ]
    ),
  ]
}

extension ResolvedText {
  /// The text with each hole filled by an example of its domain; nil when one of them can hold anything.
  package func sample(onlyTags: Bool = false) -> ByteString? {
    var result = ByteString()
    for piece in pieces {
      switch piece {
      case .literal(let text): result.append(text)
      case .hole(let hole):
        guard let sample = ValueDomain(hole: hole, onlyTags: onlyTags).sample else { return nil }
        result.append(sample)
      }
    }
    return result
  }
}

extension DeliveryScript {
  /// The pipeline runs for git tags and releases alone.
  package var runsOnTagsOnly: Bool {
    let events = triggers.filter { !$0.contains(".") && !$0.contains(":") }
    return !events.isEmpty
      && events.allSatisfy { event in
        event == "release" || event == "tag"
          || (event == "push" && triggers.contains("push:tags") && !triggers.contains("push:branches"))
      }
  }
}
