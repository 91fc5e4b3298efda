import SourceText
import TemplateLanguage
import Values

/// `merge`, `mergeOverwrite` and `deepCopy`: whole trees of maps, as mergo and copystructure treat them.
enum Merging {
  static let functions: [Function] = [
    Function("merge", [.map], variadic: .map, origins: .copy) {
      (try? mergeAll($0, $1, overwriting: false)) ?? ""
    },
    Function("mergeOverwrite", [.map], variadic: .map, origins: .copy) {
      (try? mergeAll($0, $1, overwriting: true)) ?? ""
    },
    Function("mustMerge", [.map], variadic: .map, origins: .copy) { (evaluator, maps) throws(FunctionError) in
      try mergeAll(evaluator, maps, overwriting: false)
    },
    Function("mustMergeOverwrite", [.map], variadic: .map, origins: .copy) { (evaluator, maps) throws(FunctionError) in
      try mergeAll(evaluator, maps, overwriting: true)
    },
    Function("deepCopy", [.any], origins: .copy, body: deepCopy),
    Function("mustDeepCopy", [.any], origins: .copy, body: deepCopy),
  ]

  private static func mergeAll(
    _ evaluator: Evaluator, _ arguments: [Value], overwriting: Bool
  ) throws(FunctionError) -> Value {
    var result = arguments.mapValue(0)
    for index in arguments.indices.dropFirst() {
      guard let source = arguments.map(index) else { continue }
      if result.asMap?.isNil ?? true { result = .map(MapValue()) }
      if let target = result.asMap {
        try merge(evaluator, source, into: target, overwriting: overwriting, depth: 0)
      }
    }
    return result
  }

  /// Changes `target` in place. Without overwriting, a value counts as missing when it is the zero value of its
  /// type; trees that exist on one side only are shared, not copied.
  private static func merge(
    _ evaluator: Evaluator, _ source: MapValue, into target: MapValue, overwriting: Bool, depth: Int
  ) throws(FunctionError) {
    guard depth < Limit.depth else { throw FunctionError("runtime error: stack overflow") }
    try evaluator.spend(1 + 4 * source.count)
    for entry in source.entries {
      let old = target[entry.key]
      if entry.value.isNone {
        if overwriting {
          try evaluator.willChange(target)
          target.set(entry.key, to: entry.value, keyOrigin: entry.keyOrigin)
        }
        continue
      }
      if let new = entry.value.asMap, let existing = old?.asMap, !existing.isNil {
        try merge(evaluator, new, into: existing, overwriting: overwriting, depth: depth + 1)
        if !existing.isEmpty { continue }
      }
      if !overwriting, old?.kind == .ptr, [.map, .struct].contains(entry.value.kind) {
        throw FunctionError("src and dst must be of same type")
      }
      if overwriting || old.map({ !$0.isTrue && !$0.isStruct }) ?? true {
        try evaluator.willChange(target)
        target.set(entry.key, to: entry.value, keyOrigin: entry.keyOrigin)
      }
    }
  }

  private static func deepCopy(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    guard !arguments[0].isNone else {
      throw FunctionError("reflect: call of reflect.Value.Type on zero Value")
    }
    return try copy(arguments[0], evaluator, depth: 0)
  }

  private static func copy(_ value: Value, _ evaluator: Evaluator, depth: Int) throws(FunctionError) -> Value {
    guard depth < Limit.depth else { throw FunctionError("runtime error: stack overflow") }
    switch value.datum {
    case .list(let list):
      try evaluator.spend(4 + list.count)
      var copies: [Value] = []
      copies.reserveCapacity(list.count)
      for element in list.elements { copies.append(try copy(element, evaluator, depth: depth + 1)) }
      return Value(.list(ListValue(copies, type: list.type, isNil: list.isNil)), origin: value.origin)
    case .map(let map):
      guard !map.isNil else { return value }
      try evaluator.spend(8 + 2 * map.count)
      var entries = map.entries
      for index in entries.indices {
        entries[index].value = try copy(entries[index].value, evaluator, depth: depth + 1)
      }
      return .map(MapValue(unsorted: entries, type: map.type), origin: value.origin)
    case .object(let object as VersionObject): return Value(.object(object.blank), origin: value.origin)
    case .none, .bool, .integer, .float, .string, .bytes, .object: return value
    }
  }
}

extension Value {
  fileprivate var isStruct: Bool {
    if case .object(let object) = datum { return object.kind == .struct }
    return false
  }
}
