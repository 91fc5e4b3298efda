import SourceText
import TemplateLanguage
import Values

/// Functions that read and change the entries of one map.
enum Entries {
  static let functions: [Function] = [
    Function("dict", variadic: .any, origins: .none, cost: .constant, body: dictionary),
    Function("get", [.map, .string], origins: .copy, cost: .constant) { $1.map(0)?[$1.bytes(1)] ?? "" },
    Function("set", [.map, .string, .any], origins: .copy, cost: .constant, body: set),
    Function("unset", [.map, .string], origins: .copy, body: unset),
    Function("hasKey", [.map, .string], origins: .summary, cost: .constant) {
      .bool($1.map(0)?.position(of: $1.bytes(1)).found ?? false)
    },
    Function("keys", variadic: .map, origins: .copy, body: keys),
    Function("values", [.map], origins: .copy) {
      .list($1.map(0)?.entries.map(\.value) ?? [], origin: $1[0].origin)
    },
    Function("pluck", [.string], variadic: .map, origins: .copy, body: pluck),
    Function("pick", [.map], variadic: .string, origins: .copy, body: pick),
    Function("omit", [.map], variadic: .string, origins: .copy, body: omit),
    Function("dig", variadic: .any, origins: .copy, cost: .constant, body: dig),
  ]

  private static func dictionary(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    var entries: [MapValue.Entry] = []
    entries.reserveCapacity((arguments.count + 1) / 2)
    for index in stride(from: 0, to: arguments.count, by: 2) {
      let key = evaluator.string(arguments[index])
      let value = index + 1 < arguments.count ? arguments[index + 1] : ""
      entries.append(.init(key: key.text?.byteString ?? "", value: value, keyOrigin: key.origin))
    }
    return .map(MapValue(unsorted: entries))
  }

  private static func unset(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    if let map = arguments.map(0) {
      try evaluator.willChange(map)
      try evaluator.spend(map.count >> 7)
      map[arguments.bytes(1)] = nil
    }
    return arguments.mapValue(0)
  }

  private static func set(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    guard let map = arguments.map(0) else { throw FunctionError("assignment to entry in nil map") }
    try evaluator.willChange(map)
    // What stands behind a new key moves up.
    try evaluator.spend(map.count >> 7)
    map.set(arguments.bytes(1), to: arguments[2], keyOrigin: arguments[1].origin)
    return arguments.mapValue(0)
  }

  private static func keys(_: Evaluator, _ arguments: [Value]) -> Value {
    let keys = arguments.indices.flatMap { index in
      (arguments.map(index)?.entries ?? []).map { Value.string($0.key, origin: $0.keyOrigin) }
    }
    return Value(.list(ListValue(keys, type: .string)), origin: arguments.first?.origin ?? .none)
  }

  private static func pluck(_: Evaluator, _ arguments: [Value]) -> Value {
    let key = arguments.bytes(0)
    return .list(arguments.indices.dropFirst().compactMap { arguments.map($0)?[key] })
  }

  private static func pick(_: Evaluator, _ arguments: [Value]) -> Value {
    let entries = arguments.indices.dropFirst().compactMap { arguments.map(0)?.entry(at: arguments.bytes($0)) }
    return .map(MapValue(unsorted: entries), origin: arguments[0].origin)
  }

  private static func omit(_: Evaluator, _ arguments: [Value]) -> Value {
    let omitted = Set(arguments.indices.dropFirst().map { arguments.bytes($0) })
    let entries = (arguments.map(0)?.entries ?? []).filter { !omitted.contains($0.key) }
    return .map(MapValue(unsorted: entries), origin: arguments[0].origin)
  }

  private static func dig(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    guard arguments.count >= 3 else { throw FunctionError("dig needs at least three arguments") }
    var map = try asserted(arguments[arguments.count - 1])
    let keys = arguments.dropLast(2)
    for key in keys where key.text == nil { throw conversion(of: key, to: "string") }
    for key in keys.dropLast() {
      guard let step = map[key.text?.byteString ?? ""] else { return arguments[arguments.count - 2] }
      map = try asserted(step)
    }
    return map[keys.last?.text?.byteString ?? ""] ?? arguments[arguments.count - 2]
  }

  /// Go's `value.(map[string]interface{})`, which accepts this very type only.
  private static func asserted(_ value: Value) throws(FunctionError) -> MapValue {
    if let map = value.asMap, map.type == .any { return map }
    throw conversion(of: value, to: MapType.any.name)
  }

  private static func conversion(of value: Value, to type: String) -> FunctionError {
    let name = value.isNone ? "nil" : value.goType
    return FunctionError("interface conversion: interface {} is \(name), not \(type)")
  }
}

extension [Value] {
  /// A map argument handed back as Go's parameter type has it: never under a type name of its own.
  func mapValue(_ index: Int) -> Value {
    guard !self[index].isNone else { return Value(.map(MapValue(isNil: true))) }
    return self[index]
  }
}
