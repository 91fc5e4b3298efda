import SourceText
import TemplateLanguage
import Values

/// Keys and certificates.
enum CertificateFunctions {
  private static let certificate = ParameterType.named(CertificateObject.typeName)

  static let functions: [Function] = [
    .summary("genPrivateKey", [.string], privateKey),
    .summary("buildCustomCert", [.string, .string], custom),
    .summary("genCA", [.string, .int], cost: .newKey) { (evaluator, arguments) throws(FunctionError) in
      try authority(evaluator, arguments, key: nil)
    },
    .summary("genCAWithKey", [.string, .int, .string], cost: .signature) {
      (evaluator, arguments) throws(FunctionError) in
      try authority(evaluator, arguments, key: arguments.bytes(2))
    },
    .summary("genSelfSignedCert", [.string, .list, .list, .int], cost: .newKey) {
      (evaluator, arguments) throws(FunctionError) in
      try selfSigned(evaluator, arguments, key: nil)
    },
    .summary("genSelfSignedCertWithKey", [.string, .list, .list, .int, .string], cost: .signature) {
      (evaluator, arguments) throws(FunctionError) in
      try selfSigned(evaluator, arguments, key: arguments.bytes(4))
    },
    .summary("genSignedCert", [.string, .list, .list, .int, certificate], cost: .newKey) {
      (evaluator, arguments) throws(FunctionError) in
      try signed(evaluator, arguments, key: nil)
    },
    .summary("genSignedCertWithKey", [.string, .list, .list, .int, certificate, .string], cost: .signature) {
      (evaluator, arguments) throws(FunctionError) in
      try signed(evaluator, arguments, key: arguments.bytes(5))
    },
  ]

  /// Failures are the result's text, as in sprig.
  private static func privateKey(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let kind = arguments.bytes(0)
    switch kind {
    case "", "rsa": try evaluator.spend(Cost.newKey.fixed)
    case "dsa": try evaluator.spend(4 * Cost.newKey.fixed)
    default: try evaluator.spend(10_000)
    }
    do {
      guard let key = try KeyPair.generate(kind, in: evaluator.environment) else {
        return .string("Unknown type " + kind)
      }
      return .string(try key.block().text)
    } catch {
      return .string("failed to generate private key: \(error)")
    }
  }

  /// A certificate and a key that are given; both are only checked.
  private static func custom(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    guard let certificate = try? Base64.decode(arguments.bytes(0).bytes) else {
      throw FunctionError("unable to decode base64 certificate")
    }
    guard let key = try? Base64.decode(arguments.bytes(1).bytes) else {
      throw FunctionError("unable to decode base64 private key")
    }
    guard let block = PEMBlock(in: ByteString(certificate)) else {
      throw FunctionError("unable to decode certificate")
    }
    _ = try CertificateIssuer.parse(block, "error parsing certificate: decodedCert.Bytes: ")
    do {
      _ = try KeyPair(pem: ByteString(key))
    } catch {
      throw FunctionError(bytes: "error parsing private key: " + error.message)
    }
    return object(ByteString(certificate), ByteString(key))
  }

  private static func authority(
    _ evaluator: Evaluator, _ arguments: [Value], key: ByteString?
  ) throws(FunctionError) -> Value {
    let key = try given(key, evaluator)
    var template = CertificateTemplate(name: arguments.bytes(0), days: arguments.integer(1))
    template.isAuthority = true
    return try issue(template, key, by: nil, evaluator)
  }

  private static func selfSigned(
    _ evaluator: Evaluator, _ arguments: [Value], key: ByteString?
  ) throws(FunctionError) -> Value {
    let key = try given(key, evaluator)
    return try issue(try template(arguments), key, by: nil, evaluator)
  }

  private static func signed(
    _ evaluator: Evaluator, _ arguments: [Value], key: ByteString?
  ) throws(FunctionError) -> Value {
    let key = try given(key, evaluator)
    guard case .object(let object) = arguments[4].datum, let authority = object as? CertificateObject,
      let block = PEMBlock(in: authority.certificate)
    else { throw FunctionError("unable to decode certificate") }
    let certificate = try CertificateIssuer.parse(block, "error parsing certificate: decodedSignerCert.Bytes: ")
    let signer: KeyPair
    do {
      signer = try KeyPair(pem: authority.key)
    } catch {
      throw FunctionError(bytes: "error parsing private key: " + error.message)
    }
    let issuer = CertificateIssuer(certificate: certificate, key: signer)
    return try issue(try template(arguments), key, by: issuer, evaluator)
  }

  private static func given(_ text: ByteString?, _ evaluator: Evaluator) throws(FunctionError) -> KeyPair {
    guard let text else { return try KeyPair.generateForCertificate(in: evaluator.environment) }
    do {
      return try KeyPair(pem: text)
    } catch {
      throw FunctionError(bytes: "parsing private key: " + error.message)
    }
  }

  private static func template(_ arguments: [Value]) throws(FunctionError) -> CertificateTemplate {
    var template = CertificateTemplate(name: arguments.bytes(0), days: arguments.integer(3))
    for element in arguments.elements(1) {
      guard let text = element.text?.byteString else {
        throw FunctionError(bytes: "error parsing ip: " + shown(element) + " is not a string")
      }
      guard let address = InternetAddress.parse(text) else {
        throw FunctionError(bytes: "error parsing ip: " + text)
      }
      template.addresses.append(address)
    }
    for element in arguments.elements(2) {
      guard let text = element.text?.byteString else {
        throw FunctionError(
          bytes: "error processing alternate dns name: " + shown(element) + " is not a string")
      }
      template.domainNames.append(text)
    }
    return template
  }

  /// `%v` of an element that is not a string.
  private static func shown(_ value: Value) -> ByteString {
    switch value.datum {
    case .none: "<nil>"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value, _): ByteString("\(value)")
    case .float(let value): GoFloat.general(value, threshold: 21)
    case .string(let text): text.byteString
    case .bytes(let bytes): bytes
    case .list(let list):
      "[" + ByteString(list.elements.map { shown($0).bytes }.joined(separator: [32])) + "]"
    case .map(let map):
      "map["
        + ByteString(map.entries.map { $0.key.bytes + [58] + shown($0.value).bytes }.joined(separator: [32])) + "]"
    case .object(let object): object.stringer ?? object.formatted
    }
  }

  private static func issue(
    _ template: CertificateTemplate, _ key: KeyPair, by issuer: CertificateIssuer?, _ evaluator: Evaluator
  ) throws(FunctionError) -> Value {
    let certificate = try template.certificate(for: key, by: issuer, in: evaluator.environment)
    do {
      return object(certificate.text, try key.block().text)
    } catch {
      throw FunctionError("error pem-encoding key: \(error)")
    }
  }

  private static func object(_ certificate: ByteString, _ key: ByteString) -> Value {
    Value(.object(CertificateObject(certificate: certificate, key: key)))
  }
}
