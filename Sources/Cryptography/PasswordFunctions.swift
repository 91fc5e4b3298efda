import CCrypt
import Crypto
import CryptoExtras
import SourceText
import TemplateLanguage
import Values

/// Password hashes, and passwords derived from a master password.
enum PasswordFunctions {
  static let functions: [Function] = [
    .summary("bcrypt", [.string], cost: .slowHash) { evaluator, arguments in
      .string(bcrypt(arguments.bytes(0), evaluator))
    },
    .summary("htpasswd", [.string, .string], cost: .slowHash) { evaluator, arguments in
      let user = arguments.bytes(0)
      if user.bytes.contains(UInt8(ascii: ":")) { return .string("invalid username: " + user) }
      return .string(user + ":" + bcrypt(arguments.bytes(1), evaluator))
    },
    .summary("derivePassword", [.named("uint32"), .string, .string, .string, .string], cost: .slowHash) {
      _, arguments in
      .string(derivePassword(arguments))
    },
  ]

  // MARK: bcrypt

  private static let bcryptFailure: ByteString = "failed to encrypt string with bcrypt: "

  /// A `$2a$10$` hash, or the text of what is wrong, as sprig answers it.
  private static func bcrypt(_ password: ByteString, _ evaluator: Evaluator) -> ByteString {
    guard password.count <= 72 else { return bcryptFailure + "bcrypt: password length exceeds 72 bytes" }
    guard !password.bytes.contains(0) else { return bcryptFailure + "the password contains a zero byte" }
    let salt = evaluator.environment.random(16).map { CChar(bitPattern: $0) }
    var setting = [CChar](repeating: 0, count: 64)
    guard crypt_gensalt_rn("$2a$", 10, salt, CInt(salt.count), &setting, CInt(setting.count)) != nil else {
      return bcryptFailure + "no salt"
    }
    var data = crypt_data()
    let phrase = password.bytes.map { CChar(bitPattern: $0) } + [0]
    guard let hash = crypt_r(phrase, setting, &data) else { return bcryptFailure + "no memory" }
    return ByteString(String(cString: hash))
  }

  // MARK: The master password algorithm

  private static func derivePassword(_ arguments: [Value]) -> ByteString {
    let type = arguments.bytes(1)
    guard let templates = MasterPassword.templates[type.string] else {
      return "cannot find password template " + type
    }
    do {
      let seed = try MasterPassword.seed(
        counter: UInt32(truncatingIfNeeded: arguments.integer(0)), password: arguments.bytes(2),
        user: arguments.bytes(3), site: arguments.bytes(4))
      return MasterPassword.password(templates, seed)
    } catch {
      return ByteString("failed to derive password: \(error)")
    }
  }
}

/// The algorithm of the Master Password application, version 3 as sprig has it.
private enum MasterPassword {
  private static let scope: ByteString = "com.lyndir.masterpassword"

  static func seed(
    counter: UInt32, password: ByteString, user: ByteString, site: ByteString
  ) throws -> [UInt8] {
    let salt = scope.bytes + bigEndian(UInt32(truncatingIfNeeded: user.count)) + user.bytes
    let key = try KDF.Scrypt.deriveKey(
      from: password.bytes, salt: salt, outputByteCount: 64, rounds: 32_768, blockSize: 8, parallelism: 2)
    let message =
      scope.bytes + bigEndian(UInt32(truncatingIfNeeded: site.count)) + site.bytes + bigEndian(counter)
    return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  static func password(_ templates: [String], _ seed: [UInt8]) -> ByteString {
    let template = templates[Int(seed[0]) % templates.count]
    var out = ByteString()
    for (kind, byte) in zip(template, seed.dropFirst()) {
      let characters = Array((self.characters[kind] ?? "").utf8)
      if !characters.isEmpty { out.append(characters[Int(byte) % characters.count]) }
    }
    return out
  }

  static let templates: [String: [String]] = [
    "maximum": ["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"],
    "long": [
      "CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv", "CvccCvcvCvcvno",
      "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc", "CvcvCvcvCvccno",
      "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno", "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno",
      "CvccnoCvcvCvcc", "CvccCvcvnoCvcc", "CvccCvcvCvccno",
    ],
    "medium": ["CvcnoCvc", "CvcCvcno"],
    "short": ["Cvcn"],
    "basic": ["aaanaaan", "aannaaan", "aaannaaa"],
    "pin": ["nnnn"],
  ]

  private static let characters: [Character: String] = [
    "V": "AEIOU",
    "C": "BCDFGHJKLMNPQRSTVWXYZ",
    "v": "aeiou",
    "c": "bcdfghjklmnpqrstvwxyz",
    "A": "AEIOUBCDFGHJKLMNPQRSTVWXYZ",
    "a": "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
    "n": "0123456789",
    "o": "@&%?,=[]_:-+*$#!'^~;()/.",
    "x": "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
  ]
}
