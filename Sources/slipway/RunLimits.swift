import ArgumentParser
import Charts
import Flags
import TemplateLanguage

/// What one run of a command may use up.
struct RunLimits: Sendable {
  var evaluation = Limits(stackBytes: LargeStack.usableBytes)
  var chart = ChartLimits()
  /// Processor time, in seconds, since the last file was read for the first time. Renders are asked to stop then;
  /// a run that goes on all the same is ended some seconds later.
  ///
  /// What templates do is counted, and ends long before. This is for what takes long in itself: a dozen RSA keys of
  /// 4096 bits, which Helm makes too, take seven seconds.
  var seconds = 20.0
  /// Bytes of memory in use beyond those at the start. Renders are asked to stop then; a run that takes a quarter
  /// more is ended.
  var memoryBytes = 400 << 20
  /// Seconds that a named pipe may stay silent. Standard input may as long as it likes.
  var waitSeconds = 60.0

  /// Takes the value of one flag, whose text has been checked.
  mutating func set(_ name: String, to number: Double) {
    switch name {
    case "max-steps": evaluation.steps = Int(number)
    case "max-output": evaluation.outputBytes = Int(number)
    case "max-memory": memoryBytes = Int(number)
    case "max-time": seconds = number
    case "max-wait": waitSeconds = number
    case "max-chart": chart.chartBytes = Int(number)
    case "max-file": chart.fileBytes = Int(number)
    default: break
    }
  }

  /// The limits that a command line of `render` sets.
  init(_ flags: ParsedFlags) {
    for flag in TemplateFlags.limits {
      guard case .limit(let kind) = flag.kind, let text = flags.string(flag.name) else { continue }
      if let number = kind.number(text) { set(flag.name, to: number) }
    }
  }

  init() {}

  /// For runs that judge whole repositories, and do more than to render.
  static var ofLint: RunLimits {
    var limits = RunLimits()
    limits.memoryBytes = 1228 << 20
    return limits
  }
}

/// The flags that set limits, for the commands whose arguments ArgumentParser reads.
struct LimitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Steps that templates may take (40000000).", valueName: "number"))
  var maxSteps: String?

  @Option(help: ArgumentHelp("Text that templates may make in total (128MiB).", valueName: "size"))
  var maxOutput: String?

  @Option(help: ArgumentHelp("Memory that the run may use (400MiB; lint: 1228MiB).", valueName: "size"))
  var maxMemory: String?

  @Option(help: ArgumentHelp("Processor time since the last file was read (20s).", valueName: "time"))
  var maxTime: String?

  @Option(help: ArgumentHelp("How long a named pipe may stay silent (60s).", valueName: "time"))
  var maxWait: String?

  @Option(help: ArgumentHelp("All files of a chart, unpacked (100MiB, as Helm).", valueName: "size"))
  var maxChart: String?

  @Option(help: ArgumentHelp("One file of a chart (5MiB, as Helm).", valueName: "size"))
  var maxFile: String?

  /// The limits that the flags set, on top of a command's own.
  func limits(from defaults: RunLimits) -> RunLimits {
    var limits = defaults
    for (name, kind, text) in given {
      if let text, let number = kind.number(text) { limits.set(name, to: number) }
    }
    return limits
  }

  mutating func validate() throws {
    for (name, kind, text) in given where text.map({ kind.number($0) == nil }) == true {
      throw ValidationError("invalid argument `\(text ?? "")` for `--\(name)`: expected \(kind.expectation)")
    }
  }

  private var given: [(name: String, kind: LimitKind, text: String?)] {
    [
      ("max-steps", .count, maxSteps), ("max-output", .size, maxOutput), ("max-memory", .size, maxMemory),
      ("max-time", .time, maxTime), ("max-wait", .time, maxWait), ("max-chart", .size, maxChart),
      ("max-file", .size, maxFile),
    ]
  }
}
