import LocalDisk
import SourceText
import TestSupport
import Testing

@testable import slipway_dev

@Suite struct GenerationTests {
  private let root = FixtureFiles.root

  @Test func generatedFilesAreFresh() throws {
    let stale = try Generation(root: root, files: Disk()).stale(root: root, files: Disk())
    #expect(stale.isEmpty, "run `make generate`")
  }

  /// A clause without a fixture, and a fixture without a clause.
  @Test func everyClauseHasAFixture() throws {
    for rule in try Generation(root: root, files: Disk()).rules {
      let folder = "\(root)/fixtures/rules/\(rule.id)"
      #expect(Set(FixtureFiles.folders(in: "\(folder)/bad")) == Set(rule.firesClauses.map(\.name)), "\(rule.id)")
      #expect(Set(FixtureFiles.folders(in: "\(folder)/good")) == Set(rule.silentClauses.map(\.name)), "\(rule.id)")
    }
  }

  @Test func newRulesHaveFourParts() throws {
    let paths = try NewRule(category: "probe", id: "late-probe").outputs.map(\.path)
    #expect(paths.contains("rules/probe/late-probe.yaml"))
    #expect(paths.contains("Sources/Rules/Checks/Probe/LateProbe.swift"))
    #expect(paths.filter { $0.hasPrefix("fixtures/rules/late-probe/") }.count == 2)
    #expect(throws: RuleFileError.self) { try NewRule(category: "../x", id: "a") }
    #expect(throws: RuleFileError.self) { try NewRule(category: "probe", id: "Late Probe") }
  }

  @Test(arguments: ["plain", "with \"quotes\"", "back\\slash", "two\nlines"])
  func textsAreLiterals(_ text: String) throws {
    let literal = CatalogueWriter(rules: []).literal(text)
    #expect(literal.hasPrefix("#\"") && literal.hasSuffix("\"#") && !literal.contains("\n"))
  }
}
