import Crypto
import CryptoExtras
import SourceText
import SwiftASN1
import TemplateLanguage
import Values
import X509

/// A private key with its public one.
enum KeyPair {
  case rsa(_RSA.Signing.PrivateKey)
  case p256(P256.Signing.PrivateKey)
  case p384(P384.Signing.PrivateKey)
  case p521(P521.Signing.PrivateKey)
  case ed25519(Curve25519.Signing.PrivateKey)
  /// Only printed and read again: nothing is signed with it.
  case dsa([UInt8])

  // MARK: Writing

  /// The PEM block that sprig prints: PKCS#1, SEC 1 or PKCS#8 by kind.
  func block() throws -> PEMBlock {
    switch self {
    case .rsa(let key): PEMBlock(type: "RSA PRIVATE KEY", bytes: Array(key.derRepresentation))
    case .p256(let key):
      try KeyPair.sec1(Array(key.rawRepresentation), [1, 2, 840, 10045, 3, 1, 7], key.publicKey.x963Representation)
    case .p384(let key):
      try KeyPair.sec1(Array(key.rawRepresentation), [1, 3, 132, 0, 34], key.publicKey.x963Representation)
    case .p521(let key):
      try KeyPair.sec1(Array(key.rawRepresentation), [1, 3, 132, 0, 35], key.publicKey.x963Representation)
    case .ed25519(let key): try KeyPair.pkcs8(Array(key.rawRepresentation))
    case .dsa(let bytes): PEMBlock(type: "DSA PRIVATE KEY", bytes: bytes)
    }
  }

  private static func sec1(
    _ scalar: [UInt8], _ curve: ASN1ObjectIdentifier, _ point: some Sequence<UInt8>
  ) throws -> PEMBlock {
    var coder = DER.Serializer()
    try coder.appendConstructedNode(identifier: .sequence) { coder in
      try coder.serialize(1)
      try coder.serialize(ASN1OctetString(contentBytes: scalar[...]))
      try coder.serialize(curve, explicitlyTaggedWithTagNumber: 0, tagClass: .contextSpecific)
      try coder.serialize(
        ASN1BitString(bytes: Array(point)[...]), explicitlyTaggedWithTagNumber: 1, tagClass: .contextSpecific)
    }
    return PEMBlock(type: "EC PRIVATE KEY", bytes: coder.serializedBytes)
  }

  private static func pkcs8(_ seed: [UInt8]) throws -> PEMBlock {
    var inner = DER.Serializer()
    try inner.serialize(ASN1OctetString(contentBytes: seed[...]))
    var coder = DER.Serializer()
    try coder.appendConstructedNode(identifier: .sequence) { coder in
      try coder.serialize(0)
      try coder.appendConstructedNode(identifier: .sequence) { try $0.serialize(ed25519Identifier) }
      try coder.serialize(ASN1OctetString(contentBytes: inner.serializedBytes[...]))
    }
    return PEMBlock(type: "PRIVATE KEY", bytes: coder.serializedBytes)
  }

  private static let ed25519Identifier: ASN1ObjectIdentifier = [1, 3, 101, 112]

  // MARK: Reading

  /// Reads the first PEM block of a text, with sprig's complaints.
  init(pem text: ByteString) throws(FunctionError) {
    guard let block = PEMBlock(in: text) else { throw FunctionError("no PEM data in input") }
    switch block.type {
    case "PRIVATE KEY": self = try KeyPair.parse("decoding PEM as PKCS#8: ", block.bytes, KeyPair.init(pkcs8:))
    case "RSA PRIVATE KEY":
      self = try KeyPair.parse("parsing RSA private key from PEM: ", block.bytes) {
        .rsa(try _RSA.Signing.PrivateKey(unsafeDERRepresentation: $0))
      }
    case "EC PRIVATE KEY":
      self = try KeyPair.parse(
        "parsing EC private key from PEM: x509: failed to parse EC private key: ", block.bytes
      ) { try KeyPair(sec1: $0[...], curve: nil) }
    case "DSA PRIVATE KEY":
      self = try KeyPair.parse("parsing DSA private key from PEM: ", block.bytes) {
        try DSAKey.check($0)
        return .dsa($0)
      }
    case _ where block.type.hasSuffix(" PRIVATE KEY"):
      throw FunctionError(bytes: "invalid private key type " + block.type)
    default: throw FunctionError(bytes: "no private key data in PEM block of type " + block.type)
    }
  }

  /// Go's messages about malformed structures are too many to tell apart; this is the one about garbage.
  private static let malformed = "asn1: syntax error: sequence truncated"

  private static func parse(
    _ context: String, _ bytes: [UInt8], _ body: ([UInt8]) throws -> KeyPair
  ) throws(FunctionError) -> KeyPair {
    do { return try body(bytes) } catch { throw FunctionError(context + malformed) }
  }

  private init(pkcs8 bytes: [UInt8]) throws {
    let parsed: (version: Int, identifier: ASN1ObjectIdentifier, curve: ASN1ObjectIdentifier?, key: ArraySlice<UInt8>) =
      try DER.sequence(try DER.parse(bytes), identifier: .sequence) { nodes in
        let version = try Int(derEncoded: &nodes)
        guard let algorithm = nodes.next() else { throw ASN1Error.invalidASN1Object(reason: "no algorithm") }
        let (identifier, curve) = try DER.sequence(algorithm, identifier: .sequence) { nodes in
          let identifier = try ASN1ObjectIdentifier(derEncoded: &nodes)
          let parameters = nodes.next()
          return (identifier, parameters.flatMap { try? ASN1ObjectIdentifier(derEncoded: $0) })
        }
        let key = try ASN1OctetString(derEncoded: &nodes).bytes
        while nodes.next() != nil {}
        return (version, identifier, curve, key)
      }
    switch parsed.identifier {
    case [1, 2, 840, 113549, 1, 1, 1]:
      self = .rsa(try _RSA.Signing.PrivateKey(unsafeDERRepresentation: Array(parsed.key)))
    case [1, 2, 840, 10045, 2, 1]: try self.init(sec1: parsed.key, curve: parsed.curve)
    case KeyPair.ed25519Identifier:
      let seed = try ASN1OctetString(derEncoded: DER.parse(parsed.key))
      self = .ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: seed.bytes))
    default: throw ASN1Error.invalidASN1Object(reason: "unknown algorithm")
    }
  }

  private init(sec1 bytes: ArraySlice<UInt8>, curve: ASN1ObjectIdentifier?) throws {
    let parsed: (scalar: ArraySlice<UInt8>, curve: ASN1ObjectIdentifier?) =
      try DER.sequence(try DER.parse(bytes), identifier: .sequence) { nodes in
        _ = try Int(derEncoded: &nodes)
        let scalar = try ASN1OctetString(derEncoded: &nodes).bytes
        let inner = try DER.optionalExplicitlyTagged(&nodes, tagNumber: 0, tagClass: .contextSpecific) {
          try ASN1ObjectIdentifier(derEncoded: $0)
        }
        while nodes.next() != nil {}
        return (scalar, inner)
      }
    switch curve ?? parsed.curve {
    case [1, 2, 840, 10045, 3, 1, 7]: self = .p256(try P256.Signing.PrivateKey(rawRepresentation: parsed.scalar))
    case [1, 3, 132, 0, 34]: self = .p384(try P384.Signing.PrivateKey(rawRepresentation: parsed.scalar))
    case [1, 3, 132, 0, 35]: self = .p521(try P521.Signing.PrivateKey(rawRepresentation: parsed.scalar))
    default: throw ASN1Error.invalidASN1Object(reason: "unknown elliptic curve")
    }
  }

  // MARK: Signing

  /// The key for signing certificates; nil for a kind that signs none.
  var signer: Certificate.PrivateKey? {
    switch self {
    case .rsa(let key): Certificate.PrivateKey(key)
    case .p256(let key): Certificate.PrivateKey(key)
    case .p384(let key): Certificate.PrivateKey(key)
    case .p521(let key): Certificate.PrivateKey(key)
    case .ed25519(let key): Certificate.PrivateKey(key)
    case .dsa: nil
    }
  }

  /// The algorithm that Go chooses for the key.
  var signatureAlgorithm: Certificate.SignatureAlgorithm {
    switch self {
    case .rsa, .dsa: .sha256WithRSAEncryption
    case .p256: .ecdsaWithSHA256
    case .p384: .ecdsaWithSHA384
    case .p521: .ecdsaWithSHA512
    case .ed25519: .ed25519
    }
  }
}

extension KeyPair {
  /// A new key of the kind that `genPrivateKey` names; nil for an unknown kind.
  static func generate(_ kind: ByteString, in environment: Environment) throws -> KeyPair? {
    if environment.seed != nil { return try SeededKeys.generate(kind, in: environment) }
    switch kind {
    case "", "rsa": return .rsa(try _RSA.Signing.PrivateKey(keySize: .bits4096))
    case "ecdsa": return .p256(P256.Signing.PrivateKey())
    case "ed25519": return .ed25519(Curve25519.Signing.PrivateKey())
    case "dsa": return .dsa(try DSAKey.generate())
    default: return nil
    }
  }

  /// The key of a certificate for which none is given.
  static func generateForCertificate(in environment: Environment) throws(FunctionError) -> KeyPair {
    do {
      if environment.seed != nil { return try SeededKeys.rsa(bits: 2048, in: environment) }
      return .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))
    } catch {
      throw FunctionError("error generating rsa key: \(error)")
    }
  }
}
