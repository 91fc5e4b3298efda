import Diagnostics
import Kubernetes
import RegularExpressions
import SourceText

/// Why a scalar does not fit its field.
struct ScalarFault {
  var reason: String
  var remedy: String
  var replacement: String?
  var isAboutBytes = false

  private init(_ reason: String, _ remedy: String, replacement: String? = nil) {
    self.reason = reason
    self.remedy = remedy
    self.replacement = replacement
  }

  static func of(_ node: Node, _ type: FieldType) -> ScalarFault? {
    guard let value = node.value, let text = node.scalar else {
      return ScalarFault(
        "must be \(name(of: type)), not a \(node.isMapping ? "mapping" : "list")", "Write \(name(of: type))")
    }
    switch type {
    case .string(let form):
      guard value == .string else {
        return ScalarFault("must be a string, and is read as \(self.name(of: value))", "Put it in quotes")
      }
      return self.text(text, form)
    case .integer(let form): return integer(text, value, form)
    case .number(let limits):
      guard value != .string, let number = Double(text) else { return mustBe(type) }
      return outside(number, limits)
    case .boolean:
      if case .boolean = value { return nil }
      return mustBe(type)
    case .quantity:
      if case .boolean = value { return mustBe(type) }
      return QuantityForm.isValid(text) || value == .float
        ? nil
        : ScalarFault(
          "is not a quantity", "Write a number with a unit such as `500m`, `2` or `128Mi`")
    case .integerOrString:
      switch value {
      case .integer, .string: return nil
      case .float where isWhole(text) != nil: return nil
      case .float, .boolean, .null: return mustBe(type)
      }
    case .time, .any, .object, .list, .map: return nil
    }
  }

  // MARK: Texts

  private static func text(_ text: String, _ form: StringForm) -> ScalarFault? {
    // An empty text is an absent one to most of the server's checks.
    guard !text.isEmpty else { return nil }
    if !form.words.isEmpty, !form.words.contains(text) {
      let near = form.words.filter { $0.lowercased() == text.lowercased() || distance($0, text) <= 1 }
      let words = form.words.map { "`\($0)`" }.joined(separator: ", ")
      return ScalarFault(
        "is not one of \(words)", "Write one of \(words)", replacement: near.count == 1 ? near[0] : nil)
    }
    if form.isBytes, (try? Base64.decode(Array(text.utf8))) == nil {
      var fault = ScalarFault("is not base64", "Encode it, for example by `b64enc`")
      fault.isAboutBytes = true
      return fault
    }
    let count = text.unicodeScalars.count
    if let limit = form.maxLength, count > limit {
      return ScalarFault("has \(count) characters, more than \(limit)", "Shorten it")
    }
    if let limit = form.minLength, count < limit {
      return ScalarFault("has \(count) characters, fewer than \(limit)", "Write more")
    }
    if let pattern = form.pattern, let regex = try? RegularExpression(ByteString(pattern)),
      !regex.isMatch(ByteString(text))
    {
      return ScalarFault("does not match `\(pattern)`", "Write what the definition asks for")
    }
    return nil
  }

  private static func distance(_ a: String, _ b: String) -> Int {
    editDistance(Array(a.lowercased().utf8), Array(b.lowercased().utf8))
  }

  // MARK: Numbers

  private static func integer(_ text: String, _ value: ScalarValue, _ form: IntegerForm) -> ScalarFault? {
    let number: Double
    switch value {
    case .integer(let whole): number = Double(whole)
    case .float:
      // `1e+06` is a whole number to JSON.
      guard let whole = isWhole(text) else { return mustBe(.integer(form)) }
      number = whole
    case .string:
      return ScalarFault(
        "must be an integer, not a string", Int(text) == nil ? "Write an integer" : "Leave out the quotes")
    case .boolean, .null: return mustBe(.integer(form))
    }
    let bound = form.bits == 32 ? 2_147_483_647.0 : 9_223_372_036_854_775_807.0
    if number > bound || number < -bound - 1 {
      return ScalarFault("does not fit in \(form.bits) bits", "Write a smaller number")
    }
    return outside(number, form.limits)
  }

  private static func isWhole(_ text: String) -> Double? {
    guard let number = Double(text), number.rounded() == number, number.isFinite else { return nil }
    return number
  }

  private static func outside(_ number: Double, _ limits: NumberLimits) -> ScalarFault? {
    if let minimum = limits.minimum, number < minimum {
      return ScalarFault("is less than \(printed(minimum))", "Write a larger number")
    }
    if let maximum = limits.maximum, number > maximum {
      return ScalarFault("is more than \(printed(maximum))", "Write a smaller number")
    }
    return nil
  }

  private static func printed(_ number: Double) -> String {
    Int(exactly: number).map { String($0) } ?? String(number)
  }

  // MARK: Words

  private static func mustBe(_ type: FieldType) -> ScalarFault {
    ScalarFault("must be \(name(of: type))", "Write \(name(of: type))")
  }

  private static func name(of type: FieldType) -> String {
    switch type {
    case .string, .time: "a string"
    case .integer: "an integer"
    case .number: "a number"
    case .boolean: "true or false"
    case .quantity: "a quantity"
    case .integerOrString: "an integer or a string"
    case .any: "a value"
    case .object, .map: "a mapping"
    case .list: "a list"
    }
  }

  private static func name(of value: ScalarValue) -> String {
    switch value {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer, .float: "a number"
    case .string: "a string"
    }
  }
}
