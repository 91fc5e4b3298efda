import SourceText

extension SchemaRun {
  mutating func checkObject(_ members: [Instance.Member]) {
    if let minimum = schema.keywords.object.minimum, members.count < minimum {
      fail(.minimumProperties(got: members.count, want: minimum))
    }
    if let maximum = schema.keywords.object.maximum, members.count > maximum {
      fail(.maximumProperties(got: members.count, want: maximum))
    }
    let missing = SchemaRun.missing(schema.keywords.object.required, in: members)
    if !missing.isEmpty { fail(.required(missing: missing)) }
    if isDone { return }
    for (name, dependency) in schema.keywords.object.dependencies where Instance.member(name, of: members) != nil {
      switch dependency {
      case .names(let names): require(names, in: members, dueTo: name)
      case .schema(let target): note(checkSame(target))
      }
    }
    checkMembers(members)
    if isDone { return }
    if let target = schema.keywords.object.propertyNames { checkNames(of: members, target) }
    for (name, target) in schema.keywords.object.dependentSchemas where Instance.member(name, of: members) != nil {
      note(checkSame(target))
    }
    for (name, names) in schema.keywords.object.dependentRequired where Instance.member(name, of: members) != nil {
      require(names, in: members, dueTo: name)
    }
  }

  private static func missing(_ names: [ByteString], in members: [Instance.Member]) -> [ByteString] {
    names.filter { Instance.member($0, of: members) == nil }
  }

  private mutating func require(_ names: [ByteString], in members: [Instance.Member], dueTo property: ByteString) {
    let missing = SchemaRun.missing(names, in: members)
    if !missing.isEmpty { fail(.dependency(property: property, missing: missing)) }
  }

  private mutating func checkMembers(_ members: [Instance.Member]) {
    if schema.keywords.object.properties.isEmpty && schema.keywords.object.patterns.isEmpty
      && schema.keywords.object.additional == nil
    {
      return
    }
    var unwanted: [ByteString] = []
    for (index, member) in members.enumerated() {
      if isDone { return }
      var isEvaluated = false
      if let target = schema.keywords.object.property(member.name) {
        isEvaluated = true
        check(member, target)
      }
      for (pattern, target) in schema.keywords.object.patterns where pattern.expression.isMatch(member.name) {
        isEvaluated = true
        check(member, target)
      }
      if !isEvaluated, let additional = schema.keywords.object.additional {
        isEvaluated = true
        switch additional {
        case .boolean(true): break
        case .boolean(false): unwanted.append(member.name)
        case .schema(let target): check(member, target)
        }
      }
      if isEvaluated { unevaluated.evaluate(index) }
    }
    if !unwanted.isEmpty { fail(.additionalProperties(unwanted)) }
  }

  private mutating func check(_ member: Instance.Member, _ target: Int) {
    note(validator.check(program, target, member.value, at: .key(member.name), isQuiet: isQuiet))
  }

  private mutating func checkNames(of members: [Instance.Member], _ target: Int) {
    for member in members {
      guard let causes = validator.causes(ofName: member.name, program, target) else { continue }
      fail(.propertyName(member.name), causes)
    }
  }

  // MARK: Arrays

  mutating func checkArray(_ items: [Instance]) {
    if let minimum = schema.keywords.array.minimum, items.count < minimum {
      fail(.minimumItems(got: items.count, want: minimum))
    }
    if let maximum = schema.keywords.array.maximum, items.count > maximum {
      fail(.maximumItems(got: items.count, want: maximum))
    }
    if schema.keywords.array.areUnique, let (first, second) = SchemaRun.duplicates(items) {
      fail(.duplicateItems(first, second))
    }
    if schema.keywords.draft >= .draft2020 {
      check(items, against: schema.keywords.array.prefix)
      if let rest = schema.keywords.array.rest, items.count > schema.keywords.array.prefix.count {
        check(
          items, schema.keywords.array.prefix.count..<items.count, numberedFrom: schema.keywords.array.prefix.count,
          rest)
      }
    } else {
      checkOlderItems(items)
    }
    if let target = schema.keywords.array.contains { checkContains(items, target) }
  }

  /// The first two equal items, by the later of them.
  private static func duplicates(_ items: [Instance]) -> (Int, Int)? {
    if items.count <= 20 {
      for later in items.indices.dropFirst() {
        for earlier in 0..<later where Instance.areEqual(items[later], items[earlier]) { return (earlier, later) }
      }
      return nil
    }
    var seen: [Int: [Int]] = [:]
    for (index, item) in items.enumerated() {
      let hash = item.contentHash
      for earlier in seen[hash] ?? [] where Instance.areEqual(item, items[earlier]) { return (earlier, index) }
      seen[hash, default: []].append(index)
    }
    return nil
  }

  private mutating func check(_ items: [Instance], against schemas: [Int]) {
    for (index, target) in schemas.enumerated() where index < items.count {
      note(validator.check(program, target, items[index], at: .index(index), isQuiet: isQuiet))
    }
  }

  private mutating func check(_ items: [Instance], _ range: Range<Int>, numberedFrom first: Int, _ target: Int) {
    for index in range {
      let step = SchemaFailure.Step.index(index - range.lowerBound + first)
      note(validator.check(program, target, items[index], at: step, isQuiet: isQuiet))
    }
  }

  private mutating func checkOlderItems(_ items: [Instance]) {
    var evaluated = 0
    switch schema.keywords.array.items {
    case nil: break
    case .all(let target):
      check(items, items.indices, numberedFrom: 0, target)
      evaluated = items.count
    case .tuple(let schemas):
      check(items, against: schemas)
      evaluated = min(items.count, schemas.count)
    }
    switch schema.keywords.array.additional {
    case nil, .boolean(true): break
    case .boolean(false):
      if evaluated != items.count { fail(.additionalItems(count: items.count - evaluated)) }
    case .schema(let target): check(items, evaluated..<items.count, numberedFrom: evaluated, target)
    }
  }

  private mutating func checkContains(_ items: [Instance], _ target: Int) {
    var causes: [Cause] = []
    var matched: [Int] = []
    for (index, item) in items.enumerated() {
      switch validator.check(program, target, item, at: .index(index), isQuiet: isQuiet) {
      case .valid:
        matched.append(index)
        if schema.keywords.draft >= .draft2020 { unevaluated.evaluate(index) }
      case .invalid(let cause):
        if let cause { causes.append(cause) }
      }
    }
    if let minimum = schema.keywords.array.minimumContains {
      if matched.count < minimum { fail(.minimumContains(matched: matched, want: minimum), causes) }
    } else if matched.isEmpty {
      fail(.contains, causes)
    }
    if let maximum = schema.keywords.array.maximumContains, matched.count > maximum {
      fail(.maximumContains(matched: matched, want: maximum))
    }
  }
}

extension Instance {
  /// A hash that equal values share.
  var contentHash: Int {
    var hasher = Hasher()
    feed(&hasher)
    return hasher.finalize()
  }

  private func feed(_ hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .boolean(let value): hasher.combine(value)
    case .string(let text): hasher.combine(text)
    case .number(let number):
      let decimal = Decimal(number)
      hasher.combine(decimal?.digits)
      hasher.combine(decimal?.exponent)
    case .array(let items): for item in items { item.feed(&hasher) }
    case .object(let members):
      for member in members {
        hasher.combine(member.name)
        member.value.feed(&hasher)
      }
    case .unsupported(let name): hasher.combine(name)
    }
  }
}
