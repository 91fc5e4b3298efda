import Diagnostics
import Kubernetes
import SourceText

extension Check {
  /// `invalid-secret-data`: content of a Secret or ConfigMap that is refused, or that gives a wrong secret.
  package static let invalidSecretData = Check.object { object, context in
    guard object.identity.group == "", ["Secret", "ConfigMap"].contains(object.kind) else { return .notConcerned }
    let check = SecretData(object: object, context: context)
    let findings = check.invalidKeys + (object.kind == "Secret" ? check.values + check.missingKeys : [])
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private struct SecretData {
  let object: KubernetesObject
  let context: CheckContext

  private func entries(_ field: String) -> [Node] { object.node[field].map { Array($0.children) } ?? [] }

  // MARK: Keys

  var invalidKeys: [Finding] {
    ["data", "stringData", "binaryData"].flatMap(entries).compactMap { entry in
      guard let key = entry.key, !Self.isValid(key) else { return nil }
      return finding(
        .error, at: .key(entry), key: key, "is not made of letters, digits, `-`, `_` and `.` (at most 253)")
    }
  }

  private static func isValid(_ key: String) -> Bool {
    let bytes = key.utf8
    return !bytes.isEmpty && bytes.count <= 253 && key != "." && key != ".." && !key.hasPrefix("..")
      && bytes.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
      }
  }

  var missingKeys: [Finding] {
    let required: [String: [String]] = [
      "kubernetes.io/tls": ["tls.crt", "tls.key"], "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
      "kubernetes.io/dockercfg": [".dockercfg"],
    ]
    guard let type = object.node["type"], let keys = required[type.scalar ?? ""] else { return [] }
    let present = Set((entries("data") + entries("stringData")).compactMap(\.key))
    return keys.filter { !present.contains($0) }.map { key in
      finding(.error, at: .value(type), key: key, "is missing, and type \(type.scalar ?? "") requires it")
    }
  }

  // MARK: Values

  var values: [Finding] { entries("data").compactMap(value) }

  private func value(_ entry: Node) -> Finding? {
    guard let key = entry.key, let text = entry.scalarBytes else { return nil }
    let isSecret = SecretNames.isSecret(key, patterns: SecretNames.patterns)
    guard !text.isEmpty, !entry.isNull else {
      guard isSecret else { return nil }
      // An empty scalar has no bytes to point at.
      return finding(.warning, at: .key(entry), key: key, "is empty")
    }
    guard let decoded = try? ByteString(Base64.decode(text.bytes)) else {
      let head = String(text.string.prefix(8))
      return finding(
        .error, at: .value(entry), key: key, "is not base64: `\(head)\(text.count > 8 ? "…" : "")`")
    }
    if Self.isEncodedAgain(decoded) { return finding(.warning, at: .value(entry), key: key, "looks encoded twice") }
    guard isSecret, decoded.bytes.last == UInt8(ascii: "\n"), decoded.bytes.dropLast().allSatisfy({ $0 != 0x0A }) else {
      return nil
    }
    return finding(.warning, at: .value(entry), key: key, "ends in a newline")
  }

  /// Base64 of printable text. Short words are base64 by chance.
  private static func isEncodedAgain(_ text: ByteString) -> Bool {
    guard text.count >= 16 || text.count >= 8 && text.bytes.last == UInt8(ascii: "="),
      let inner = try? Base64.decode(text.bytes), !inner.isEmpty
    else { return false }
    return inner.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
  }

  private func finding(_ level: Level, at place: Place, key: String, _ fault: String) -> Finding {
    context.finding(
      level, in: object, at: place,
      holes: [
        Hole("kind", object.kind), Hole("name", object.name), Hole("key", key), Hole("fault", fault),
      ])
  }
}
