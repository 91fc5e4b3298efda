import SourceText
import TemplateLanguage
import Values

/// What Go's reflection sees in a value.
extension Value {
  /// The elements of a slice of any type; nil for everything else, a nil included.
  var elements: [Value]? {
    switch datum {
    case .list(let list): list.elements
    case .bytes(let bytes): bytes.bytes.map { Value(.integer(Int64($0), .uint8)) }
    case .object(let object) where object.kind == .slice: Value(object.underlying).elements
    default: nil
    }
  }

  /// The elements where the library takes the value's kind first, so that a nil panics; `verb` words the error for
  /// other kinds: `Cannot find first on type string`.
  func elements(or verb: String, naming noun: String = " type") throws(FunctionError) -> [Value] {
    if let elements { return elements }
    if isNone { throw .nilDereference }
    throw FunctionError("\(verb)\(noun) \(kind.rawValue)")
  }

  /// A slice of the same type with other elements.
  func slice(_ elements: [Value]) -> Value {
    switch datum {
    case .list(let list): return Value(.list(ListValue(elements, type: list.type)), origin: origin)
    case .bytes:
      let bytes = elements.map { element in
        if case .integer(let byte, _) = element.datum { return UInt8(truncatingIfNeeded: byte) }
        return 0
      }
      return Value(.bytes(ByteString(bytes)), origin: origin)
    default: return Value(.list(ListValue(elements, type: .other(goType))), origin: origin)
    }
  }

  /// Sprig's `empty`: the zero value of the type, or no elements. Structs never are.
  var isEmpty: Bool {
    switch datum {
    case .object(let object) where object.kind == .struct: false
    default: !isTrue
    }
  }
}

/// `reflect.DeepEqual`: equal types and equal contents. Takes steps for what it compares, since two lists that hold
/// a list several times over can be compared without end.
func deepEqual(
  _ left: Value, _ right: Value, _ evaluator: Evaluator, depth: Int = 0
) throws(FunctionError) -> Bool {
  guard depth < Limit.depth else { return true }
  switch (left.datum, right.datum) {
  case (.none, .none): return true
  case (.bool(let a), .bool(let b)): return a == b
  case (.integer(let a, let aType), .integer(let b, let bType)): return a == b && aType == bType
  case (.float(let a), .float(let b)): return a == b
  case (.string(let a), .string(let b)):
    guard a.count == b.count else { return false }
    try evaluator.spend(a.count >> 8)
    return a.bytes == b.bytes
  case (.bytes(let a), .bytes(let b)):
    try evaluator.spend(a.count >> 8)
    return a == b
  case (.list(let a), .list(let b)):
    guard a.type == b.type, a.isNil == b.isNil, a.count == b.count else { return false }
    try evaluator.spend(1)
    for (first, second) in zip(a.elements, b.elements) {
      try evaluator.spend(1)
      guard try deepEqual(first, second, evaluator, depth: depth + 1) else { return false }
    }
    return true
  case (.map(let a), .map(let b)):
    if a === b { return true }
    guard a.type == b.type, a.isNil == b.isNil, a.count == b.count else { return false }
    try evaluator.spend(1)
    for (first, second) in zip(a.entries, b.entries) {
      try evaluator.spend(1)
      guard first.key == second.key else { return false }
      guard try deepEqual(first.value, second.value, evaluator, depth: depth + 1) else { return false }
    }
    return true
  case (.object(let a), .object(let b)):
    if a === b { return true }
    guard a.goType == b.goType, a.stringer == b.stringer, a.formatted == b.formatted else { return false }
    return try deepEqual(Value(a.underlying), Value(b.underlying), evaluator, depth: depth + 1)
  default: return false
  }
}
