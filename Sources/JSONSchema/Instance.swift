import SourceText
import Values

/// A JSON value: the values under test, or a schema document (which is itself tested against its metaschema).
///
/// Unlike `Value` it is `Sendable`, and its numbers are exact: a schema's `1e400` or `3.0` is kept as written.
enum Instance: Sendable {
  case null
  case boolean(Bool)
  case number(Number)
  case string(ByteString)
  case array([Instance])
  /// Members in bytewise order of their names, each name once.
  case object([Member])
  /// What JSON cannot say; the name of its Go type.
  case unsupported(String)

  struct Member: Sendable {
    var name: ByteString
    var value: Instance
  }

  /// A number in the form its source had.
  enum Number: Sendable {
    case float(Double)
    case integer(Int64)
    case unsigned(UInt64)
    /// The text of a number in a schema document.
    case literal(ByteString)
  }

  /// The member called `name` of an object.
  subscript(name: ByteString) -> Instance? {
    guard case .object(let members) = self else { return nil }
    return Instance.member(name, of: members)
  }

  static func member(_ name: ByteString, of members: [Member]) -> Instance? {
    var low = 0
    var high = members.count
    while low < high {
      let middle = (low + high) / 2
      let order = members[middle].name.compared(to: name)
      if order == 0 { return members[middle].value }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  var string: ByteString? {
    if case .string(let text) = self { return text }
    return nil
  }
  var boolean: Bool? {
    if case .boolean(let value) = self { return value }
    return nil
  }
  var array: [Instance]? {
    if case .array(let items) = self { return items }
    return nil
  }
  var members: [Member]? {
    if case .object(let members) = self { return members }
    return nil
  }
  var number: Number? {
    if case .number(let number) = self { return number }
    return nil
  }
}

extension Instance {
  /// Values nested deeper than this are cut off: no validation gets there.
  private static let deepest = 1_000

  /// The JSON form of `value`. With `origins` (a tracking table) numbers that stand in a file keep their text.
  init(_ value: Value, origins: OriginTable? = nil) { self.init(value, origins, depth: 0) }

  private init(_ value: Value, _ origins: OriginTable?, depth: Int) {
    guard depth < Instance.deepest else {
      self = .unsupported("deeper value")
      return
    }
    switch value.datum {
    case .none: self = .null
    case .bool(let bool): self = .boolean(bool)
    case .integer(let integer, let type):
      self = .number(type.isSigned ? .integer(integer) : .unsigned(UInt64(bitPattern: integer)))
    case .float(let double):
      if let origins, case .leaf(let place) = origins[value.origin] {
        self = .number(.literal(place.text))
      } else {
        self = .number(.float(double))
      }
    case .string(let text): self = .string(text.byteString)
    case .bytes: self = .unsupported(value.goType)
    case .list(let list): self = .array(list.elements.map { Instance($0, origins, depth: depth + 1) })
    case .map(let map):
      self = .object(
        map.entries.map { Member(name: $0.key, value: Instance($0.value, origins, depth: depth + 1)) })
    case .object(let object): self.init(Value(object.underlying), origins, depth: depth + 1)
    }
  }
}

extension Instance {
  /// Equality of JSON: numbers by their mathematical value, objects whatever the order of their members.
  static func areEqual(_ left: Instance, _ right: Instance) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.number(let a), .number(let b)): areEqual(a, b)
    case (.array(let a), .array(let b)):
      a.count == b.count && zip(a, b).allSatisfy { areEqual($0, $1) }
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && areEqual($0.value, $1.value) }
    case (.null, _), (.boolean, _), (.string, _), (.number, _), (.array, _), (.object, _), (.unsupported, _): false
    }
  }

  private static func areEqual(_ left: Number, _ right: Number) -> Bool {
    guard let a = Decimal(left), let b = Decimal(right) else { return false }
    return a == b
  }
}

extension ByteString {
  /// The text of a literal.
  init(_ literal: StaticString) {
    self.init(Array(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)))
  }

  /// Whether this is the text of `literal`, which is not made a text for it.
  func isSpelled(_ literal: StaticString) -> Bool {
    count == literal.utf8CodeUnitCount
      && bytes.withUnsafeBytes {
        equalBytes($0, UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
      }
  }
}
