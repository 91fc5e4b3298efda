import SourceText
import Testing

@testable import Charts

@Suite struct CoalescingTests {
  @Test(arguments: [
    ("m: {a: null, b: {c: null, d: 1}}", "m.x=1", #"{"m":{"b":{"d":1},"x":1}}"#),
    ("a: 1", "a=null", "{}"), ("m: {a: 1}", "m.a=null,m.b=null", #"{"m":{"b":null}}"#),
    ("m: {a: null}", "m.a=null", #"{"m":{"a":null}}"#), ("l: [1, null]", "x=1", #"{"l":[1,null],"x":1}"#),
    ("m: {a: 1}", "m=s", #"{"m":"s"}"#), ("m: 5", "m.a=1", #"{"m":{"a":1}}"#), ("", "n=null", #"{"n":null}"#),
  ])
  func laysUserValuesOverDefaults(defaults: String, set: String, expected: String) {
    let prepared = Prepared(.chart(["values.yaml": defaults])) { $0.values.set = [set] }
    #expect(prepared.values == expected)
  }

  @Test func warnsInHelmsWords() {
    let prepared = Prepared(.chart(["values.yaml": "{s: 5, m: {t: {c: 1}, u: 5}}"])) {
      $0.values.set = ["s.a=1,m.t=x,m.u.b=1"]
    }
    #expect(
      prepared.log.sorted() == [
        #"level=INFO msg="warning: cannot overwrite table with non table for c.m.t (map[c:1])""#,
        #"level=INFO msg="warning: destination for c.m.u is a table. Ignoring non-table value (5)""#,
        #"level=INFO msg="warning: skipped value for c.s: Not a table.""#,
      ])
  }

  @Test func givesGlobalsToSubcharts() {
    let prepared = Prepared(
      .chart([
        "values.yaml": "global: {a: parent, m: {x: 1}}", "charts/aa/Chart.yaml": "{name: aa, version: 1.0.0}",
        "charts/aa/values.yaml": "global: {a: child, own: 2, m: {w: 3}}", "charts/aa/templates/a.yaml": "",
      ]))
    #expect(
      prepared.values(of: "c/charts/aa/templates/a.yaml")
        == #"{"global":{"a":"parent","m":{"w":3,"x":1},"own":2}}"#)
    #expect(prepared.values.hasSuffix(#""global":{"a":"parent","m":{"x":1}}}"#))
  }

  @Test func sharesOneMapBetweenParentAndSubchart() throws {
    let prepared = Prepared(
      .chart(["charts/aa/Chart.yaml": "{name: aa, version: 1.0.0}", "charts/aa/templates/a.yaml": ""]))
    let template = try #require(prepared.templates.first)
    let own = try #require(template.data["Values"]?.asMap)
    #expect(own === prepared.root?["aa"]?.asMap)
  }

  @Test func complainsAboutSubchartValuesThatAreNoMap() {
    let prepared = Prepared(.chart(["charts/aa/Chart.yaml": "{name: aa, version: 1.0.0}"])) {
      $0.values.set = ["aa={a,b}"]
    }
    #expect(prepared.error == "type mismatch on aa: [%!t(string=a) %!t(string=b)]")
  }

  @Test func mergesUserSourcesInTheirOwnOrder() {
    var disk = MemoryDisk.chart(["values.yaml": "a: 0"])
    disk.files["u.yaml"] = "a: 1\nm: {x: 1}\n---\nm: {w: 2}\n"
    let prepared = Prepared(disk) {
      $0.values.files = ["u.yaml"]
      $0.values.setString = ["a=3"]
      $0.values.set = ["a=2,b=1"]
      $0.values.setJSON = [#"{"m": {"z": [1]}}"#]
    }
    #expect(prepared.values == #"{"a":"3","b":1,"m":{"w":2,"x":1,"z":[1]}}"#)
  }

  @Test func knowsTheFileThatWonTheMerge() throws {
    var disk = MemoryDisk.chart(["values.yaml": "image: {tag: one, name: web}"])
    disk.files["u.yaml"] = "image: {tag: two}"
    let prepared = Prepared(disk) { $0.values.files = ["u.yaml"] }
    let image = try #require(prepared.root?["image"]?.asMap)
    for (key, path, text) in [("tag", "u.yaml", "two"), ("name", "/c/values.yaml", "web")] {
      guard case .leaf(let place) = prepared.origins[image[ByteString(key)]?.origin ?? .none] else {
        Issue.record("no origin of \(key)")
        continue
      }
      #expect(place.file.path == path)
      #expect(place.text.string == text)
    }
  }

  @Test(arguments: [
    ("a: [", "failed to parse u.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: "),
    ("- a", "failed to parse u.yaml: cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: "),
    (
      "a: 1\n--- {b: 2}\n",
      "failed to parse u.yaml: error reading yaml document: invalid Yaml document separator: {b: 2}"
    ),
  ])
  func refusesValuesFiles(text: String, message: String) {
    var disk = MemoryDisk.chart([:])
    disk.files["u.yaml"] = ByteString(text)
    #expect(Prepared(disk) { $0.values.files = ["u.yaml"] }.error?.hasPrefix(message) == true)
    #expect(
      Prepared(disk) { $0.values.files = ["nope.yaml"] }.error == "open nope.yaml: no such file or directory")
  }
}
