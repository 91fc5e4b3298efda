import RegularExpressions
import SourceText

/// One schema on one value.
struct SchemaRun {
  typealias Cause = SchemaFailure.Cause

  let validator: SchemaValidator
  let program: SchemaProgram
  let schema: CompiledSchema
  let value: Instance
  /// Only yes or no is wanted.
  let isQuiet: Bool
  var unevaluated: Unevaluated
  private var causes: [Cause] = []
  private var hasFailed = false

  init(
    validator: SchemaValidator, program: SchemaProgram, schema: CompiledSchema, value: Instance, isQuiet: Bool,
    isWatched: Bool
  ) {
    self.validator = validator
    self.program = program
    self.schema = schema
    self.value = value
    self.isQuiet = isQuiet
    unevaluated = Unevaluated(value, schema.keywords, isWatched: isWatched)
  }

  /// True once there is no point in going on.
  var isDone: Bool { isQuiet && hasFailed }

  mutating func outcome() -> SchemaValidator.Outcome {
    if let constant = schema.keywords.boolean {
      return constant ? .valid(unevaluated) : failed(.falseSchema)
    }
    if let cycle = validator.cycle() { return failed(cycle) }
    if let reason = valueFault() { return failed(reason) }
    if let target = schema.keywords.reference {
      if schema.keywords.draft < .draft2019 { return follow(target) }
      refer(to: (program, target), "$ref")
    }
    switch value {
    case .object(let members): checkObject(members)
    case .array(let items): checkArray(items)
    case .string(let text): checkString(text)
    case .number(let number): checkNumber(number)
    case .null, .boolean, .unsupported: break
    }
    if !isDone {
      checkReferences()
      checkConditions()
      checkUnevaluated()
    }
    guard hasFailed else { return .valid(unevaluated) }
    if isQuiet { return .invalid(nil) }
    if causes.count == 1 { return .invalid(causes[0]) }
    return .invalid(validator.cause(schema, .several, causes))
  }

  private func failed(_ reason: @autoclosure () -> SchemaFailure.Reason) -> SchemaValidator.Outcome {
    .invalid(isQuiet ? nil : validator.cause(schema, reason()))
  }

  // MARK: Noting failures

  mutating func fail(_ reason: @autoclosure () -> SchemaFailure.Reason, _ causes: [Cause] = []) {
    hasFailed = true
    if !isQuiet { self.causes.append(validator.cause(schema, reason(), causes)) }
  }

  mutating func note(_ outcome: SchemaValidator.Outcome) {
    guard case .invalid(let cause) = outcome else { return }
    hasFailed = true
    if let cause, !isQuiet { causes.append(cause) }
  }

  // MARK: Any value

  /// The tests that end the run when they fail.
  private func valueFault() -> SchemaFailure.Reason? {
    guard let type = value.type else {
      if case .unsupported(let name) = value { return .invalidValue(goType: name) }
      return nil
    }
    if !schema.keywords.types.isEmpty, !schema.keywords.types.contains(type), !isWantedInteger {
      return .type(got: type.list[0], want: schema.keywords.types.list)
    }
    if let constant = schema.keywords.constant, !Instance.areEqual(value, constant) {
      let isScalar = constant.array == nil && constant.members == nil
      return .constant(isScalar ? MessageText.display(constant) : nil)
    }
    if let values = schema.keywords.enumeration, !values.contains(where: { Instance.areEqual(value, $0) }) {
      let areScalars = values.allSatisfy { $0.array == nil && $0.members == nil }
      return .enumeration(areScalars ? values.map { MessageText.display($0) } : nil)
    }
    if let format = schema.keywords.format, case .string(let text) = value, let fault = format.check(text) {
      return .format(name: format.name, value: MessageText.quoted(text), reason: fault)
    }
    return nil
  }

  private var isWantedInteger: Bool {
    guard schema.keywords.types.contains(.integer), case .number(let number) = value else { return false }
    return Decimal(number)?.isInteger == true
  }

  // MARK: References

  /// Applies a schema to the same value and takes over what it evaluated.
  mutating func checkSame(
    _ target: (program: SchemaProgram, schema: Int), keyword: ByteString = "", isQuiet: Bool? = nil
  ) -> SchemaValidator.Outcome {
    let outcome = validator.check(
      target.program, target.schema, value, keyword: keyword, isSameValue: true,
      isQuiet: self.isQuiet || isQuiet == true, isWatched: !unevaluated.isEmpty)
    if case .valid(let rest) = outcome { unevaluated.merge(rest) }
    return outcome
  }

  mutating func checkSame(_ target: Int, isQuiet: Bool? = nil) -> SchemaValidator.Outcome {
    checkSame((program, target), isQuiet: isQuiet)
  }

  private mutating func follow(_ target: Int) -> SchemaValidator.Outcome {
    refer(to: (program, target), "$ref")
    if !hasFailed { return .valid(unevaluated) }
    return .invalid(causes.first)
  }

  private mutating func refer(to target: (program: SchemaProgram, schema: Int), _ keyword: ByteString) {
    switch checkSame(target, keyword: keyword) {
    case .valid: return
    case .invalid(nil): fail(.reference(keyword: keyword))
    case .invalid(let cause?):
      if case .several = cause.reason {
        fail(.reference(keyword: keyword), cause.causes)
      } else {
        fail(.reference(keyword: keyword), [cause])
      }
    }
  }

  private mutating func checkReferences() {
    guard schema.keywords.draft >= .draft2019 else { return }
    if let target = schema.keywords.recursiveReference {
      let isAnchor = program.schemas[target].keywords.isRecursiveAnchor
      refer(
        to: isAnchor ? validator.resolveRecursiveAnchor(program, target) : (program, target), "$recursiveRef")
    }
    if let reference = schema.keywords.dynamicReference {
      let isDynamic =
        !reference.anchor.isEmpty
        && program.schemas[reference.target].keywords.dynamicAnchor == reference.anchor
      refer(
        to: isDynamic
          ? validator.resolveDynamicAnchor(reference.anchor, program, reference.target)
          : (program, reference.target), "$dynamicRef")
    }
  }

  // MARK: Strings and numbers

  private mutating func checkString(_ text: ByteString) {
    if schema.keywords.minimumLength != nil || schema.keywords.maximumLength != nil {
      let length = SchemaRun.length(of: text)
      if let minimum = schema.keywords.minimumLength, length < minimum {
        fail(.minimumLength(got: length, want: minimum))
      }
      if let maximum = schema.keywords.maximumLength, length > maximum {
        fail(.maximumLength(got: length, want: maximum))
      }
    }
    if let pattern = schema.keywords.pattern, !pattern.expression.isMatch(text) {
      fail(.pattern(value: text, pattern: pattern.text))
    }
  }

  /// The count of characters; a byte that is part of none counts as one.
  private static func length(of text: ByteString) -> Int {
    text.bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      var count = 0
      while index < bytes.count {
        index += Runes.decode(bytes, at: index).width
        count += 1
      }
      return count
    }
  }

  private mutating func checkNumber(_ number: Instance.Number) {
    guard !schema.keywords.limits.isEmpty, let decimal = Decimal(number) else { return }
    for limit in schema.keywords.limits {
      let order = decimal.compared(to: limit.decimal)
      let isKept =
        switch limit.keyword {
        case .minimum: order >= 0
        case .maximum: order <= 0
        case .exclusiveMinimum: order > 0
        case .exclusiveMaximum: order < 0
        case .multipleOf: decimal.isMultiple(of: limit.decimal)
        }
      if isKept { continue }
      fail(
        .number(
          keyword: ByteString(limit.keyword.rawValue), got: MessageText.number(number),
          want: MessageText.number(limit.number)))
    }
  }
}
