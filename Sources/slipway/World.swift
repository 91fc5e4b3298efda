import LocalDisk
import SourceText
import TemplateLanguage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The clock, the entropy source and the time zone database of this machine.
enum World {
  static let environment = Environment(now: now, random: random, timeZone: timeZone)

  @Sendable static func now() -> (seconds: Int64, nanoseconds: Int32) {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return (Int64(time.tv_sec), Int32(truncatingIfNeeded: time.tv_nsec))
  }

  @Sendable static func random(_ count: Int) -> [UInt8] {
    // The source gives eight bytes at a time.
    var generator = SystemRandomNumberGenerator()
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        withUnsafeBytes(of: generator.next()) { word in
          for byte in word.prefix(count - filled) {
            buffer[filled] = byte
            filled += 1
          }
        }
      }
    }
  }

  /// The TZif data of a zone; the empty name is the machine's own zone.
  @Sendable static func timeZone(_ name: String) -> [UInt8]? {
    if name.isEmpty {
      guard let wish = variable("TZ") else { return try? Disk().read("/etc/localtime").bytes }
      return wish.isEmpty || wish == "UTC" ? nil : timeZone(wish)
    }
    // Names come from templates: none may lead out of the database.
    guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else { return nil }
    for folder in ["/usr/share/zoneinfo", "/usr/lib/locale/TZ", "/etc/zoneinfo"] {
      if let data = try? Disk().read("\(folder)/\(name)") { return data.bytes }
    }
    return nil
  }

  /// An environment variable.
  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
