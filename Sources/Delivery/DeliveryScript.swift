import SourceText

/// The commands that a delivery file runs, in order.
package struct DeliveryScript: Sendable {
  package var file: SourceFile
  package var kind: DeliveryFileKind
  /// The names of the events that start a workflow: `push`, `pull_request`; with their types: `pull_request.closed`.
  package var triggers: [String]
  /// The workflow's `name`.
  package var title: String
  /// The jobs in the order in which they run (a job after the ones it `needs`). A plain script is one job; a function
  /// that the script never calls is a job of its own.
  package var jobs: [DeliveryJob]
  /// The scripts of the input that this one calls or reads in.
  package var calledFiles: Set<String> = []

  package init(
    file: SourceFile, kind: DeliveryFileKind, title: String = "", triggers: [String] = [], jobs: [DeliveryJob] = []
  ) {
    self.file = file
    self.kind = kind
    self.title = title
    self.triggers = triggers
    self.jobs = jobs
  }
}

/// A sequence of commands that run one after the other on one machine.
package struct DeliveryJob: Sendable {
  /// The job's key in a workflow; the function's name; empty for the script itself.
  package var name: String
  /// The job's `name`, for readers.
  package var title: String
  /// The jobs that must have succeeded before.
  package var needs: [String]
  /// The job's `if`, as written; nil when there is none.
  package var condition: String?
  /// The job's `environment`, as written.
  package var environment: String?
  /// After how long the pipeline ends the job; nil where it does not say, or where only the run knows.
  package var timeLimit: TimeLimit?
  package var steps: [DeliveryStep]
  /// A run of its own: a function that the script never calls, a target of a Makefile, one of several pipelines.
  package var isUncalledFunction: Bool

  package init(
    name: String = "", title: String = "", needs: [String] = [], condition: String? = nil, environment: String? = nil,
    steps: [DeliveryStep] = [], isUncalledFunction: Bool = false
  ) {
    self.name = name
    self.title = title
    self.needs = needs
    self.condition = condition
    self.environment = environment
    self.steps = steps
    self.isUncalledFunction = isUncalledFunction
  }

  /// The time that a pipeline grants a job: `timeout-minutes` of GitHub, `timeout` of GitLab.
  package struct TimeLimit: Hashable, Sendable {
    package var seconds: Int
    /// Key and value.
    package var place: SourceRange
    /// As written.
    package var text: String
  }

  /// All commands of the job in order.
  package var commands: [DeliveryCommand] { steps.flatMap(\.commands) }
}

/// A step of a workflow's job; a plain script has one.
package struct DeliveryStep: Sendable {
  /// The step's `name`, or what stands for it.
  package var title: String
  /// The step's `if`, as written.
  package var condition: String?
  /// The action that the step uses: `helm/kind-action@v1`. Such a step has no commands.
  package var action: String?
  package var commands: [DeliveryCommand]

  package init(
    title: String = "", condition: String? = nil, action: String? = nil, commands: [DeliveryCommand] = []
  ) {
    self.title = title
    self.condition = condition
    self.action = action
    self.commands = commands
  }
}

/// One simple command with its words as far as they are known.
package struct DeliveryCommand: Sendable {
  /// The command in the file, from its first word to its last, with what wraps it (`sudo`, `time`).
  package var place: SourceRange
  /// The words after wrappers, variables replaced; the first is the program.
  package var words: [ResolvedWord]
  /// What the command does, for the programs that are known.
  package var action: DeliveryAction
  package var circumstances: Circumstances
  /// Commands that feed this one through a pipe, first to last.
  package var feeders: [[ResolvedWord]]
  /// The file that gets what the command prints.
  package var output: ResolvedText?

  /// The objects, files or releases that the command takes away.
  package var deletes: [DeliveryTarget]
  /// Those that it creates, or creates anew where they are missing.
  package var creates: [DeliveryTarget]
  /// Those whose readiness it waits for.
  package var waits: [DeliveryTarget]

  /// The program's name without its folder; empty when it is not known.
  package var program: ByteString {
    guard let name = words.first?.text.constant else { return "" }
    return GoPath.base(name)
  }

  /// The words as one line.
  package var shown: String {
    ByteString(words.map(\.text.shown.bytes).joined(separator: [UInt8(ascii: " ")])).string
  }
}

/// Under which conditions a command runs, and what becomes of its failure.
package struct Circumstances: Hashable, Sendable {
  /// The branches around the command, outermost first.
  package var branches: [Branch] = []
  /// What loses the command's failure, outermost first.
  package var masks: [Mask] = []
  /// The command is tested: it stands in the condition of `if`, `while` or `until`.
  package var isCondition = false
  /// Left of `&&` or `||` the command decides whether the next one runs; right of it, the operator that let it run.
  package var follows: Joint = .sequence
  /// In the body of a loop.
  package var isRepeated = false
  /// The shell ends at a command that fails: `set -e`.
  package var stopsAtFailure = false
  /// A pipe fails when any part of it does: `set -o pipefail`.
  package var failsWithPipes = false
  /// Variables that were never set are errors: `set -u`.
  package var demandsVariables = false
  /// The functions and scripts around the command, outermost first.
  package var callers: [ByteString] = []
  /// What the command prints goes on to the next one of its pipe.
  package var feedsPipe = false
  /// A later command reads `$?` of this one.
  package var isStatusRead = false

  /// The command's failure stops nothing: `cmd || true`, the last part of a negation, a condition.
  package var isMasked: Bool { !masks.isEmpty || isCondition }

  package enum Joint: Hashable, Sendable {
    case sequence, and, or
  }

  /// Something that loses the failure of the commands before or in it.
  package struct Mask: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// `|| true`
      case alternative
      /// `!`
      case negation
      /// A part of a pipe behind the command, without `pipefail`.
      case pipe
      /// `&`
      case background
      /// `set +e`
      case ignored
      /// `local X=$(…)`, `echo $(…)`
      case substitution
      /// The CI file says that the step may fail: `continue-on-error`, `allow_failure`.
      case tolerance
    }

    package var kind: Kind
    package var place: SourceRange

    package init(_ kind: Kind, _ place: SourceRange) {
      self.kind = kind
      self.place = place
    }
  }

  package struct Branch: Hashable, Sendable {
    /// A place where a script goes one of several ways, at one time that it is run through.
    package struct Fork: Hashable, Sendable {
      var file: SourceFile
      var offset: Int
      /// Which call of a function or script it is.
      var call: Int
    }

    package var fork: Fork
    /// The arms in which the command runs. Behind a fork with arms that leave the script, those that do not.
    package var arms: Set<Int>
    /// The condition as written, for messages.
    package var condition: ByteRange?
    /// The condition asks whether something exists: `kubectl get`, `helm status`.
    package var testsExistence = false
  }

  /// True when no run executes both.
  package func exclude(_ other: Circumstances) -> Bool {
    branches.contains { branch in
      other.branches.contains { $0.fork == branch.fork && $0.arms.isDisjoint(with: branch.arms) }
    }
  }
}

/// What a command means.
package enum DeliveryAction: Sendable {
  case kubectl(KubectlCommand)
  case helm(HelmCommand)
  case container(ContainerCommand)
  /// Any other program, or a verb that is not known.
  case other
}

/// What a command deletes, creates or waits for.
package struct DeliveryTarget: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    /// One object. The kind is the API's (`Deployment`) where the word is known, otherwise as written.
    case object(kind: ResolvedText, name: ResolvedText)
    /// Objects of a kind chosen by labels or fields; nil selects all of them. `all` is the kind of `kubectl delete all`.
    case selection(kind: ResolvedText, selector: ResolvedText?)
    /// The objects in a file or folder, a kustomization or a chart, or at a URL.
    case manifests(path: ResolvedText, form: ManifestForm)
    /// Objects that come through a pipe and could not be read.
    case stream
    /// A Helm release.
    case release(name: ResolvedText)
  }

  /// How a path leads to objects.
  package enum ManifestForm: Hashable, Sendable {
    /// A file, or the files of a folder; those of its folders too with `-R`.
    case files(isRecursive: Bool)
    case kustomization
    /// A chart that was rendered, as the release of this name.
    case chart(release: ResolvedText?)
  }

  package var subject: Subject
  /// Nil where the command does not name one.
  package var namespace: ResolvedText?
  /// The `--context` or `--kube-context`.
  package var context: ResolvedText?
  /// The chart that a release is made from.
  package var chart: ResolvedText?
  /// The word that names it.
  package var place: SourceRange

  package init(
    _ subject: Subject, namespace: ResolvedText? = nil, context: ResolvedText? = nil, chart: ResolvedText? = nil,
    place: SourceRange
  ) {
    self.subject = subject
    self.namespace = namespace
    self.context = context
    self.chart = chart
    self.place = place
  }
}

/// How certain it is that two targets are one.
package enum TargetRelation: Hashable, Sendable {
  /// The same constants, or the same variables.
  case same
  /// One of them is unknown.
  case possible
  case different
}
