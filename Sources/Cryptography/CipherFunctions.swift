import Crypto
import CryptoExtras
import SourceText
import TemplateLanguage
import Values

/// AES in sprig's form, and random bytes.
enum CipherFunctions {
  static let functions: [Function] = [
    .summary("encryptAES", [.string, .string], encrypt),
    .summary("decryptAES", [.string, .string], decrypt),
    Function("randBytes", [.int], origins: .summary, body: randomBytes),
    Function("uuidv4", origins: .summary, cost: .constant, body: uuid),
  ]

  private static let blockSize = 16
  /// The most random bytes that a template may ask for: more than any manifest holds.
  private static let mostRandomBytes = TextBuilder.mostBytes >> 1

  /// The first 32 bytes of a password, filled up with zeros.
  private static func key(_ password: ByteString) -> SymmetricKey {
    var bytes = Array(password.bytes.prefix(32))
    bytes += repeatElement(0, count: 32 - bytes.count)
    return SymmetricKey(data: bytes)
  }

  /// AES-256-CBC with PKCS#7 padding; the initialization vector goes before the result.
  private static func encrypt(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let text = arguments.bytes(1)
    if text.isEmpty { return "" }
    let vector = evaluator.environment.random(blockSize)
    do {
      let encrypted = try AES._CBC.encrypt(
        text.bytes, using: key(arguments.bytes(0)), iv: AES._CBC.IV(ivBytes: vector))
      return .string(ByteString(Base64.encode(vector + encrypted)))
    } catch {
      throw FunctionError("\(error)")
    }
  }

  /// The padding is taken off as sprig does, with Go's complaints where it is not one.
  private static func decrypt(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let text = arguments.bytes(1)
    if text.isEmpty { return "" }
    let whole: [UInt8]
    do { whole = try Base64.decode(text.bytes) } catch { throw FunctionError(error.message) }
    guard whole.count >= blockSize else {
      let capacity = text.count / 4 * 3
      throw FunctionError("runtime error: slice bounds out of range [:16] with capacity \(capacity)")
    }
    guard whole.count % blockSize == 0 else { throw FunctionError("crypto/cipher: input not full blocks") }
    guard whole.count > blockSize else { throw FunctionError("runtime error: index out of range [-1]") }
    let decrypted: [UInt8]
    do {
      decrypted = Array(
        try AES._CBC.decrypt(
          whole.dropFirst(blockSize), using: key(arguments.bytes(0)),
          iv: AES._CBC.IV(ivBytes: whole.prefix(blockSize)), noPadding: true))
    } catch {
      throw FunctionError("\(error)")
    }
    let end = decrypted.count - Int(decrypted.last ?? 0)
    guard end >= 0 else { throw FunctionError("runtime error: slice bounds out of range [:\(end)]") }
    return .string(ByteString(decrypted.prefix(end)))
  }

  private static func randomBytes(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let count = arguments.integer(0)
    guard count >= 0, count <= mostRandomBytes else {
      throw FunctionError("runtime error: makeslice: len out of range")
    }
    try evaluator.spend(count)
    return .string(ByteString(Base64.encode(evaluator.environment.random(count))))
  }

  /// A random identifier of RFC 9562.
  private static func uuid(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    var bytes = evaluator.environment.random(16)
    bytes += repeatElement(0, count: max(0, 16 - bytes.count))
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    var out = ByteString()
    for (index, byte) in bytes.prefix(16).enumerated() {
      if [4, 6, 8, 10].contains(index) { out.append(UInt8(ascii: "-")) }
      out.append(DigestFunctions.hexadecimal[Int(byte >> 4)])
      out.append(DigestFunctions.hexadecimal[Int(byte & 15)])
    }
    return .string(out)
  }
}
