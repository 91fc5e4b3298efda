/// The kinds and fields of the Kubernetes API, read from a generated text only as far as a question needs.
///
/// The text's first line names the oldest and newest version it knows. `kind` lines map an apiVersion and a kind to a
/// type. Every other line is a type with its fields, `name:code`, both sorted. A code is one of
/// `s` string, `i` integer, `n` number, `b` boolean, `q` quantity, `p` integer or string, `t` time, `*` anything,
/// `@Type` a mapping of that type, `[code` a list, `{code` a map of free keys; behind it may follow
/// `=A|B` the words allowed, `^key` the merge key of a list, `!` required,
/// `+29` since Kubernetes 1.29, `-31` until 1.31 (kinds as well).
package struct SchemaTable: Sendable {
  /// The minor version of Kubernetes 1 whose fields are to be known.
  package let minorVersion: Int

  /// Nil asks for the newest version that the text knows; others are clamped to what it knows.
  package init(minorVersion: Int? = nil) {
    let known = SchemaLines.versions
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
}

/// A mapping with known fields.
package struct SchemaType: Sendable {
  let table: SchemaTable
  package let name: String
  let line: Range<Int>

  /// The field of this name; nil when the type has none in the table's version.
  package func field(_ name: String) -> SchemaField? {
    let wanted = Array(name.utf8)
    return SchemaLines.withCells(of: line) { cells in
      for cell in cells where cell.starts(with: wanted) && cell.dropFirst(wanted.count).first == UInt8(ascii: ":") {
        return SchemaField(cell: cell, in: table)
      }
      return nil
    }
  }

  /// All fields of the table's version, by name.
  package var fields: [SchemaField] {
    SchemaLines.withCells(of: line) { cells in cells.compactMap { SchemaField(cell: $0, in: table) } }
  }
}

/// One field of a type.
package struct SchemaField: Sendable {
  package let name: String
  package let type: FieldType
  package let isRequired: Bool
}

/// What a field may hold.
package indirect enum FieldType: Sendable {
  case string(words: [String])
  case integer
  case number
  case boolean
  case quantity
  case integerOrString
  case time
  /// Free content.
  case any
  case object(SchemaType)
  /// `mergeKey` names the field that tells the items apart.
  case list(FieldType, mergeKey: String?)
  case map(FieldType)
}

/// Versions of Kubernetes 1 by their minor number.
struct Lifetime: Hashable, Sendable {
  var first = 0
  var last = Int.max

  func contains(_ version: Int) -> Bool { first <= version && version <= last }

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
