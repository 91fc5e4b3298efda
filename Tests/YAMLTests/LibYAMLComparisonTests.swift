import Foundation
import Testing

/// Our reader against libyaml, the parser that go-yaml v2 was made from: events, their values and places, and what is
/// refused. Differences are listed in `ParserDeviation`.
@Suite struct LibYAMLComparisonTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The YAML files of this repository; templates too, whose actions look like odd YAML.
  private static let files: [(path: String, text: [UInt8])] = ["fixtures", "templates", "rules"].flatMap {
    let folder = root.appending(path: $0)
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") || $0.hasSuffix(".tpl") }.sorted().compactMap {
      path in (try? Data(contentsOf: folder.appending(path: path))).map { (path, Array($0)) }
    }
  }

  @Test func ourOwnFilesAreReadAlike() {
    #expect(Self.files.count > 200)
    for file in Self.files {
      let both = ComparedText(file.text)
      #expect(both.isAgreement, "\(file.path): \(both)")
    }
  }

  @Test func trickyDocumentsAreReadAlike() {
    for text in TrickyDocuments.all {
      let both = ComparedText(Array(text.utf8))
      #expect(both.isAgreement || both.deviation != nil, "\(both)")
    }
  }

  @Test(arguments: [1, 2, 3, 4])
  func seededDocumentsAreReadAlike(_ seed: UInt64) {
    var documents = SeededDocuments(seed: seed, models: TrickyDocuments.all.map { Array($0.utf8) })
    let count = 5000
    var (accepted, deviating) = (0, 0)
    for _ in 0..<count {
      let both = ComparedText(documents.next())
      if both.own.fault == nil { accepted += 1 }
      guard !both.isAgreement else { continue }
      deviating += 1
      #expect(both.deviation != nil, "\(both)")
    }
    #expect(accepted > count / 4)
    #expect(deviating < count / 40)
  }

  /// Prints how fast each parser is, as `docs/decisions` quotes it; only when asked.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SLIPWAY_TIMES"] != nil))
  func timesOfBothParsers() {
    let files = Self.files.map(\.text).filter { ParsedEvents($0).fault == nil }
    print("small files: \(rates(of: files, rounds: 200))")
    let large = files.reduce(into: [UInt8]()) { $0 += Array("---\n".utf8) + $1 + [0x0a] }
    print("one text of \(large.count / 1000) kB: \(rates(of: [large], rounds: 200))")
  }

  private func rates(of texts: [[UInt8]], rounds: Int) -> String {
    let megabytes = Double(texts.reduce(0) { $0 + $1.count } * rounds) / 1e6
    func rate(_ count: ([UInt8]) -> Int) -> String {
      var events = 0
      let time = ContinuousClock().measure { for _ in 0..<rounds { for text in texts { events += count(text) } } }
      return "\(Int(megabytes / (time / .seconds(1)))) MB/s, \(events / rounds) events"
    }
    return "libyaml \(rate(ParsedEvents.countLibyaml)); ours \(rate(ParsedEvents.countOwn))"
  }

  @Test(arguments: ParserDeviation.all.indices)
  func eachDeviationShows(_ index: Int) {
    let deviation = ParserDeviation.all[index]
    let both = ComparedText(Array(deviation.example.utf8))
    #expect(!both.isAgreement, "no longer true: \(deviation.reason)")
    #expect(both.deviation?.reason == deviation.reason)
  }
}

extension ComparedText: CustomStringConvertible {
  /// The text and the first difference.
  var description: String {
    let count = max(own.events.count, libyaml.events.count)
    func event(_ events: [ParsedEvent], _ index: Int) -> String { index < events.count ? "\(events[index])" : "none" }
    let first = (0..<count).first { event(own.events, $0) != event(libyaml.events, $0) }
    let difference = first.map { ", event \($0): \(event(own.events, $0)) / \(event(libyaml.events, $0))" } ?? ""
    let words = String(decoding: text.prefix(500), as: UTF8.self).debugDescription
    return "\(words): \(own.fault ?? "accepted") / \(libyaml.fault ?? "accepted")\(difference)"
  }
}
