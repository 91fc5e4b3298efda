import SourceText

extension SchemaRun {
  mutating func checkConditions() {
    if let not = schema.keywords.not, case .valid = checkSame(not, isQuiet: true) { fail(.not) }
    checkAll(schema.keywords.allOf)
    checkAny(schema.keywords.anyOf)
    checkOne(schema.keywords.oneOf)
    guard let condition = schema.keywords.condition else { return }
    if case .valid = checkSame(condition, isQuiet: true) {
      if let consequence = schema.keywords.consequence { note(checkSame(consequence)) }
    } else if let alternative = schema.keywords.alternative {
      note(checkSame(alternative))
    }
  }

  private mutating func checkAll(_ schemas: [Int]) {
    var causes: [Cause] = []
    var isValid = true
    for target in schemas {
      guard case .invalid(let cause) = checkSame(target) else { continue }
      isValid = false
      if let cause { causes.append(cause) }
      if isQuiet { break }
    }
    if !isValid { fail(.allOf, causes) }
  }

  private mutating func checkAny(_ schemas: [Int]) {
    guard !schemas.isEmpty else { return }
    var causes: [Cause] = []
    var isMatched = false
    for target in schemas {
      switch checkSame(target) {
      case .valid: isMatched = true
      case .invalid(let cause):
        if let cause { causes.append(cause) }
        continue
      }
      // Where somebody asks what is left unevaluated every schema must be heard.
      if unevaluated.isEmpty { break }
    }
    if !isMatched { fail(.anyOf, causes) }
  }

  private mutating func checkOne(_ schemas: [Int]) {
    guard !schemas.isEmpty else { return }
    var causes: [Cause] = []
    var matched: Int?
    for (index, target) in schemas.enumerated() {
      switch checkSame(target, isQuiet: matched != nil) {
      case .valid:
        if let first = matched {
          fail(.oneOf(matched: [first, index]))
          return
        }
        matched = index
      case .invalid(let cause):
        if matched == nil, let cause { causes.append(cause) }
      }
    }
    if matched == nil { fail(.oneOf(matched: nil), causes) }
  }

  mutating func checkUnevaluated() {
    guard schema.keywords.draft >= .draft2019 else { return }
    if case .object(let members) = value, let target = schema.keywords.object.unevaluated {
      for (member, isLeft) in zip(members, unevaluated.flags) where isLeft {
        note(validator.check(program, target, member.value, at: .key(member.name), isQuiet: isQuiet))
      }
      unevaluated = Unevaluated()
    }
    if case .array(let items) = value, let target = schema.keywords.array.unevaluated {
      for (index, isLeft) in unevaluated.flags.enumerated() where isLeft {
        note(validator.check(program, target, items[index], at: .index(index), isQuiet: isQuiet))
      }
      unevaluated = Unevaluated()
    }
  }
}
