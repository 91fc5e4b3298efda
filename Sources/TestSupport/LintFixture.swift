import Compiler
import Configuration
import Diagnostics
import Rules
import SourceText
import TemplateLanguage

/// A folder of inputs whose files carry the diagnostics that are expected, as carets under the guilty bytes.
package struct LintFixture: Sendable, CustomStringConvertible {
  /// Its path in the repository.
  package let name: String
  package let files: [String: ByteString]
  /// The rule that a fixture belongs to; nil runs all rules of the profile.
  package let rule: String?
  /// Rules that run besides it, whether or not something of them is expected.
  private var companions: Set<String> = []
  /// True when the fixture's configuration decides which rules run, which `--rule` would override; what other rules
  /// find is passed over then.
  private var isConfigured = false

  package init(name: String, rule: String?, files: [String: ByteString]) {
    self.name = name
    self.rule = rule
    self.files = files
  }

  package var description: String { name }

  /// How a fixture is changed before it runs: none of it may change what is found.
  package enum Variation: String, Sendable, CaseIterable {
    case asWritten
    /// A line of multi-byte characters before everything else.
    case afterWideText
    /// Lines that end in CR LF.
    case withCarriageReturns
  }

  /// What still counts when a configuration suppresses every expected finding, one line each.
  package func survivorsOfSuppression() -> [String] {
    var files = MemoryFiles([:])
    var ids: Set<String> = []
    for (path, content) in self.files {
      let marked = MarkedFile(content, path: path)
      files.files[path] = marked.text
      ids.formUnion(marked.expectations.map(\.id).filter { Catalogue.rule($0) != nil })
    }
    let entries = ids.sorted().map { "{rule: \($0), reason: for the tests}" }.joined(separator: ", ")
    files.files[".slipway.yaml", default: ""].append(ByteString("\nignore: [\(entries)]\n"))
    return lint(files, ids).diagnostics.filter(\.counts).map(Self.text)
  }

  /// The fixtures of all rules: `fixtures/rules/<rule>/{bad,good}/<clause>`.
  package static func ofRules() -> [LintFixture] {
    let root = FixtureFiles.root + "/fixtures/rules"
    return FixtureFiles.folders(in: root).flatMap { rule in
      ["bad", "good"].flatMap { side in
        FixtureFiles.folders(in: "\(root)/\(rule)/\(side)").map { clause in
          LintFixture(
            name: "fixtures/rules/\(rule)/\(side)/\(clause)", rule: rule,
            files: FixtureFiles.read("\(root)/\(rule)/\(side)/\(clause)"))
        }
      }
    }
  }

  /// The fixtures that run with all rules: `fixtures/stories/{bad,good}`.
  package static func ofStories() -> [LintFixture] {
    let root = FixtureFiles.root + "/fixtures/stories"
    return FixtureFiles.folders(in: root).map { story in
      LintFixture(name: "fixtures/stories/\(story)", rule: nil, files: FixtureFiles.read("\(root)/\(story)"))
    }
  }

  /// The fixtures of what controls a lint: `fixtures/control/<case>`. Three rules run, so that a new one changes
  /// nothing here.
  package static func ofControl() -> [LintFixture] {
    let root = FixtureFiles.root + "/fixtures/control"
    return FixtureFiles.folders(in: root).map { name in
      var fixture = LintFixture(
        name: "fixtures/control/\(name)", rule: "mutable-image-tag", files: FixtureFiles.read("\(root)/\(name)"))
      fixture.companions = ["unknown-field", "delete-before-apply"]
      fixture.isConfigured = true
      return fixture
    }
  }

  /// What differs from the expectations, one line each; empty when all is as it should be.
  package func mismatches(_ variation: Variation) -> [String] {
    let (files, expectations) = plain(variation)
    return compare(lint(files, Set(expectations.map(\.id))).diagnostics, expectations)
  }

  /// Edits that do not mend what they are offered for, or, being safe, bring something new; one line each.
  package func unmended() -> [String] {
    let (files, expectations) = plain(.asWritten)
    let before = lint(files, Set(expectations.map(\.id))).diagnostics
    return before.flatMap { diagnostic in
      diagnostic.fixIts.compactMap { fix -> String? in
        guard let edited = files.applying(fix) else { return "\(diagnostic.message): \(fix.title) edits no file" }
        let after = lint(edited, Set(expectations.map(\.id))).diagnostics
        // The same may be said of another place, which this edit leaves alone.
        let isSame = { (other: Diagnostic) in other.id == diagnostic.id && other.message == diagnostic.message }
        let isThere = after.count(where: isSame) >= before.count(where: isSame)
        let isWorse = after.count >= before.count
        guard isThere || fix.isSafe && isWorse else { return nil }
        return "\(diagnostic.message): \(fix.title) leaves \(after.map(Self.text).joined(separator: "; "))"
      }
    }
  }

  /// Exemptions that the rule's checks made under a name that is none of its silent clauses.
  package func unknownExemptions() -> [String] {
    guard let rule = Catalogue.rules.first(where: { $0.id == self.rule }) else { return [] }
    let (files, expectations) = plain(.asWritten)
    let counts = lint(files, Set(expectations.map(\.id))).tally.outcomes[rule.id] ?? OutcomeCounts()
    return counts.exempt.keys.filter { name in !rule.clauses.silent.contains { $0.name == name } }.sorted()
  }

  private func plain(_ variation: Variation) -> (files: MemoryFiles, expectations: [Expectation]) {
    var files = MemoryFiles([:])
    var expectations: [Expectation] = []
    for (path, content) in self.files.sorted(by: { $0.key < $1.key }) {
      let marked = MarkedFile(variation.applied(to: content, path: path), path: path)
      files.files[path] = marked.text
      expectations += marked.expectations
    }
    return (files, expectations)
  }

  private func lint(_ files: MemoryFiles, _ expected: Set<String>) -> LintResult {
    var files = files
    var request = LintRequest(paths: ["."])
    if let standardInput = files.files.removeValue(forKey: "stdin.yaml") {
      files.standardInput = standardInput
      request.paths = ["-"]
    }
    request.control.today = Day("2026-11-24")
    if let rule, !isConfigured {
      let ids = expected.union([rule]).union(companions).sorted()
      request.control.only = ids.compactMap { try? RuleSelector($0) }
    }
    return Linter(fileSystem: files, environment: .fixed).lint(request)
  }

  // MARK: Comparing

  private func compare(_ diagnostics: [Diagnostic], _ expectations: [Expectation]) -> [String] {
    var left = expectations
    var mismatches: [String] = []
    for diagnostic in diagnostics where diagnostic.counts && concerns(diagnostic) {
      if let index = left.firstIndex(where: { $0.fits(diagnostic) }) {
        left.remove(at: index)
      } else {
        mismatches.append("not expected: \(Self.text(of: diagnostic))")
      }
    }
    return mismatches
      + left.map { "missing: \($0.path) \($0.range.start)-\($0.range.end) \($0.id): \($0.message ?? "")" }
  }

  private func concerns(_ diagnostic: Diagnostic) -> Bool {
    let name = diagnostic.id.name
    return !isConfigured || Catalogue.rule(name) == nil || rule == name || companions.contains(name)
  }

  private static func text(of diagnostic: Diagnostic) -> String {
    let place = diagnostic.primary.map { label in
      "\(label.place.file.path) \(label.place.range.start)-\(label.place.range.end) `\(label.place.text)` "
    }
    return "\(place ?? "")\(diagnostic.id.name): \(diagnostic.message)"
  }
}

extension Expectation {
  /// Standard input is called `-` by the linter, `stdin.yaml` in a fixture.
  fileprivate func fits(_ diagnostic: Diagnostic) -> Bool {
    guard let place = diagnostic.primary?.place, diagnostic.id.name == id else { return false }
    let isSameFile = place.file.path == path || place.file.path == "-" && path == "stdin.yaml"
    let isSameMessage = message.map { diagnostic.message.hasPrefix($0) } ?? true
    return isSameFile && isSameMessage && place.range.start == range.start && endFits(place)
  }

  /// Of a range of several lines the carets mark the first.
  private func endFits(_ place: SourceRange) -> Bool {
    let bytes = place.file.text.bytes
    let lineEnd = bytes[range.start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    return place.range.end == range.end || place.range.end > lineEnd && range.end >= lineEnd - 1
  }
}

extension LintFixture.Variation {
  func applied(to content: ByteString, path: String) -> ByteString {
    let isText = [".yaml", ".yml", ".tpl"].contains { path.hasSuffix($0) }
    switch self {
    case .asWritten: return content
    case .afterWideText: return isText ? "# é 漢字 👩\n" + content : content
    case .withCarriageReturns:
      guard isText else { return content }
      return ByteString(content.bytes.flatMap { $0 == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), $0] : [$0] })
    }
  }
}

extension Environment {
  /// The same for every run.
  package static let fixed = Environment(
    now: { (0, 0) }, random: { count in (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) } },
    timeZone: { _ in nil })
}

extension MemoryFiles {
  /// The files after an edit; nil when it names a file that is not here, or changes nothing.
  fileprivate func applying(_ fix: FixIt) -> MemoryFiles? {
    var result = self
    for edit in fix.edits.sorted(by: { $0.place.range.start > $1.place.range.start }) {
      let path = edit.place.file.path == "-" ? "stdin.yaml" : edit.place.file.path
      guard let text = result.files[path] else { return nil }
      var bytes = text.bytes
      bytes.replaceSubrange(edit.place.range.start..<edit.place.range.end, with: edit.replacement.bytes)
      result.files[path] = ByteString(bytes)
    }
    return result.files == files ? nil : result
  }
}
