import SourceText
import Values

/// Sprig's `certificate`: the PEM texts of a certificate and of its key.
final class CertificateObject: TemplateObject {
  let certificate: ByteString
  let key: ByteString

  init(certificate: ByteString, key: ByteString) {
    self.certificate = certificate
    self.key = key
  }

  static let typeName = "sprig.certificate"

  var goType: String { CertificateObject.typeName }
  var kind: Kind { .struct }
  var stringer: ByteString? { nil }
  var formatted: ByteString { "{" + certificate + " " + key + "}" }
  var isTrue: Bool { true }

  var underlying: Datum { .map(MapValue(["Cert": .string(certificate), "Key": .string(key)])) }

  func field(_ name: ByteString) -> Value? {
    switch name {
    case "Cert": .string(certificate)
    case "Key": .string(key)
    default: nil
    }
  }

  func method(_ name: ByteString) -> ObjectMethod? { nil }
}
