import SourceText
import Testing

@testable import Charts

@Suite struct ArchiveTests {
  private func names(_ entries: [(String, String)], limits: ChartLimits = ChartLimits()) -> [String] {
    var budget = limits.chartBytes
    do {
      let archive = ByteString(Archive.gzip(Archive.tar(entries)))
      return try ChartArchive.files(in: archive, shownAs: "x.tgz/", limits: limits, budget: &budget).map {
        $0.name.string + "=" + $0.source.text.string
      }
    } catch {
      return [error.message.string]
    }
  }

  @Test func dropsTheFirstElementOfPaths() {
    #expect(names([("c/Chart.yaml", "a"), ("d/x/y.txt", "b")]) == ["Chart.yaml=a", "x/y.txt=b"])
  }

  @Test(arguments: [
    ("../x", "chart illegally references parent directory"), ("c//etc/x", "chart illegally contains absolute paths"),
    ("c/../../x", "chart illegally references parent directory"),
    ("file", "chart illegally contains content outside the base directory: \"file\""),
    ("c/c:/x", "chart contains illegally named files"),
  ])
  func refusesPathsThatLeadOut(path: String, message: String) { #expect(names([(path, "x")]).first?.isEmpty == false) }

  @Test func refusesWhatIsNoArchive() {
    func message(_ bytes: [UInt8]) -> String {
      do {
        _ = try ChartArchive.topLevelFiles(in: ByteString(bytes), path: "/c.tgz", shownAs: "", limits: ChartLimits())
        return ""
      } catch {
        return error.message.string
      }
    }
    #expect(
      message(Array("hello".utf8))
        == "file '/c.tgz' does not appear to be a gzipped archive; got 'application/octet-stream'")
    #expect(message(Archive.gzip([1, 2, 3])) == "unable to load chart archive")
    #expect(
      message(Archive.gzip(Archive.tar([("c/a", "x")]))) == "unable to detect chart version, no Chart.yaml found")
  }

  @Test func largeFilesAreRefused() {
    var limits = ChartLimits()
    limits.fileBytes = 10
    #expect(names([("c/a", "0123456789")], limits: limits) == ["a=0123456789"])
    #expect(
      names([("c/a", "0123456789x")], limits: limits)
        == ["decompressed chart file \"c/a\" is larger than the maximum file size 10"])
    limits.chartBytes = 30
    #expect(
      names([("c/a", "0123456789"), ("c/b", "0123456789"), ("c/d", "0123456789")], limits: limits)
        == ["decompressed chart is larger than the maximum size 30"])
  }

  /// Each of the archives inside a chart is small enough; together they are not.
  @Test func archivesInsideAChartShareOneBudget() throws {
    let inner = ByteString(
      Archive.gzip(
        Archive.tar([
          ("d/Chart.yaml", "{apiVersion: v2, name: d, version: 0.1.0}"), ("d/x", String(repeating: "x", count: 400)),
        ])))
    var files = [
      ChartFile(
        name: "Chart.yaml",
        source: SourceFile(path: "Chart.yaml", text: "{apiVersion: v2, name: c, version: 0.1.0}"))
    ]
    for index in 0..<3 {
      let name = "charts/d\(index).tgz"
      files.append(ChartFile(name: ByteString(name), source: SourceFile(path: name, text: inner)))
    }
    var limits = ChartLimits()
    limits.chartBytes = 2000
    var roomy = ChartAssembly(limits: limits)
    let chart = try roomy.chart(files)
    #expect(chart.subcharts.count == 3)
    limits.chartBytes = 1000
    var narrow = ChartAssembly(limits: limits)
    do throws(ChartError) {
      _ = try narrow.chart(files)
      Issue.record("the third archive is too much")
    } catch {
      #expect(
        error.message.string
          == "error unpacking subchart d2.tgz in c: decompressed chart is larger than the maximum size 1000")
    }
  }

  /// No input may crash, hang or lead outside: any bytes, and archives with any byte changed.
  @Test func survivesAnyBytes() {
    var random = SmallRandom(seed: 7)
    let good = Archive.gzip(Archive.tar([("c/Chart.yaml", "name: c"), ("c/x", String(repeating: "y", count: 700))]))
    for round in 0..<400 {
      var bytes = round % 2 == 0 ? good : Archive.gzip((0..<2048).map { _ in UInt8(random.next(256)) })
      for _ in 0..<random.next(4) { bytes[random.next(bytes.count)] = UInt8(random.next(256)) }
      bytes = Array(bytes.prefix(random.next(bytes.count) + 1))
      var budget = 1 << 20
      let files =
        (try? ChartArchive.files(in: ByteString(bytes), shownAs: "", limits: ChartLimits(), budget: &budget)) ?? []
      #expect(files.allSatisfy { !$0.name.hasPrefix("/") && !$0.name.hasPrefix("..") })
    }
  }
}

/// Makes small archives.
enum Archive {
  static func tar(_ entries: [(String, String)]) -> [UInt8] {
    var out: [UInt8] = []
    for (name, content) in entries {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, at index: Int) {
        header.replaceSubrange(index..<(index + text.utf8.count), with: text.utf8)
      }
      put(String(name.prefix(99)), at: 0)
      put("0000644", at: 100)
      let size = String(content.utf8.count, radix: 8)
      put(String(repeating: "0", count: 11 - size.count) + size, at: 124)
      put("        0", at: 148)
      let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
      put(String(repeating: "0", count: 6 - sum.count) + sum + "\0 ", at: 148)
      out += header + content.utf8
      out += [UInt8](repeating: 0, count: (512 - content.utf8.count % 512) % 512)
    }
    return out + [UInt8](repeating: 0, count: 1024)
  }

  /// A gzip text of stored blocks.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var start = 0
    repeat {
      let end = min(start + 60000, bytes.count)
      let count = UInt16(end - start)
      out += [
        end == bytes.count ? 1 : 0, UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8),
      ]
      out += bytes[start..<end]
      start = end
    } while start < bytes.count
    for number in [checksum(bytes), UInt32(bytes.count)] {
      out += (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
    }
    return out
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 {
        let isOdd = sum & 1 == 1
        sum >>= 1
        if isOdd { sum ^= 0xEDB8_8320 }
      }
    }
    return ~sum
  }
}

/// A random source that gives the same numbers each time.
struct SmallRandom {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(bound, 1)))
  }
}
