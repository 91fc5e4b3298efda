import SourceText
import Testing
import Values
import X509

@testable import Cryptography

@Suite struct CertificateTests {
  private let run = FunctionRunner()

  private func certificate(_ value: Value) throws -> (object: CertificateObject, parsed: Certificate) {
    guard case .object(let object) = value.datum, let object = object as? CertificateObject else {
      throw CancellationError()
    }
    let block = try #require(PEMBlock(in: object.certificate))
    return (object, try Certificate(derEncoded: block.bytes))
  }

  @Test(arguments: [
    ("ecdsa", "EC PRIVATE KEY"), ("ed25519", "PRIVATE KEY"), ("rsa", "RSA PRIVATE KEY"),
  ])
  func keysAreReadBack(kind: String, type: String) throws {
    let text = try run.text("genPrivateKey", .string(kind))
    #expect(text.hasPrefix("-----BEGIN \(type)-----\n") && text.hasSuffix("-----END \(type)-----\n"))
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 64 })
    #expect(try KeyPair(pem: ByteString(text)).block().text.string == text)
  }

  @Test func unknownKind() throws {
    #expect(try run.text("genPrivateKey", "bad") == "Unknown type bad")
  }

  @Test func authority() throws {
    let key = try run.value("genPrivateKey", "ecdsa")
    let (object, parsed) = try certificate(try run.value("genCAWithKey", "my ca", 365, key))
    #expect(object.key.string == key.text?.string)
    #expect(parsed.notValidAfter.timeIntervalSince(parsed.notValidBefore) == 365 * 24 * 3600)
    #expect(parsed.notValidBefore.timeIntervalSince1970 == 1_700_000_000)
    #expect(parsed.publicKey.isValidSignature(parsed.signature, for: parsed))
    guard case .isCertificateAuthority(let length) = try parsed.extensions.basicConstraints else {
      Issue.record("not an authority")
      return
    }
    #expect(length == nil)
    #expect(try parsed.extensions.keyUsage?.keyCertSign == true)
    #expect(try parsed.extensions.subjectKeyIdentifier?.keyIdentifier.count == 20)
  }

  @Test func signed() throws {
    let authority = try run.value("genCAWithKey", "ca", 10, run.value("genPrivateKey", "ed25519"))
    let (_, parent) = try certificate(authority)
    let (_, parsed) = try certificate(
      try run.value(
        "genSignedCertWithKey", "cn", .list(["10.0.0.1", "::1"]), .list(["a.example"]), 5, authority,
        run.value("genPrivateKey", "ecdsa")))
    #expect(parsed.issuer == parent.subject)
    #expect(parent.publicKey.isValidSignature(parsed.signature, for: parsed))
    #expect(try parsed.extensions.subjectAlternativeNames?.count == 3)
    #expect(
      try parsed.extensions.authorityKeyIdentifier?.keyIdentifier
        == parent.extensions.subjectKeyIdentifier?.keyIdentifier)
  }

  @Test func failures() throws {
    #expect(try run.failure("genCAWithKey", "ca", 5, "x") == "parsing private key: no PEM data in input")
    #expect(try run.failure("buildCustomCert", "x", "y") == "unable to decode base64 certificate")
    #expect(try run.failure("buildCustomCert", "eA==", "eQ==") == "unable to decode certificate")
    #expect(
      try run.failure("genSelfSignedCert", "cn", .list(["no"]), .list([]), 1) == "error parsing ip: no")
    #expect(
      try run.failure("genSelfSignedCert", "cn", .list([]), .list([5]), 1)
        == "error processing alternate dns name: 5 is not a string")
    #expect(
      try run.failure("genSelfSignedCert", "cn", .list([]), .list(["é"]), 1)
        == #"error creating certificate: x509: "é" cannot be encoded as an IA5String"#)
  }

  @Test(
    arguments: [
      ("1.2.3.4", 4), ("::ffff:1.2.3.4", 4), ("::", 16), ("1:2:3:4:5:6:7:8", 16), ("1:2:3:4:5:6:7::", 16),
      ("1:2:3:4:5:6:1.2.3.4", 16), ("1.2.3", nil), ("1.2.3.04", nil), ("256.1.1.1", nil), ("1::2::3", nil),
      ("12345::", nil), (":", nil), ("", nil), ("1:", nil), ("1:2:3:4:5:6:7:8:9", nil),
    ] as [(String, Int?)])
  func addresses(text: String, count: Int?) {
    #expect(InternetAddress.parse(ByteString(text))?.count == count)
  }

  /// Damaged keys are refused, never a crash.
  @Test func damagedKeys() throws {
    let block = try KeyPair.generate("ecdsa", in: FunctionRunner.world).map { try $0.block() }
    var bytes = try #require(block).bytes
    for index in bytes.indices {
      bytes[index] ^= 0x55
      for type: ByteString in ["EC PRIVATE KEY", "PRIVATE KEY", "RSA PRIVATE KEY", "DSA PRIVATE KEY"] {
        _ = try? KeyPair(pem: PEMBlock(type: type, bytes: bytes).text)
      }
      bytes[index] ^= 0x55
    }
  }
}
