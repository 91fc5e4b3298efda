// swift-crypto has no interface to DSA, but the BoringSSL inside it has; this is its C module.
import CCryptoBoringSSL
import SwiftASN1

/// Keys of the Digital Signature Algorithm, which `genPrivateKey` can still make.
enum DSAKey {
  struct GenerationFailure: Error {}

  /// A key with a modulus of 2048 and a divisor of 256 bits, as the sequence of its numbers.
  static func generate() throws -> [UInt8] {
    guard let key = CCryptoBoringSSL_DSA_new() else { throw GenerationFailure() }
    defer { CCryptoBoringSSL_DSA_free(key) }
    guard CCryptoBoringSSL_DSA_generate_parameters_ex(key, 2048, nil, 0, nil, nil, nil) == 1,
      CCryptoBoringSSL_DSA_generate_key(key) == 1
    else { throw GenerationFailure() }
    let numbers = [
      CCryptoBoringSSL_DSA_get0_p(key), CCryptoBoringSSL_DSA_get0_q(key), CCryptoBoringSSL_DSA_get0_g(key),
      CCryptoBoringSSL_DSA_get0_pub_key(key), CCryptoBoringSSL_DSA_get0_priv_key(key),
    ]
    return try encoded(numbers.map(bytes))
  }

  /// The sequence of a version and the numbers p, q, g, y and x.
  static func encoded(_ numbers: [[UInt8]]) throws -> [UInt8] {
    var coder = DER.Serializer()
    try coder.appendConstructedNode(identifier: .sequence) { coder in
      try coder.serialize(0)
      for number in numbers { try coder.serialize(number[...]) }
    }
    return coder.serializedBytes
  }

  private static func bytes(_ number: UnsafePointer<BIGNUM>?) -> [UInt8] {
    guard let number else { return [] }
    var bytes = [UInt8](repeating: 0, count: Int(CCryptoBoringSSL_BN_num_bytes(number)))
    CCryptoBoringSSL_BN_bn2bin(number, &bytes)
    return bytes
  }

  /// Throws unless the bytes are a version and five numbers.
  static func check(_ bytes: [UInt8]) throws {
    try DER.sequence(try DER.parse(bytes), identifier: .sequence) { nodes in
      _ = try Int(derEncoded: &nodes)
      for _ in 0..<5 { _ = try ArraySlice<UInt8>(derEncoded: &nodes) }
    }
  }
}
