import TemplateLanguage

/// Sprig's functions over keys, certificates and digests.
package enum CryptographyFunctions {
  package static let table: [Function] = [
    DigestFunctions.functions, PasswordFunctions.functions, CipherFunctions.functions,
    CertificateFunctions.functions,
  ].flatMap { $0 }
}
