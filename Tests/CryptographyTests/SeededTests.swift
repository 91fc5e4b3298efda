import SourceText
import SwiftASN1
import Testing
import Values
import X509

@testable import Cryptography

/// With a seed the same calls give the same keys, certificates and salts; other seeds give others.
@Suite struct SeededTests {
  @Test(arguments: ["rsa", "ecdsa", "ed25519", "dsa"])
  func keys(kind: String) throws {
    let first = try FunctionRunner(seed: 7).text("genPrivateKey", .string(kind))
    #expect(first.contains("PRIVATE KEY"))
    #expect(try FunctionRunner(seed: 7).text("genPrivateKey", .string(kind)) == first)
    #expect(try FunctionRunner(seed: 8).text("genPrivateKey", .string(kind)) != first)
    #expect(try KeyPair(pem: ByteString(first)).block().text.string == first)
  }

  @Test func oneRenderMakesDifferentKeys() throws {
    let run = FunctionRunner(seed: 7)
    #expect(try run.text("genPrivateKey", "ecdsa") != run.text("genPrivateKey", "ecdsa"))
    #expect(try run.text("uuidv4") != run.text("uuidv4"))
  }

  @Test func passwordsAndCiphers() throws {
    let calls = [("bcrypt", ["a"]), ("htpasswd", ["u", "a"]), ("encryptAES", ["k", "t"]), ("uuidv4", [])]
    for (name, arguments) in calls {
      let call = { (run: FunctionRunner) in
        switch arguments.count {
        case 0: try run.text(name)
        case 1: try run.text(name, .string(arguments[0]))
        default: try run.text(name, .string(arguments[0]), .string(arguments[1]))
        }
      }
      #expect(try call(FunctionRunner(seed: 1)) == call(FunctionRunner(seed: 1)))
      #expect(try call(FunctionRunner(seed: 1)) != call(FunctionRunner(seed: 2)))
    }
  }

  private func certificate(_ value: Value) throws -> (text: ByteString, parsed: Certificate) {
    guard case .object(let object) = value.datum, let object = object as? CertificateObject else {
      throw CancellationError()
    }
    let block = try #require(PEMBlock(in: object.certificate))
    return (object.certificate, try Certificate(derEncoded: block.bytes))
  }

  @Test func rsaCertificates() throws {
    let (text, parsed) = try certificate(FunctionRunner(seed: 3).value("genCA", "ca", 5))
    #expect(parsed.publicKey.isValidSignature(parsed.signature, for: parsed))
    #expect(try certificate(FunctionRunner(seed: 3).value("genCA", "ca", 5)).text == text)
  }

  @Test(arguments: ["ecdsa", "ed25519"])
  func certificatesOfGivenKeys(kind: String) throws {
    let key = try FunctionRunner().value("genPrivateKey", .string(kind))
    let (text, parsed) = try certificate(FunctionRunner(seed: 3).value("genCAWithKey", "ca", 5, key))
    #expect(parsed.publicKey.isValidSignature(parsed.signature, for: parsed))
    #expect(try certificate(FunctionRunner(seed: 3).value("genCAWithKey", "ca", 5, key)).text == text)
    #expect(try certificate(FunctionRunner(seed: 4).value("genCAWithKey", "ca", 5, key)).text != text)
  }
}
