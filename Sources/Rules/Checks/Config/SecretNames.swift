import Kubernetes
import RegularExpressions
import SourceText

/// Which names and texts speak of secrets.
enum SecretNames {
  /// The default of the option `secretNames` of `plain-secret-value`.
  static let patterns: [RegularExpression] = [
    "(?i)(?:.*_)?(?:password|passwd|secret|token|bearer|api_?key|private_?key|credential)s?(?:_.*)?", "AZURE_.+KEY",
    "OCI_CLI_KEY_CONTENT", "GOOGLE_APPLICATION_CREDENTIALS",
  ].compactMap { try? RegularExpression(ByteString("^(?:\($0))$")) }

  /// Endings that name a place or a property of a secret, not the secret.
  private static let harmlessEndings = [
    "_FILE", "_FILENAME", "_PATH", "_DIR", "_NAME", "_URL", "_URI", "_ENDPOINT", "_TTL", "_EXPIRY", "_EXPIRATION",
    "_HEADER", "_LENGTH", "_KEY_REF", "_REF", "_ENABLED", "_TYPE", "_ALGORITHM", "_ID", "_ISSUER", "_AUDIENCE",
    "_COMPLEXITY", "_POLICY",
  ]

  /// Whether a name matches one of the patterns, `-` and `.` read as `_`, and is not harmless by its ending.
  static func isSecret(_ name: String, patterns: [RegularExpression]) -> Bool {
    let plain = String(name.map { $0 == "-" || $0 == "." ? "_" : $0 })
    let upper = plain.uppercased()
    guard !harmlessEndings.contains(where: { upper.hasSuffix($0) }), !countsTokens(upper), name != "secretName" else {
      return false
    }
    return patterns.contains { $0.isMatch(ByteString(plain)) }
  }

  /// `max_tokens`, `TOKENIZER`: tokens as pieces of text.
  private static func countsTokens(_ upper: String) -> Bool {
    guard upper.contains("TOKEN") else { return false }
    return ["TOKENIZ", "MAX_", "MIN_", "_LIMIT", "_COUNT", "_SIZE", "_PER_", "NUM_"].contains { upper.contains($0) }
  }

  /// Whether a text is no secret by its look: a path, a switch, a number, a placeholder or a reference.
  static func isHarmless(_ text: String) -> Bool {
    let lower = text.lowercased().filter { $0 != " " && $0 != "\n" && $0 != "\"" && $0 != "'" }
    if lower.count < 3 || ["true", "false", "yes", "no", "on", "off", "null", "nil", "none", "~"].contains(lower) {
      return true
    }
    if lower.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }) {
      return true
    }
    if lower.first == "/" || lower.hasPrefix("./") || lower.hasPrefix("file:") || lower.first == "<" { return true }
    if lower.hasPrefix("$(") || lower.hasPrefix("${") || lower.hasPrefix("{{") || lower.hasPrefix("%(") { return true }
    let placeholders = [
      "changeme", "change-me", "change_me", "replaceme", "replace_me", "replace-me", "placeholder", "todo",
      "redacted", "your-", "your_",
    ]
    if placeholders.contains(where: { lower.contains($0) }) { return true }
    return isFileName(lower)
  }

  /// A name with a usual ending of files.
  private static func isFileName(_ text: String) -> Bool {
    let endings = [".json", ".yaml", ".yml", ".pem", ".key", ".crt", ".txt", ".conf", ".p12", ".jks", ".env", ".toml"]
    return endings.contains { text.hasSuffix($0) }
  }

  /// Texts that are credentials whatever their name: the name of each shape, and what it looks like.
  private static let shapes: [(name: String, pattern: RegularExpression)] = [
    ("a private key", "-{3,5}BEGIN (?:[A-Z]+ )*PRIVATE KEY-{3,5}"), ("an AWS access key", "\\bAKIA[0-9A-Z]{16}\\b"),
    ("a GitHub token", "\\b(?:ghp_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})"),
    ("a Slack token", "\\bxox[bap]-[A-Za-z0-9-]{10,}"),
    ("a signed web token", "\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}"),
    ("a URL with a password", "[a-z][a-z0-9+.-]*://[^/\\s:@'\"<>$&{}()%]+:[^/\\s:@'\"<>${}()%*]+@[A-Za-z0-9]"),
  ].compactMap { name, pattern in (try? RegularExpression(ByteString(pattern))).map { (name, $0) } }

  /// The first credential in a text, with its bytes.
  static func credential(in text: ByteString) -> (name: String, range: Range<Int>)? {
    for shape in shapes {
      for range in shape.pattern.ranges(in: text) where !isSample(text[range.start..<range.end], of: shape.name) {
        return (shape.name, range.start..<range.end)
      }
    }
    return nil
  }

  /// The user:password that documentation writes.
  private static func isSample(_ text: ByteString, of shape: String) -> Bool {
    guard shape == "a URL with a password" else { return false }
    let words = text.string.lowercased().split { ":/@".contains($0) }.map(String.init)
    guard words.count > 2 else { return false }
    return ["password", "pass", "pwd", "passwd", "secret", "xxx", "changeme", "example"].contains(words[2])
      || isHarmless(words[2])
  }
}
