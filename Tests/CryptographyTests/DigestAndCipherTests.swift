import SourceText
import Testing
import Values

@testable import Cryptography

@Suite struct DigestAndCipherTests {
  private let run = FunctionRunner()

  @Test func digests() throws {
    #expect(try run.text("sha1sum", "abc") == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(
      try run.text("sha256sum", "") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(try run.text("sha512sum", "abc").hasPrefix("ddaf35a193617aba"))
    #expect(try run.text("adler32sum", "Wikipedia") == "300286872")
    #expect(try run.text("adler32sum", .string(String(repeating: "\u{7F}", count: 20_000))) == "2831139867")
  }

  @Test func passwords() throws {
    #expect(try run.text("derivePassword", 1, "medium", "password", "user", "example.com") == "ZedJuz8$")
    #expect(try run.text("derivePassword", 1, "nope", "", "", "") == "cannot find password template nope")
    let hash = try run.text("bcrypt", "secret")
    #expect(hash.hasPrefix("$2a$10$") && hash.utf8.count == 60)
    #expect(
      try run.text("bcrypt", .string(String(repeating: "a", count: 73)))
        == "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes")
    #expect(try run.text("htpasswd", "u:x", "p") == "invalid username: u:x")
    #expect(try run.text("htpasswd", "u", "p").hasPrefix("u:$2a$10$"))
  }

  @Test(arguments: ["", "k", String(repeating: "long", count: 20)])
  func cipherRoundTrip(password: String) throws {
    for length in [1, 15, 16, 17, 1000] {
      let text = String(repeating: "é", count: length)
      let encrypted = try run.text("encryptAES", .string(password), .string(text))
      #expect(try run.text("decryptAES", .string(password), .string(encrypted)) == text)
    }
    #expect(try run.text("encryptAES", .string(password), "") == "")
  }

  @Test(arguments: [
    ("xx", "illegal base64 data at input byte 0"), ("A===", "illegal base64 data at input byte 1"),
    ("AA=A", "illegal base64 data at input byte 2"), ("AA==AA", "illegal base64 data at input byte 4"),
    ("YQ==", "runtime error: slice bounds out of range [:16] with capacity 3"),
    ("MDEyMzQ1Njc4OWFiY2RlZg==", "runtime error: index out of range [-1]"),
    ("MDEyMzQ1Njc4OWFiY2RlZmc=", "crypto/cipher: input not full blocks"),
  ])
  func cipherFailures(text: String, message: String) throws {
    #expect(try run.failure("decryptAES", "k", .string(text)) == message)
  }

  @Test func randomness() throws {
    #expect(try run.text("randBytes", 6) == "AwoRGB8m")
    #expect(try run.failure("randBytes", -1) == "runtime error: makeslice: len out of range")
    #expect(try run.text("uuidv4") == "030a1118-1f26-4d34-bb42-4950575e656c")
  }

  @Test func base64RoundTrip() throws {
    for count in 0..<200 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      #expect(try Base64.decode(Base64.encode(bytes)) == bytes)
    }
  }
}
