import SourceText

extension CommandWalk {
  mutating func walkConditional(_ arms: [ShellCommand.Arm], _ otherwise: ShellList?, at start: Int) -> Flow {
    let outerTest = testsExistence
    var fork = Fork(self, at: start, arms: arms.count + 1)
    var isOpen = true
    for (index, arm) in arms.enumerated() {
      testsExistence = false
      walkCondition(arm.condition)
      fork.entry = environment
      fork.condition = tree.script.place(arm.condition.range)
      fork.testsExistence = testsExistence
      let answer = ConstantTest(expansion).answer(to: arm.condition)
      if answer != false { fork.run(arm.body, arm: index, &self) }
      if answer == true {
        isOpen = false
        break
      }
    }
    if isOpen { fork.run(otherwise ?? ShellList(), arm: arms.count, &self) }
    testsExistence = outerTest
    return fork.finish(&self)
  }

  mutating func walkChoice(_ subject: ShellWord, _ choices: [ShellCommand.Choice], at start: Int) -> Flow {
    var fork = Fork(self, at: start, arms: choices.count + 1)
    fork.condition = tree.script.place(subject.range)
    let test = ConstantTest(expansion)
    var isOpen = true
    for (index, choice) in choices.enumerated() {
      let answer = test.matches(subject, choice.patterns)
      if answer != false { fork.run(choice.body, arm: index, &self) }
      if answer == true {
        isOpen = false
        break
      }
    }
    if isOpen { fork.run(ShellList(), arm: choices.count, &self) }
    return fork.finish(&self)
  }

  /// A place where a script goes one of several ways.
  private struct Fork {
    private let place: Circumstances.Branch.Fork
    private let outer: Circumstances
    private var arms: Set<Int>
    private var left: [Int: Flow] = [:]
    private var ways: [ShellEnvironment] = []
    /// What is known where the next arm begins.
    var entry: ShellEnvironment
    var condition: ByteRange?
    var testsExistence = false

    init(_ walk: CommandWalk, at start: Int, arms: Int) {
      place = Circumstances.Branch.Fork(
        file: walk.tree.script.file, offset: walk.tree.script.place(ByteRange(start, start)).start, call: walk.call)
      outer = walk.circumstances
      self.arms = []
      entry = walk.environment
    }

    mutating func run(_ body: ShellList, arm: Int, _ walk: inout CommandWalk) {
      arms.insert(arm)
      walk.environment = entry
      walk.circumstances = outer
      walk.circumstances.branches.append(
        Circumstances.Branch(
          fork: place, arms: [arm], condition: condition, testsExistence: testsExistence))
      let flow = walk.walk(body)
      walk.circumstances = outer
      if flow == .normal { ways.append(walk.environment) } else { left[arm] = flow }
    }

    /// Joins the arms again. What follows does not run after an arm that left.
    func finish(_ walk: inout CommandWalk) -> Flow {
      walk.circumstances = outer
      guard let first = ways.first else { return left.values.contains(.returned) ? .returned : .exited }
      walk.environment = ways.dropFirst().reduce(first) { $0.merged(with: $1) }
      if !left.isEmpty {
        walk.circumstances.branches.append(
          Circumstances.Branch(fork: place, arms: arms.subtracting(left.keys), condition: condition))
      }
      return .normal
    }
  }
}
