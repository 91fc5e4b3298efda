import SourceText

/// A value of the template language, with where it came from.
package struct Value {
  package var datum: Datum
  /// The origin of the whole value. A string that is made of several pieces carries runs in its `Text` as well;
  /// where there are runs they are the truth, and this is a summary (or `.none`).
  package var origin: OriginID

  @inlinable package init(_ datum: Datum, origin: OriginID = .none) {
    self.datum = datum
    self.origin = origin
  }
}

/// The data of a value, in the types Go gives them: `typeOf`, `kindOf`, `%T` and comparison can tell them apart.
package enum Datum {
  /// Go's nil interface: a null, a missing key.
  case none
  case bool(Bool)
  case integer(Int64, IntegerType)
  /// float64; every number of a values file is one.
  case float(Double)
  case string(Text)
  /// `[]byte`, for example the content of a file in `.Files`.
  case bytes(ByteString)
  case list(ListValue)
  case map(MapValue)
  /// Go structs and named types with methods: `.Capabilities`, `.Files`, times, versions.
  case object(any TemplateObject)
}

/// Go's integer types. `uint64` values above `Int64.max` are stored by their bit pattern.
package enum IntegerType: UInt8, Hashable, Sendable {
  case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64

  /// The type's name in Go.
  package var name: String {
    switch self {
    case .int: "int"
    case .int8: "int8"
    case .int16: "int16"
    case .int32: "int32"
    case .int64: "int64"
    case .uint: "uint"
    case .uint8: "uint8"
    case .uint16: "uint16"
    case .uint32: "uint32"
    case .uint64: "uint64"
    }
  }

  package var isSigned: Bool { rawValue <= IntegerType.int64.rawValue }
}

extension Value {
  package static var none: Value { Value(.none) }

  @inlinable package static func bool(_ value: Bool, origin: OriginID = .none) -> Value {
    Value(.bool(value), origin: origin)
  }
  @inlinable package static func int(_ value: Int, origin: OriginID = .none) -> Value {
    Value(.integer(Int64(value), .int), origin: origin)
  }
  @inlinable package static func int64(_ value: Int64, origin: OriginID = .none) -> Value {
    Value(.integer(value, .int64), origin: origin)
  }
  @inlinable package static func float(_ value: Double, origin: OriginID = .none) -> Value {
    Value(.float(value), origin: origin)
  }
  @inlinable package static func string(_ text: Text, origin: OriginID = .none) -> Value {
    Value(.string(text), origin: origin)
  }
  @inlinable package static func string(_ text: ByteString, origin: OriginID = .none) -> Value {
    Value(.string(Text(text)), origin: origin)
  }
  @inlinable package static func string(_ text: String, origin: OriginID = .none) -> Value {
    Value(.string(Text(text)), origin: origin)
  }
  @inlinable package static func list(_ elements: [Value], origin: OriginID = .none) -> Value {
    Value(.list(ListValue(elements)), origin: origin)
  }
  @inlinable package static func map(_ map: MapValue, origin: OriginID = .none) -> Value {
    Value(.map(map), origin: origin)
  }

  @inlinable package var isNone: Bool {
    if case .none = datum { return true }
    return false
  }
  @inlinable package var text: Text? {
    if case .string(let text) = datum { return text }
    return nil
  }
  @inlinable package var asMap: MapValue? {
    if case .map(let map) = datum { return map }
    return nil
  }
  @inlinable package var asList: ListValue? {
    if case .list(let list) = datum { return list }
    return nil
  }
}

// Bare `nil`-able Swift literals make tests and tables readable; they carry no origin.
extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByFloatLiteral
{
  package init(stringLiteral text: String) { self = .string(text) }
  package init(integerLiteral value: Int) { self = .int(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(floatLiteral value: Double) { self = .float(value) }
}
