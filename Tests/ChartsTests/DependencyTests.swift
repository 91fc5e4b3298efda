import SourceText
import Testing

@testable import Charts

@Suite struct DependencyTests {
  /// A chart with the subchart `aa` and these entries of `dependencies`.
  private func chart(_ dependencies: String, values: String = "", child: String = "x: 1") -> MemoryDisk {
    .chart([
      "Chart.yaml": "{apiVersion: v2, name: c, version: 0.1.0, dependencies: [\(dependencies)]}",
      "values.yaml": values, "charts/aa/Chart.yaml": "{apiVersion: v2, name: aa, version: 1.0.0}",
      "charts/aa/values.yaml": child, "charts/aa/templates/a.yaml": "",
    ])
  }

  private func names(_ prepared: Prepared) -> [String] { prepared.templates.map(\.name.string) }

  @Test func conditionsOverrideTags() {
    let entry = #"{name: aa, version: "*", tags: [t], condition: "nope,aa.enabled"}"#
    let off = Prepared(chart(entry, values: "tags: {t: false}"))
    #expect(names(off).isEmpty)
    let on = Prepared(chart(entry, values: "{tags: {t: false}, aa: {enabled: true}}"))
    #expect(names(on) == ["c/charts/aa/templates/a.yaml"])
  }

  @Test func takesOneCopyForEachAlias() {
    let entries = #"{name: aa, version: "*", alias: one}, {name: aa, version: "*", alias: two}"#
    let prepared = Prepared(chart(entries, values: "one: {x: 5}"))
    #expect(names(prepared) == ["c/charts/two/templates/a.yaml", "c/charts/one/templates/a.yaml"])
    #expect(prepared.values(of: "c/charts/one/templates/a.yaml") == #"{"global":{},"x":5}"#)
  }

  @Test func importsUnderTheParentsOwnValues() {
    let entry = #"{name: aa, version: "*", import-values: [data, {child: cfg, parent: imp}]}"#
    let prepared = Prepared(
      chart(entry, values: "{a: own}", child: "{exports: {data: {a: child, b: child}}, cfg: {k: 1}}"))
    #expect(prepared.values.contains(#""a":"own""#) && prepared.values.contains(#""b":"child""#))
    #expect(prepared.values.contains(#""imp":{"k":1}"#))
  }

  @Test func missesWhatIsDeclaredOnly() {
    let prepared = Prepared(chart(#"{name: bb, version: "*"}, {name: dd, version: "*"}"#))
    #expect(prepared.error?.hasSuffix("but missing in charts/ directory: bb, dd") == true)
  }

  @Test func keepsImportsFromHoldingThemselves() {
    let entry = #"{name: aa, version: "*", import-values: [{child: m, parent: .}, {child: m, parent: x}]}"#
    #expect(Prepared(chart(entry, child: "m: {x: {y: 1}}")).error?.contains("a table into itself") == true)
  }
}
