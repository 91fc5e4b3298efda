import SourceText
import TemplateLanguage
import Values

extension GoFunctions {
  static let comparisons: [Function] = [
    Function("eq", [.any], variadic: .any, origins: .summary) { _, arguments throws(FunctionError) in
      .bool(try Comparison.isEqualToAny(arguments))
    },
    Function("ne", [.any, .any], origins: .summary) { _, arguments throws(FunctionError) in
      .bool(!(try Comparison.isEqual(arguments[0], arguments[1])))
    },
    Function("lt", [.any, .any], origins: .summary) { _, arguments throws(FunctionError) in
      .bool(try Comparison.isLess(arguments[0], arguments[1]))
    },
    Function("le", [.any, .any], origins: .summary) { _, arguments throws(FunctionError) in
      .bool(try Comparison.isLessOrEqual(arguments[0], arguments[1]))
    },
    Function("gt", [.any, .any], origins: .summary) { _, arguments throws(FunctionError) in
      .bool(!(try Comparison.isLessOrEqual(arguments[0], arguments[1])))
    },
    Function("ge", [.any, .any], origins: .summary) { _, arguments throws(FunctionError) in
      .bool(!(try Comparison.isLess(arguments[0], arguments[1])))
    },
  ]
}

/// Go's comparisons: only values of one basic kind can be compared.
enum Comparison {
  /// A value as comparisons see it.
  private enum Basic {
    case bool(Bool)
    case complex(ComplexNumber)
    case integer(Int64, isSigned: Bool)
    case float(Double)
    case string([UInt8])
    case other

    init(_ datum: Datum) {
      switch datum {
      case .bool(let value): self = .bool(value)
      case .integer(let value, let type): self = .integer(value, isSigned: type.isSigned)
      case .float(let value): self = .float(value)
      case .string(let text): self = .string(text.bytes)
      case .object(let object):
        if let complex = object as? ComplexNumber {
          self = .complex(complex)
        } else {
          self = Basic.scalar(object)
        }
      case .none, .bytes, .list, .map: self = .other
      }
    }

    private static func scalar(_ object: any TemplateObject) -> Basic {
      switch object.kind {
      case .struct, .ptr, .map, .slice, .interface, .func, .invalid: .other
      default: if case .object = object.underlying { .other } else { Basic(object.underlying) }
      }
    }
  }

  static func isEqualToAny(_ values: [Value]) throws(FunctionError) -> Bool {
    guard values.count > 1 else { throw FunctionError("missing argument for comparison") }
    for other in values.dropFirst() where try isEqual(values[0], other) { return true }
    return false
  }

  static func isEqual(_ left: Value, _ right: Value) throws(FunctionError) -> Bool {
    switch (Basic(left.datum), Basic(right.datum)) {
    case (.bool(let a), .bool(let b)): return a == b
    case (.complex(let a), .complex(let b)): return a.real == b.real && a.imaginary == b.imaginary
    case (.integer(let a, let aSigned), .integer(let b, let bSigned)):
      return a == b && (aSigned == bSigned || a >= 0)
    case (.float(let a), .float(let b)): return a == b
    case (.string(let a), .string(let b)): return a == b
    case (.other, .other): return try isSame(left, right)
    default:
      if left.isNone || right.isNone { return false }
      throw incompatible(left, right)
    }
  }

  /// Compares nils and references; lists and maps cannot be compared.
  private static func isSame(_ left: Value, _ right: Value) throws(FunctionError) -> Bool {
    if !left.isNone, !right.isNone, left.kind != right.kind {
      let text = GoFormat.sprintf(
        Text("non-comparable types %s: %s, %s: %v"), [left, .string(left.goType), .string(right.goType), right],
        tracking: false)
      throw FunctionError(bytes: text.byteString)
    }
    if isNil(left) || isNil(right) { return isNil(left) == isNil(right) }
    for value in [right, left] where !isComparable(value) {
      let text = GoFormat.sprintf(Text("non-comparable type %s: "), [value], tracking: false)
      throw FunctionError(bytes: text.byteString + ByteString(value.goType))
    }
    guard case .object(let a) = left.datum, case .object(let b) = right.datum else { return false }
    return a === b || (a.goType == b.goType && a.formatted == b.formatted && a.kind == .struct)
  }

  private static func isNil(_ value: Value) -> Bool {
    switch value.datum {
    case .none: true
    case .list(let list): list.isNil
    case .map(let map): map.isNil
    case .object(let object): object.kind == .ptr && !object.isTrue
    default: false
    }
  }

  private static func isComparable(_ value: Value) -> Bool {
    guard case .object(let object) = value.datum else { return false }
    return object.kind != .map && object.kind != .slice
  }

  static func isLess(_ left: Value, _ right: Value) throws(FunctionError) -> Bool {
    switch (Basic(left.datum), Basic(right.datum)) {
    case (.integer(let a, let aSigned), .integer(let b, let bSigned)):
      if aSigned, bSigned { return a < b }
      if aSigned { return a < 0 || UInt64(a) < UInt64(bitPattern: b) }
      if bSigned { return b >= 0 && UInt64(bitPattern: a) < UInt64(b) }
      return UInt64(bitPattern: a) < UInt64(bitPattern: b)
    case (.float(let a), .float(let b)): return a < b
    case (.string(let a), .string(let b)): return ByteString(a) < ByteString(b)
    case (.other, _), (_, .other): throw FunctionError("invalid type for comparison")
    case (.bool, .bool), (.complex, .complex): throw FunctionError("invalid type for comparison")
    default: throw incompatible(left, right)
    }
  }

  static func isLessOrEqual(_ left: Value, _ right: Value) throws(FunctionError) -> Bool {
    if try isLess(left, right) { return true }
    return try isEqual(left, right)
  }

  private static func incompatible(_ left: Value, _ right: Value) -> FunctionError {
    FunctionError("incompatible types for comparison: \(left.goType) and \(right.goType)")
  }
}
