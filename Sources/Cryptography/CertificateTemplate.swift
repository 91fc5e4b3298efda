import Crypto
import SourceText
import SwiftASN1
import TemplateLanguage
import Values
import X509

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The certificate and the key of an authority that signs another certificate.
struct CertificateIssuer {
  let certificate: Certificate
  let key: KeyPair

  static func parse(_ block: PEMBlock, _ context: String) throws(FunctionError) -> Certificate {
    do {
      return try Certificate(derEncoded: block.bytes)
    } catch {
      throw FunctionError(context + "x509: malformed tbs certificate")
    }
  }
}

/// What sprig asks of a certificate; the rest is what Go's `x509.CreateCertificate` makes of it.
struct CertificateTemplate {
  var name: ByteString
  /// Days of validity from now.
  var days: Int
  var addresses: [[UInt8]] = []
  var domainNames: [ByteString] = []
  var isAuthority = false

  init(name: ByteString, days: Int) {
    self.name = name
    self.days = days
  }

  /// The certificate for a key, signed by an issuer or by the key itself.
  func certificate(
    for key: KeyPair, by issuer: CertificateIssuer?, in environment: Environment
  ) throws(FunctionError) -> PEMBlock {
    let signingKey = issuer?.key ?? key
    guard let signer = signingKey.signer, let subjectKey = key.signer?.publicKey else {
      throw failure(
        signingKey.signer == nil
          ? "x509: certificate private key does not implement crypto.Signer"
          : "x509: unsupported public key type: *dsa.PublicKey")
    }
    if let issuer, issuer.certificate.publicKey != signer.publicKey {
      throw failure("x509: provided PrivateKey doesn't match parent's PublicKey")
    }
    try check()
    do {
      let subject = try distinguishedName()
      let (start, end) = validity(environment)
      let certificate = try Certificate(
        version: .v3, serialNumber: Certificate.SerialNumber(bytes: serialNumber(environment)),
        publicKey: subjectKey, notValidBefore: start, notValidAfter: end,
        issuer: issuer?.certificate.subject ?? subject, subject: subject,
        signatureAlgorithm: signingKey.signatureAlgorithm,
        extensions: try extensions(subject, subjectKey, issuer), issuerPrivateKey: signer)
      var coder = DER.Serializer()
      try coder.serialize(certificate)
      let bytes =
        environment.seed == nil
        ? coder.serializedBytes : try RepeatableSignature.certificate(coder.serializedBytes, signedBy: signingKey)
      return PEMBlock(type: "CERTIFICATE", bytes: bytes)
    } catch {
      throw failure(ByteString("\(error)"))
    }
  }

  private func failure(_ reason: ByteString) -> FunctionError {
    FunctionError(bytes: "error creating certificate: " + reason)
  }

  /// What Go refuses to encode.
  private func check() throws(FunctionError) {
    for domain in domainNames where domain.bytes.contains(where: { $0 >= 0x80 }) {
      throw failure("x509: " + GoQuote.quoted(domain) + " cannot be encoded as an IA5String")
    }
    if String(validating: name.bytes, as: UTF8.self) == nil { throw failure("asn1: string not valid UTF-8") }
  }

  private func distinguishedName() throws -> DistinguishedName {
    if name.isEmpty { return DistinguishedName() }
    let others = Array("'()+,-./ :=?".utf8)
    let isPrintable = name.bytes.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte & 0xDF) && byte < 0x80 || others.contains(byte)
    }
    let commonName: ASN1ObjectIdentifier = [2, 5, 4, 3]
    let attribute =
      isPrintable
      ? try RelativeDistinguishedName.Attribute(type: commonName, printableString: name.string)
      : RelativeDistinguishedName.Attribute(type: commonName, utf8String: name.string)
    return DistinguishedName([RelativeDistinguishedName(attribute)])
  }

  /// Whole seconds from now on; a count of days beyond Go's durations wraps around as there.
  private func validity(_ environment: Environment) -> (start: Date, end: Date) {
    let (seconds, nanoseconds) = environment.now()
    let duration = Int64(days) &* (24 * 3600 * 1_000_000_000)
    let length = duration / 1_000_000_000
    let rest = Int64(nanoseconds) + duration % 1_000_000_000
    let end = seconds &+ length &+ (rest < 0 ? -1 : rest / 1_000_000_000)
    return (
      Date(timeIntervalSince1970: Double(seconds)), Date(timeIntervalSince1970: Double(end))
    )
  }

  /// A positive number of up to 128 bits.
  private func serialNumber(_ environment: Environment) -> [UInt8] {
    let bytes = Array(environment.random(16).drop { $0 == 0 })
    return bytes.isEmpty ? [1] : bytes
  }

  // MARK: Extensions, in Go's order

  private func extensions(
    _ subject: DistinguishedName, _ key: Certificate.PublicKey, _ issuer: CertificateIssuer?
  ) throws -> Certificate.Extensions {
    var list = [
      try Certificate.Extension(
        KeyUsage(digitalSignature: true, keyEncipherment: true, keyCertSign: isAuthority), critical: true),
      try Certificate.Extension(try ExtendedKeyUsage([.serverAuth, .clientAuth]), critical: false),
      try Certificate.Extension(
        isAuthority ? BasicConstraints.isCertificateAuthority(maxPathLength: nil) : .notCertificateAuthority,
        critical: true),
    ]
    if isAuthority { list.append(try subjectKeyIdentifier(key)) }
    if let issuer, issuer.certificate.subject != subject,
      let identifier = try issuer.certificate.extensions.subjectKeyIdentifier
    {
      list.append(
        try Certificate.Extension(
          AuthorityKeyIdentifier(keyIdentifier: identifier.keyIdentifier), critical: false))
    }
    if !domainNames.isEmpty || !addresses.isEmpty {
      let names =
        domainNames.map { GeneralName.dnsName($0.string) }
        + addresses.map { GeneralName.ipAddress(ASN1OctetString(contentBytes: $0[...])) }
      list.append(
        try Certificate.Extension(SubjectAlternativeNames(names), critical: name.isEmpty))
    }
    return try Certificate.Extensions(list)
  }

  /// The first 160 bits of the SHA-256 sum of the key (RFC 7093, method 1).
  private func subjectKeyIdentifier(_ key: Certificate.PublicKey) throws -> Certificate.Extension {
    let sum = Array(SHA256.hash(data: Array(key.subjectPublicKeyInfoBytes))).prefix(20)
    return try Certificate.Extension(SubjectKeyIdentifier(keyIdentifier: sum), critical: false)
  }
}
