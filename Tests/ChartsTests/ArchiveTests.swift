import SourceText
import Testing

@testable import Charts

@Suite struct ArchiveTests {
  private func names(_ entries: [(String, String)]) -> [String] {
    do {
      return try ChartArchive.files(in: ByteString(Archive.gzip(Archive.tar(entries))), shownAs: "x.tgz/").map {
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
        _ = try ChartArchive.topLevelFiles(in: ByteString(bytes), path: "/c.tgz", shownAs: "")
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

  /// No input may crash, hang or lead outside: any bytes, and archives with any byte changed.
  @Test func survivesAnyBytes() {
    var random = SmallRandom(seed: 7)
    let good = Archive.gzip(Archive.tar([("c/Chart.yaml", "name: c"), ("c/x", String(repeating: "y", count: 700))]))
    for round in 0..<400 {
      var bytes = round % 2 == 0 ? good : Archive.gzip((0..<2048).map { _ in UInt8(random.next(256)) })
      for _ in 0..<random.next(4) { bytes[random.next(bytes.count)] = UInt8(random.next(256)) }
      bytes = Array(bytes.prefix(random.next(bytes.count) + 1))
      let files = (try? ChartArchive.files(in: ByteString(bytes), shownAs: "")) ?? []
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
