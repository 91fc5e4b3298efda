/// The kinds and fields of the Kubernetes API, read from a generated text only as far as a question needs.
///
/// The text's first line names the oldest and newest version it knows. `kind` lines map an apiVersion and a kind to a
/// type. Every other line is a type with its fields, `name:code`, both sorted. A code is one of
/// `s` string, `y` base64, `i` integer of 32 bits, `l` of 64, `n` number, `b` boolean, `q` quantity, `p` integer or
/// string, `t` time, `*` anything, `@Type` a mapping of that type, `[code` a list, `{code` a map of free keys; behind
/// it may follow `=A|B` the words allowed, `^key` the merge key of a list, `!` required, `+29` since Kubernetes 1.29,
/// `-31` until 1.31 (kinds as well). A field that changed stands there once for each of its forms.
package struct SchemaTable: Sendable {
  /// The minor version of Kubernetes 1 whose fields are to be known.
  package let minorVersion: Int

  /// The minor versions that the text knows.
  package static var knownVersions: ClosedRange<Int> { SchemaLines.shared.versions }

  /// Nil asks for the newest version that the text knows; others are clamped to what it knows.
  package init(minorVersion: Int? = nil) {
    let known = Self.knownVersions
    self.minorVersion = min(max(minorVersion ?? known.upperBound, known.lowerBound), known.upperBound)
  }

  /// The type of a kind's objects; nil for a kind without a schema in this version.
  package func type(of identity: ObjectIdentity) -> SchemaType? {
    guard let row = SchemaLines.shared.kinds["\(identity.apiVersion) \(identity.kind)"],
      row.lifetime.contains(minorVersion)
    else { return nil }
    return type(named: row.type)
  }

  /// The type that every pod template has, in kinds without a schema too.
  package var podTemplate: SchemaType? { type(named: "core.v1.PodTemplateSpec") }

  func type(named name: String) -> SchemaType? {
    SchemaLines.shared.types[name].map { SchemaType(table: self, name: name, line: $0) }
  }

  /// The versions of which the table has this kind in this API version; nil when it never has.
  package static func lifetime(of identity: ObjectIdentity) -> Lifetime? {
    SchemaLines.shared.kinds["\(identity.apiVersion) \(identity.kind)"]?.lifetime
  }

  /// Every `apiVersion` that serves a kind of this name in this table's version, in bytewise order.
  package func apiVersions(of kind: String) -> [String] {
    SchemaLines.shared.kinds
      .filter { $0.value.lifetime.contains(minorVersion) && $0.key.hasSuffix(" " + kind) }
      .map { String($0.key.dropLast(kind.count + 1)) }.sorted()
  }

  /// Every `apiVersion` of this table's version that belongs to a group, in bytewise order.
  package func apiVersions(ofGroup group: String) -> [String] {
    let all = SchemaLines.shared.kinds.filter { $0.value.lifetime.contains(minorVersion) }.keys
    return Set(all.compactMap { $0.split(separator: " ").first.map(String.init) })
      .filter { ObjectIdentity.split(apiVersion: $0).group == group }.sorted()
  }

  /// The kinds of an `apiVersion` in this table's version, in bytewise order.
  package func kinds(in apiVersion: String) -> [String] {
    SchemaLines.shared.kinds
      .filter { $0.value.lifetime.contains(minorVersion) && $0.key.hasPrefix(apiVersion + " ") }
      .map { String($0.key.dropFirst(apiVersion.count + 1)) }.sorted()
  }

  /// The versions in which a type has a field; nil when it never has.
  package static func lifetime(of field: String, in type: SchemaType) -> Lifetime? {
    guard let line = SchemaLines.shared.types[type.name] else { return nil }
    return SchemaLines.lifetime(of: field, in: line)
  }
}

/// Versions of Kubernetes 1 by their minor number.
package struct Lifetime: Hashable, Sendable {
  /// Zero when it was there before the oldest version that is known.
  package var first = 0
  /// The last version; `Int.max` while nothing is known of an end.
  package var last = Int.max

  package func contains(_ version: Int) -> Bool { first <= version && version <= last }

  /// Splits `+29-31` off the end of a text.
  static func split(_ text: Substring) -> (rest: Substring, lifetime: Lifetime) {
    var rest = text
    var lifetime = Lifetime()
    if let (head, number) = cut(rest, "-") {
      rest = head
      lifetime.last = number
    }
    if let (head, number) = cut(rest, "+") {
      rest = head
      lifetime.first = number
    }
    return (rest, lifetime)
  }

  private static func cut(_ text: Substring, _ sign: Character) -> (Substring, Int)? {
    guard let index = text.lastIndex(of: sign), let number = Int(text[text.index(after: index)...]) else { return nil }
    return (text[..<index], number)
  }
}
