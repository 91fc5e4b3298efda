import Crypto
import SourceText
import TemplateLanguage
import Values

/// Sums over texts.
enum DigestFunctions {
  static let functions: [Function] = [
    .summary("sha1sum", [.string]) { _, arguments in digest(Insecure.SHA1.self, arguments) },
    .summary("sha256sum", [.string]) { _, arguments in digest(SHA256.self, arguments) },
    .summary("sha512sum", [.string]) { _, arguments in digest(SHA512.self, arguments) },
    .summary("adler32sum", [.string]) { _, arguments in
      .string(String(adler32(arguments.bytes(0).bytes)))
    },
  ]

  private static func digest<Algorithm: HashFunction>(_ algorithm: Algorithm.Type, _ arguments: [Value]) -> Value {
    let text = arguments.bytes(0)
    let sum = text.bytes.withUnsafeBytes { bytes in
      var hash = Algorithm()
      hash.update(bufferPointer: bytes)
      return hash.finalize()
    }
    return .string(ByteString(sum.flatMap { [hexadecimal[Int($0 >> 4)], hexadecimal[Int($0 & 15)]] }))
  }

  static let hexadecimal = Array("0123456789abcdef".utf8)

  /// The checksum of RFC 1950.
  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var low: UInt32 = 1
    var high: UInt32 = 0
    for start in stride(from: 0, to: bytes.count, by: 5552) {
      // So many bytes cannot overflow the sums.
      for byte in bytes[start..<min(start + 5552, bytes.count)] {
        low += UInt32(byte)
        high += low
      }
      low %= 65_521
      high %= 65_521
    }
    return high << 16 | low
  }
}
