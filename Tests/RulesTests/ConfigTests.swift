import SourceText
import Testing

@testable import Rules

/// The readers behind the rules on configuration.
@Suite struct ConfigTests {
  @Test(arguments: [
    ("$(A)", ["A"]), ("x$(A)y$(B_1)", ["A", "B_1"]), ("$$(A)", []), ("$$$(A)", ["A"]), ("$(date +%s)", []), ("$()", []),
    ("$(1A)", []), ("$(A", []), ("$", []), ("", []), ("$($(A))", ["A"]), ("$A ${B}", []),
  ])
  func references(_ text: String, _ names: [String]) {
    let found = EnvironmentReferences.all(in: ByteString(text))
    #expect(found.map(\.name) == names)
    for reference in found {
      #expect(ByteString(text)[reference.range].string == "$(\(reference.name))")
    }
  }

  @Test(arguments: [
    "PASSWORD", "DB_PASSWORD", "db.password", "api-key", "APIKEY", "SECRET_TOKEN", "tokens", "AZURE_STORAGE_KEY",
    "private_key", "CREDENTIALS",
  ])
  func secretNames(_ name: String) { #expect(SecretNames.isSecret(name, patterns: SecretNames.patterns)) }

  @Test(arguments: [
    "USER", "PASSWORD_FILE", "SECRET_NAME", "secretName", "MAX_TOKENS", "TOKENIZER_MODE", "TOKEN_URL", "passwordless",
    "KEYBOARD", "SECRETARY",
  ])
  func harmlessNames(_ name: String) { #expect(!SecretNames.isSecret(name, patterns: SecretNames.patterns)) }

  @Test(arguments: [
    "", "true", "42", "/run/key", "changeme", "<token>", "REPLACE_ME", "$(OTHER)", "${OTHER}", "key.pem", "null",
  ])
  func harmlessTexts(_ text: String) { #expect(SecretNames.isHarmless(text)) }

  @Test(arguments: ["s3cr3t", "hunter2", "correct horse"])
  func secretTexts(_ text: String) { #expect(!SecretNames.isHarmless(text)) }

  @Test(arguments: [
    ("x AKIAQWERTYUIOPASDFGH y", "AKIAQWERTYUIOPASDFGH"),
    ("-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----"),
    ("amqp://app:s3cr3t@mq/", "amqp://app:s3cr3t@m"), ("xoxb-1234567890-a", "xoxb-1234567890-a"),
  ])
  func credentials(_ text: String, _ guilty: String) {
    let found = SecretNames.credential(in: ByteString(text))
    #expect(found.map { ByteString(text)[$0.range].string } == guilty)
  }

  @Test(arguments: [
    "AKIA123", "http://host:80/a@b", "postgres://user:password@db", "postgres://user:${PASSWORD}@db",
    "-----BEGIN CERTIFICATE-----",
    "ghp_short", "eyJ.eyJ.x",
  ])
  func noCredentials(_ text: String) { #expect(SecretNames.credential(in: ByteString(text)) == nil) }
}
