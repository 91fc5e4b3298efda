import SourceText

/// Where the document under test, itself a schema, changes to another dialect.
struct MetaschemaSwitch {
  /// The dialect of each resource of the document.
  var dialects: [JSONPointer: Dialect]
}

/// Tests one value against a program.
///
/// The order of tests, and what stops at the first failure, is the schema library's; members of objects are taken
/// in bytewise order, where the library takes them in a random one.
final class SchemaValidator {
  typealias Cause = SchemaFailure.Cause

  private let program: SchemaProgram
  private let metaschema: MetaschemaSwitch?
  private let budget: Budget

  /// What is left of the work that one validation may do, shared by the validations it starts.
  final class Budget {
    /// Schemas still to be applied before the validation is given up.
    var steps: Int
    /// Calls within calls.
    var depth = 0
    var isExhausted = false

    static let deepest = 600

    init(steps: Int = 2_000_000) { self.steps = steps }
  }

  /// The outcome of one schema on one value.
  enum Outcome {
    /// Valid; with what no keyword has looked at.
    case valid(Unevaluated)
    /// In a quiet run there is no cause.
    case invalid(Cause?)
  }

  /// The schemas that were entered on the way, for cycles and dynamic references.
  private struct Scope {
    var program: SchemaProgram
    var schema: Int
    /// Empty where the schema stands inside the one before it.
    var keyword: ByteString
    /// Scopes with one number look at one value.
    var value: Int
  }

  private var scopes: [Scope] = []
  private var path: [SchemaFailure.Step] = []
  /// The program that stands for the metaschema at this place.
  private var currentMetaschema: SchemaProgram

  init(_ program: SchemaProgram, metaschema: MetaschemaSwitch? = nil, budget: Budget = Budget()) {
    self.program = program
    self.metaschema = metaschema
    self.budget = budget
    currentMetaschema = program
  }

  /// The failure of the whole; nil when the value is valid.
  func failure(of value: Instance) throws(SchemaFault) -> SchemaFailure? {
    let causes = causes(of: value)
    if budget.isExhausted { throw .tooComplex }
    return causes.map { SchemaFailure($0, heading: program.heading) }
  }

  /// The outermost causes; nil when the value is valid.
  private func causes(of value: Instance) -> [Cause]? {
    switch check(program, program.root, value, keyword: "", isSameValue: false, isQuiet: false, isWatched: false) {
    case .valid: return nil
    case .invalid(let cause?):
      if case .several = cause.reason { return cause.causes }
      return [cause]
    case .invalid(nil): return []
    }
  }

  /// Applies a schema to the value at the current path.
  func check(
    _ program: SchemaProgram, _ index: Int, _ value: Instance, keyword: ByteString, isSameValue: Bool,
    isQuiet: Bool, isWatched: Bool
  ) -> Outcome {
    budget.steps -= 1
    budget.depth += 1
    defer { budget.depth -= 1 }
    if budget.steps < 0 || budget.depth > Budget.deepest { budget.isExhausted = true }
    if budget.isExhausted { return .valid(Unevaluated()) }

    let (program, index) = switched(program, index, isEntry: scopes.isEmpty)
    let number = (scopes.last?.value ?? 0) + (isSameValue || scopes.isEmpty ? 0 : 1)
    scopes.append(Scope(program: program, schema: index, keyword: keyword, value: number))
    let outerMetaschema = currentMetaschema
    defer {
      scopes.removeLast()
      currentMetaschema = outerMetaschema
    }
    if metaschema != nil, index == program.root, program !== currentMetaschema { currentMetaschema = program }
    var run = SchemaRun(
      validator: self, program: program, schema: program.schemas[index], value: value, isQuiet: isQuiet,
      isWatched: isWatched)
    return run.outcome()
  }

  /// The program and schema that take the place of a metaschema where the document changes dialect.
  private func switched(_ program: SchemaProgram, _ index: Int, isEntry: Bool) -> (SchemaProgram, Int) {
    guard let metaschema, !isEntry, metaschema.dialects.count > 1, program === currentMetaschema,
      index == program.root, let dialect = metaschema.dialects[pointer],
      let other = try? MetaschemaPrograms.program(for: dialect)
    else { return (program, index) }
    return (other, other.root)
  }

  private var pointer: JSONPointer {
    path.reduce(JSONPointer.root) { pointer, step in
      switch step {
      case .key(let name): pointer.appending(name)
      case .index(let index): pointer.appending(index)
      }
    }
  }

  /// Applies a schema to a value inside the current one.
  func check(
    _ program: SchemaProgram, _ index: Int, _ value: Instance, at step: SchemaFailure.Step, isQuiet: Bool
  ) -> Outcome {
    path.append(step)
    defer { path.removeLast() }
    return check(
      program, index, value, keyword: "", isSameValue: false, isQuiet: isQuiet, isWatched: false)
  }

  /// Tests the name of a property: a validation of its own, which knows nothing of this one's place.
  func causes(ofName name: ByteString, _ program: SchemaProgram, _ index: Int) -> [Cause]? {
    let nested = SchemaValidator(program, metaschema: metaschema, budget: budget)
    nested.currentMetaschema = currentMetaschema
    switch nested.check(
      program, index, .string(name), keyword: "", isSameValue: false, isQuiet: false, isWatched: false)
    {
    case .valid: return nil
    case .invalid(let cause?):
      if case .several = cause.reason { return cause.causes }
      return [cause]
    case .invalid(nil): return []
    }
  }

  // MARK: Scopes

  /// The failure at the current path.
  func cause(_ schema: CompiledSchema, _ reason: SchemaFailure.Reason, _ causes: [Cause] = []) -> Cause {
    Cause(instancePath: path, schema: schema.keywords.place, reason: reason, causes: causes)
  }

  /// The cycle that the current scope closes: the same schema on the same value.
  func cycle() -> SchemaFailure.Reason? {
    guard let current = scopes.last else { return nil }
    var index = scopes.count - 1
    while index > 0 {
      index -= 1
      guard scopes[index].value == current.value else { return nil }
      if scopes[index].schema == current.schema, scopes[index].program === current.program {
        return .referenceCycle(
          url: current.program.schemas[current.schema].keywords.place.text,
          first: keywordPath(upTo: scopes.count - 1), second: keywordPath(upTo: index))
      }
    }
    return nil
  }

  /// The keywords passed on the way to a scope.
  private func keywordPath(upTo last: Int) -> ByteString {
    var result = ByteString()
    guard last > 0 else { return result }
    for index in 1...last {
      let scope = scopes[index]
      if !scope.keyword.isEmpty {
        result.append("/" + JSONPointer.escaped(scope.keyword))
      } else {
        let outer = scopes[index - 1].program.schemas[scopes[index - 1].schema].keywords.place.text
        let inner = scope.program.schemas[scope.schema].keywords.place.text
        if inner.count > outer.count { result.append(inner[outer.count..<inner.count]) }
      }
    }
    return result
  }

  /// The outermost schema whose resource is a recursive anchor.
  func resolveRecursiveAnchor(_ program: SchemaProgram, _ fallback: Int) -> (SchemaProgram, Int) {
    let scope = scopes.first { scope in
      let resource = scope.program.schemas[scope.schema].keywords.resource
      return scope.program.schemas[resource].keywords.isRecursiveAnchor
    }
    return scope.map { ($0.program, $0.schema) } ?? (program, fallback)
  }

  /// The outermost schema that defines a dynamic anchor.
  func resolveDynamicAnchor(
    _ name: ByteString, _ program: SchemaProgram, _ fallback: Int
  ) -> (SchemaProgram, Int) {
    for scope in scopes {
      let resource = scope.program.schemas[scope.schema].keywords.resource
      if let target = scope.program.schemas[resource].keywords.dynamicAnchors[name] { return (scope.program, target) }
    }
    return (program, fallback)
  }
}

/// The members or items of a value that no keyword has looked at yet. Nothing where nobody asks.
struct Unevaluated {
  /// One flag for each member, in the object's order, or each item.
  var flags: [Bool] = []

  /// Nothing is left, or nobody asks.
  var isEmpty: Bool { !flags.contains(true) }

  init() {}

  init(_ value: Instance, _ schema: SchemaKeywords, isWatched: Bool) {
    switch value {
    case .object(let members):
      guard schema.object.additional == nil, isWatched || schema.object.unevaluated != nil else { return }
      flags = [Bool](repeating: true, count: members.count)
    case .array(let items):
      guard isWatched || schema.array.unevaluated != nil, !schema.evaluatesAllItems else { return }
      flags = items.indices.map { $0 >= schema.evaluatedItems }
    case .null, .boolean, .number, .string, .unsupported: break
    }
  }

  mutating func evaluate(_ index: Int) {
    if index < flags.count { flags[index] = false }
  }

  /// Takes over what a subschema on the same value has looked at.
  mutating func merge(_ other: Unevaluated) {
    for index in flags.indices where !(index < other.flags.count && other.flags[index]) { flags[index] = false }
  }
}

extension SchemaKeywords {
  fileprivate var evaluatesAllItems: Bool {
    if draft >= .draft2020 { return array.rest != nil }
    if case .all? = array.items { return true }
    return array.additional != nil
  }

  fileprivate var evaluatedItems: Int {
    if draft >= .draft2020 { return array.prefix.count }
    if case .tuple(let schemas)? = array.items { return schemas.count }
    return 0
  }
}
