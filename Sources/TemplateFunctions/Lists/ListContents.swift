import SourceText
import TemplateLanguage
import Values

/// Functions that look at what a list holds.
enum ListContents {
  static let functions: [Function] =
    ListParts.twins("reverse", [.any], reverse) + ListParts.twins("compact", [.any], compact)
    + ListParts.twins("uniq", [.any], unique)
    + ListParts.twins("without", [.any], variadic: .any, without)
    + ListParts.twins("has", [.any, .any], origins: .summary, has)

  private static func reverse(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try arguments[0].elements(or: "Cannot find reverse on")
    return .list(elements.reversed(), origin: arguments[0].origin)
  }

  private static func compact(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try arguments[0].elements(or: "Cannot compact on")
    return .list(elements.filter { !$0.isEmpty }, origin: arguments[0].origin)
  }

  private static func unique(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try arguments[0].elements(or: "Cannot find uniq on")
    var seen = ValueSet()
    return .list(elements.filter { seen.insert($0) }, origin: arguments[0].origin)
  }

  private static func without(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try arguments[0].elements(or: "Cannot find without on")
    var omitted = ValueSet()
    for value in arguments.dropFirst() { omitted.insert(value) }
    return .list(elements.filter { !omitted.contains($0) }, origin: arguments[0].origin)
  }

  private static func has(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    if arguments[1].isNone { return false }
    let elements = try arguments[1].elements(or: "Cannot find has on")
    return .bool(elements.contains { deepEqual(arguments[0], $0) })
  }
}

/// Values told apart by `reflect.DeepEqual`; texts, which most lists hold, by their hash.
private struct ValueSet {
  private var texts: Set<ByteString> = []
  private var others: [Value] = []

  func contains(_ value: Value) -> Bool {
    if let text = value.text { return texts.contains(text.byteString) }
    return others.contains { deepEqual($0, value) }
  }

  /// True when the value is new.
  @discardableResult mutating func insert(_ value: Value) -> Bool {
    if let text = value.text { return texts.insert(text.byteString).inserted }
    if contains(value) { return false }
    others.append(value)
    return true
  }
}
