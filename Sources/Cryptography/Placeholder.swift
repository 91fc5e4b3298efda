import TemplateLanguage

/// Sprig's functions over keys, certificates and digests.
package enum CryptographyFunctions {
  package static let table: [Function] = []
}
