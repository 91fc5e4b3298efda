import Configuration
import Testing

@Suite struct PathGlobTests {
  @Test(arguments: [
    ("charts/vendor/**", "charts/vendor/a/values.yaml", true), ("charts/vendor/**", "charts/vendor", true),
    ("charts/vendor/**", "charts/vendors/a", false),
    ("charts/*/templates/migrate*.yaml", "charts/a/templates/migrate.yaml", true),
    ("charts/*/templates/migrate*.yaml", "charts/a/b/templates/migrate.yaml", false), ("**/*.sh", "a.sh", true),
    ("**/*.sh", "a/b/c.sh", true), ("*.sh", "a/b.sh", false), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true),
    ("a/**/b", "a/x/y/c", false), ("./deploy/?.sh", "deploy/1.sh", true), ("**", ".", true),
  ])
  func matches(_ pattern: String, _ path: String, _ isMatch: Bool) {
    #expect(PathGlob(pattern).matches(path) == isMatch)
  }

  @Test func coversAFolderWithAllThatIsInIt() {
    #expect(PathGlob("charts/vendor/**").covers(folder: "charts/vendor/redis"))
    #expect(!PathGlob("charts/vendor/*.yaml").covers(folder: "charts/vendor"))
    #expect(!PathGlob("charts/vendor/templates/**").covers(folder: "charts/vendor"))
  }

  @Test func staysQuickWithManyStars() {
    let pattern = String(repeating: "**/*a*/", count: 40) + "b"
    #expect(!PathGlob(pattern).matches(String(repeating: "aaaa/", count: 200) + "c"))
  }
}
