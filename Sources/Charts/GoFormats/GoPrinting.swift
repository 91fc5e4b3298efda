import SourceText
import Values

/// Go's `%v` and `%t` of plain values, for the warnings and errors of merging.
enum GoPrinting {
  /// `%v`: `map[a:1 b:[x y]]`.
  static func plain(_ value: Value) -> ByteString {
    print(value) { scalar in
      switch scalar.datum {
      case .none: "<nil>"
      default: text(of: scalar)
      }
    }
  }

  /// `%t`, which complains about everything but a boolean: `%!t(string=hello)`.
  static func boolean(_ value: Value) -> ByteString {
    print(value) { scalar in
      switch scalar.datum {
      case .bool(let value): value ? "true" : "false"
      case .none: "%!t(<nil>)"
      default: "%!t(\(scalar.goType)=" + text(of: scalar) + ")"
      }
    }
  }

  /// `%v` of a struct's field: what a `String` method would say does not count there.
  static func structure(_ value: Value) -> ByteString {
    if case .object(let object) = value.datum { return object.formatted }
    return plain(value)
  }

  private static func print(_ value: Value, scalar: (Value) -> ByteString) -> ByteString {
    switch value.datum {
    case .list(let list):
      var out = ByteString("[")
      for (index, element) in list.elements.enumerated() {
        if index > 0 { out.append(" ") }
        out.append(print(element, scalar: scalar))
      }
      out.append("]")
      return out
    case .map(let map):
      var out = ByteString("map[")
      for (index, entry) in map.entries.enumerated() {
        if index > 0 { out.append(" ") }
        // Keys go through the same verb as values.
        out.append(scalar(.string(entry.key)))
        out.append(":")
        out.append(print(entry.value, scalar: scalar))
      }
      out.append("]")
      return out
    default: return scalar(value)
    }
  }

  private static func text(of scalar: Value) -> ByteString {
    switch scalar.datum {
    case .none: "<nil>"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value, let type):
      ByteString(type.isSigned ? String(value) : String(UInt64(bitPattern: value)))
    case .float(let value): GoFloat.general(value)
    case .string(let text): text.byteString
    case .bytes(let bytes): bytes
    case .object(let object): object.stringer ?? object.formatted
    case .list, .map: ""
    }
  }
}

extension ByteString {
  static func + (left: String, right: ByteString) -> ByteString { ByteString(left) + right }
  static func + (left: ByteString, right: String) -> ByteString { left + ByteString(right) }
}
