import SourceText
import TemplateLanguage
import Values

/// Base 64 and base 32; a text that does not decode gives the error's text.
enum Encodings {
  static let functions: [Function] = [
    Function("b64enc", [.string], origins: .summary) { .string(ByteString(Base64.encode($1.text(0).bytes))) },
    Function("b32enc", [.string], origins: .summary) { .string(ByteString(Base32.encode($1.text(0).bytes))) },
    Function("b64dec", [.string], origins: .summary) {
      do throws(Base64.CorruptInput) { return .string(ByteString(try Base64.decode($1.text(0).bytes))) } catch {
        return .string(error.message)
      }
    },
    Function("b32dec", [.string], origins: .summary) {
      do throws(Base32.CorruptInput) { return .string(ByteString(try Base32.decode($1.text(0).bytes))) } catch {
        return .string("illegal base32 data at input byte \(error.offset)")
      }
    },
  ]
}
