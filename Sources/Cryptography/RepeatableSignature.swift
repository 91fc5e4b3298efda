import CCryptoBoringSSL
import Crypto
import SwiftASN1
import X509

/// Signatures of elliptic curves carry a random number. Here it follows from the key and the text, as in RFC 6979, so
/// that a certificate of a render with a seed comes out the same again, and nobody who knows the seed learns the key.
enum RepeatableSignature {
  struct Failure: Error {}

  /// The same certificate, with its signature made anew by `key`; unchanged where signatures are not random.
  static func certificate(_ bytes: [UInt8], signedBy key: KeyPair) throws -> [UInt8] {
    guard let curve = try Curve(key) else { return bytes }
    return try DER.sequence(try DER.parse(bytes), identifier: .sequence) { nodes in
      guard let content = nodes.next(), let algorithm = nodes.next(), nodes.next() != nil else { throw Failure() }
      let signature = try curve.signature(of: Array(content.encodedBytes))
      var coder = DER.Serializer()
      try coder.appendConstructedNode(identifier: .sequence) { coder in
        coder.serializeRawBytes(content.encodedBytes)
        coder.serializeRawBytes(algorithm.encodedBytes)
        try coder.serialize(ASN1BitString(bytes: signature[...]))
      }
      return coder.serializedBytes
    }
  }
}

/// A private key of a curve of NIST, as BoringSSL takes it.
private struct Curve {
  private let identifier: Int32
  private let scalar: [UInt8]
  private let digest: ([UInt8]) -> [UInt8]

  /// Nil for keys of other kinds.
  init?(_ key: KeyPair) throws {
    switch key {
    case .p256(let key):
      (identifier, scalar) = (NID_X9_62_prime256v1, Array(key.rawRepresentation))
      digest = { Array(SHA256.hash(data: $0)) }
    case .p384(let key):
      (identifier, scalar) = (NID_secp384r1, Array(key.rawRepresentation))
      digest = { Array(SHA384.hash(data: $0)) }
    case .p521(let key):
      (identifier, scalar) = (NID_secp521r1, Array(key.rawRepresentation))
      digest = { Array(SHA512.hash(data: $0)) }
    case .rsa, .ed25519, .dsa: return nil
    }
  }

  func signature(of text: [UInt8]) throws -> [UInt8] {
    guard let key = CCryptoBoringSSL_EC_KEY_new_by_curve_name(identifier),
      let number = CCryptoBoringSSL_BN_bin2bn(scalar, scalar.count, nil)
    else { throw RepeatableSignature.Failure() }
    defer {
      CCryptoBoringSSL_EC_KEY_free(key)
      CCryptoBoringSSL_BN_free(number)
    }
    guard CCryptoBoringSSL_EC_KEY_set_private_key(key, number) == 1 else { throw RepeatableSignature.Failure() }
    let sum = digest(text)
    for attempt in 0..<UInt8.max {
      // A number beyond the order of the curve is refused, and the next one tried.
      let secret = nonce(sum, attempt)
      guard
        let made = CCryptoBoringSSL_ECDSA_sign_with_nonce_and_leak_private_key_for_testing(
          sum, sum.count, key, secret, secret.count)
      else { continue }
      defer { CCryptoBoringSSL_ECDSA_SIG_free(made) }
      return try encoded(made)
    }
    throw RepeatableSignature.Failure()
  }

  /// As many bytes as the order has, below 2 to its bits; from the key and what is signed.
  private func nonce(_ sum: [UInt8], _ attempt: UInt8) -> [UInt8] {
    var bytes: [UInt8] = []
    var block: UInt8 = 0
    while bytes.count < scalar.count {
      bytes += Array(
        HMAC<SHA512>.authenticationCode(for: sum + [attempt, block], using: SymmetricKey(data: scalar)))
      block += 1
    }
    bytes = Array(bytes.prefix(scalar.count))
    if identifier == NID_secp521r1 { bytes[0] &= 1 }
    return bytes
  }

  private func encoded(_ signature: UnsafeMutablePointer<ECDSA_SIG>) throws -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    guard CCryptoBoringSSL_ECDSA_SIG_to_bytes(&bytes, &count, signature) == 1, let bytes else {
      throw RepeatableSignature.Failure()
    }
    defer { CCryptoBoringSSL_OPENSSL_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }
}
