// swift-crypto draws keys from the system's entropy only; the numbers of the BoringSSL inside it can be drawn from
// elsewhere.
import CCryptoBoringSSL
import Crypto
import CryptoExtras
import SourceText
import SwiftASN1
import TemplateLanguage

/// Keys that follow from the bytes of an environment with a seed, for renders that must come out the same again.
enum SeededKeys {
  struct GenerationFailure: Error {}

  /// A key of the kind that `genPrivateKey` names; nil for an unknown kind.
  static func generate(_ kind: ByteString, in environment: Environment) throws -> KeyPair? {
    switch kind {
    case "", "rsa": try rsa(bits: 4096, in: environment)
    case "ecdsa": .p256(try elliptic(in: environment))
    case "ed25519": .ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: environment.random(32)))
    case "dsa": .dsa(try dsa(in: environment))
    default: nil
    }
  }

  /// An RSA key with the exponent 65537.
  static func rsa(bits: Int, in environment: Environment) throws -> KeyPair {
    let first = try prime(bits: bits / 2, in: environment)
    var second = try prime(bits: bits / 2, in: environment)
    while second.isEqual(to: first) { second = try prime(bits: bits / 2, in: environment) }
    let (p, q) = first.isLess(than: second) ? (second, first) : (first, second)
    let exponent = try Number(word: publicExponent)
    let (below, aside) = (try p.minusOne(), try q.minusOne())
    let secret = try exponent.inverse(modulo: below.times(aside))
    let numbers = [
      try p.times(q), exponent, secret, p, q, try secret.modulo(below), try secret.modulo(aside),
      try q.inverse(modulo: p),
    ]
    var coder = DER.Serializer()
    try coder.appendConstructedNode(identifier: .sequence) { coder in
      try coder.serialize(0)
      for number in numbers { try coder.serialize(number.bytes[...]) }
    }
    return .rsa(try _RSA.Signing.PrivateKey(unsafeDERRepresentation: coder.serializedBytes))
  }

  /// A DSA key with a modulus of 2048 and a divisor of 256 bits.
  private static func dsa(in environment: Environment) throws -> [UInt8] {
    let divisor = try prime(bits: 256, in: environment)
    let twice = try divisor.times(Number(word: 2))
    for _ in 0..<100_000 {
      // A number that leaves one when it is divided by the divisor, and is odd.
      var bytes = environment.random(256)
      guard !bytes.isEmpty else { break }
      bytes[0] |= 0x80
      let drawn = try Number(bytes)
      let modulus = try drawn.minus(drawn.modulo(twice)).plusOne()
      guard modulus.bytes.count == 256, try modulus.isPrime() else { continue }
      let below = try modulus.minusOne()
      let generator = try Number(word: 2).power(below.divided(by: divisor), modulo: modulus)
      let secret = try Number(environment.random(31))
      let open = try generator.power(secret, modulo: modulus)
      return try DSAKey.encoded([modulus, divisor, generator, open, secret].map(\.bytes))
    }
    throw GenerationFailure()
  }

  private static let publicExponent: UInt64 = 65_537

  /// Numbers above the order of the curve are none of its keys, and are drawn again.
  private static func elliptic(in environment: Environment) throws -> P256.Signing.PrivateKey {
    for _ in 0..<64 {
      if let key = try? P256.Signing.PrivateKey(rawRepresentation: environment.random(32)) { return key }
    }
    throw GenerationFailure()
  }

  /// A prime whose two upper bits are set, so that the product of two has all its bits.
  private static func prime(bits: Int, in environment: Environment) throws -> Number {
    // One number in some hundreds is prime; a source that repeats itself must not keep us forever.
    for _ in 0..<100_000 {
      var bytes = environment.random(bits / 8)
      guard let last = bytes.indices.last else { break }
      bytes[0] |= 0xC0
      bytes[last] |= 1
      let candidate = try Number(bytes)
      if try candidate.isPrime(), candidate.remainder(by: publicExponent) != 1 { return candidate }
    }
    throw GenerationFailure()
  }
}

/// A number of BoringSSL.
private final class Number {
  private let number: UnsafeMutablePointer<BIGNUM>

  private init() throws {
    guard let number = CCryptoBoringSSL_BN_new() else { throw SeededKeys.GenerationFailure() }
    self.number = number
  }

  convenience init(_ bytes: [UInt8]) throws {
    try self.init()
    guard CCryptoBoringSSL_BN_bin2bn(bytes, bytes.count, number) != nil else { throw SeededKeys.GenerationFailure() }
  }

  convenience init(word: UInt64) throws {
    try self.init()
    try Number.check(CCryptoBoringSSL_BN_set_word(number, word))
  }

  deinit { CCryptoBoringSSL_BN_free(number) }

  var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Int(CCryptoBoringSSL_BN_num_bytes(number)))
    CCryptoBoringSSL_BN_bn2bin(number, &bytes)
    return bytes
  }

  func isEqual(to other: Number) -> Bool { CCryptoBoringSSL_BN_cmp(number, other.number) == 0 }
  func isLess(than other: Number) -> Bool { CCryptoBoringSSL_BN_cmp(number, other.number) < 0 }
  func remainder(by word: UInt64) -> UInt64 { CCryptoBoringSSL_BN_mod_word(number, word) }

  func isPrime() throws -> Bool {
    try withContext { context in
      var result: Int32 = 0
      try Number.check(CCryptoBoringSSL_BN_primality_test(&result, number, 32, context, 1, nil))
      return result == 1
    }
  }

  func minusOne() throws -> Number {
    let result = try Number(bytes)
    try Number.check(CCryptoBoringSSL_BN_sub_word(result.number, 1))
    return result
  }

  func plusOne() throws -> Number {
    let result = try Number(bytes)
    try Number.check(CCryptoBoringSSL_BN_add_word(result.number, 1))
    return result
  }

  func minus(_ other: Number) throws -> Number {
    let result = try Number()
    try Number.check(CCryptoBoringSSL_BN_sub(result.number, number, other.number))
    return result
  }

  func divided(by other: Number) throws -> Number {
    let result = try Number()
    try withContext { try Number.check(CCryptoBoringSSL_BN_div(result.number, nil, number, other.number, $0)) }
    return result
  }

  func power(_ exponent: Number, modulo other: Number) throws -> Number {
    let result = try Number()
    try withContext {
      try Number.check(CCryptoBoringSSL_BN_mod_exp(result.number, number, exponent.number, other.number, $0))
    }
    return result
  }

  func times(_ other: Number) throws -> Number {
    let result = try Number()
    try withContext { try Number.check(CCryptoBoringSSL_BN_mul(result.number, number, other.number, $0)) }
    return result
  }

  func modulo(_ other: Number) throws -> Number {
    let result = try Number()
    try withContext { try Number.check(CCryptoBoringSSL_BN_nnmod(result.number, number, other.number, $0)) }
    return result
  }

  func inverse(modulo other: Number) throws -> Number {
    let result = try Number()
    try withContext { context in
      guard CCryptoBoringSSL_BN_mod_inverse(result.number, number, other.number, context) != nil else {
        throw SeededKeys.GenerationFailure()
      }
    }
    return result
  }

  private func withContext<Result>(_ body: (OpaquePointer) throws -> Result) throws -> Result {
    guard let context = CCryptoBoringSSL_BN_CTX_new() else { throw SeededKeys.GenerationFailure() }
    defer { CCryptoBoringSSL_BN_CTX_free(context) }
    return try body(context)
  }

  private static func check(_ status: Int32) throws {
    guard status == 1 else { throw SeededKeys.GenerationFailure() }
  }
}
