import SourceText
import YAML

/// What a command reads from its standard input.
enum CommandInput {
  case nothing
  /// `< FILE`
  case file(ResolvedWord)
  /// A here-document or here-string.
  case text(ShellHereText)
}

/// The text of a here-document: as written, and where it stands.
struct ShellHereText {
  var text: ResolvedText
  /// Offsets in the script's text.
  var range: ByteRange
}

/// A simple command on its way through a pipe.
struct PipedCommand {
  var words: [ResolvedWord]
  var input: CommandInput
}

/// Gives a command its meaning: what it deletes, creates and waits for.
struct CommandReader {
  let script: ScriptText
  /// The directory that `cd` went to; nil at the start.
  let directory: ResolvedText?
  /// Manifests that earlier commands wrote into files.
  let written: [ByteString: [DeliveryTarget]]

  /// What a command means; `feeders` come before it in its pipe.
  struct Meaning {
    var action = DeliveryAction.other
    var deletes: [DeliveryTarget] = []
    var creates: [DeliveryTarget] = []
    var waits: [DeliveryTarget] = []
  }

  func meaning(of command: PipedCommand, feeders: [PipedCommand]) -> Meaning {
    guard let program = command.words.first?.text.constant else { return Meaning() }
    switch GoPath.base(program).string {
    case "kubectl", "oc", "kubectl.exe", "kubecolor":
      guard let kubectl = KubectlCommand(command.words.dropFirst()) else { return Meaning() }
      return meaning(of: kubectl, stream: stream(into: command, feeders))
    case "helm", "helm3", "helm4", "helm.exe", "slipway":
      return HelmCommand(command.words.dropFirst()).map { meaning(of: $0) } ?? Meaning()
    default: return Meaning(action: ContainerCommand.read(command.words).map { .container($0) } ?? .other)
    }
  }

  // MARK: kubectl

  private func meaning(of command: KubectlCommand, stream: [DeliveryTarget]) -> Meaning {
    var meaning = Meaning(action: .kubectl(command))
    if command.isDryRun { return meaning }
    let reader = TargetReader(script: script, command: command)
    switch command.verb {
    case .delete: meaning.deletes = reader.targets(stream)
    case .apply: meaning.creates = reader.fileTargets(stream)
    case .create, .run, .expose:
      let files = reader.fileTargets(stream)
      meaning.creates = files.isEmpty ? reader.createdTargets : files
    case .replace:
      meaning.creates = reader.fileTargets(stream)
      // Replacing by force is a delete and a create in one.
      if command.isForced { meaning.deletes = meaning.creates }
    case .scale:
      let targets = reader.targets(stream)
      if command.replicas?.constant == "0" { meaning.deletes = targets } else { meaning.creates = targets }
    case .rollout(.status), .wait: meaning.waits = reader.targets(stream)
    case .rollout, .patch, .set, .edit, .autoscale, .get, .other: break
    }
    meaning.deletes = meaning.deletes.flatMap(content).map(located)
    meaning.creates = meaning.creates.flatMap(content).map(located)
    meaning.waits = meaning.waits.flatMap(content).map(located)
    return meaning
  }

  /// What an earlier command of the script wrote into a file.
  private func content(_ target: DeliveryTarget) -> [DeliveryTarget] {
    guard case .manifests(let path, .files) = target.subject, let path = path.constant,
      let content = written[GoPath.clean(path)]
    else { return [target] }
    return content.map { found in
      var found = found
      found.namespace = target.namespace ?? found.namespace
      found.context = target.context
      found.place = target.place
      return found
    }
  }

  /// A target whose path is as seen from where the script began.
  private func located(_ target: DeliveryTarget) -> DeliveryTarget {
    guard case .manifests(let path, let form) = target.subject else { return target }
    var target = target
    target.subject = .manifests(path: path.located(in: directory), form: form)
    return target
  }

  // MARK: helm

  private func meaning(of command: HelmCommand) -> Meaning {
    var command = command
    command.directory = directory
    var meaning = Meaning(action: .helm(command))
    if command.isDryRun { return meaning }
    let chart = command.chartPath
    let releases = command.releases.map { word in
      DeliveryTarget(
        .release(name: word.text), namespace: command.namespace, context: command.context, chart: chart,
        place: SourceRange(script.file, word.range))
    }
    switch command.verb {
    case .uninstall: meaning.deletes = releases
    case .install: meaning.creates = releases
    case .upgrade, .rollback:
      meaning.creates = releases
      if command.waits { meaning.waits = releases }
    case .test: meaning.waits = releases
    case .template, .other: break
    }
    if command.verb == .install, command.waits { meaning.waits = releases }
    return meaning
  }

  // MARK: Pipes

  /// What comes to `kubectl apply -f -`.
  private func stream(into command: PipedCommand, _ feeders: [PipedCommand]) -> [DeliveryTarget] {
    if let found = targets(of: command.input) { return found }
    // From the last feeder back: filters such as `sed` pass on what they get.
    for feeder in feeders.reversed() {
      if let found = targets(made: feeder) { return found }
    }
    return []
  }

  private func targets(of input: CommandInput) -> [DeliveryTarget]? {
    switch input {
    case .nothing: nil
    case .file(let word): [manifests(word)]
    case .text(let here): HereManifests.targets(in: here, script)
    }
  }

  private func manifests(
    _ word: ResolvedWord, _ form: DeliveryTarget.ManifestForm = .files(isRecursive: false)
  ) -> DeliveryTarget {
    DeliveryTarget(.manifests(path: word.text, form: form), place: SourceRange(script.file, word.range))
  }

  /// The manifests that a command of a pipe prints; nil for a filter.
  func targets(made feeder: PipedCommand) -> [DeliveryTarget]? {
    if let found = targets(of: feeder.input) { return found }
    let arguments = feeder.words.dropFirst().filter { $0.text.literalPrefix.bytes.first != UInt8(ascii: "-") }
    switch feeder.words.first?.text.constant.map({ GoPath.base($0).string }) {
    case "cat": return arguments.isEmpty ? nil : arguments.map { manifests($0) }
    case "sed", "yq", "jq": return arguments.count > 1 ? arguments.dropFirst().map { manifests($0) } : nil
    case "kustomize": return arguments.dropFirst().first.map { [manifests($0, .kustomization)] }
    case "kubectl", "oc":
      guard let kubectl = KubectlCommand(feeder.words.dropFirst()) else { return nil }
      if kubectl.verb == .other("kustomize") {
        return kubectl.line.arguments.first.map { [manifests($0, .kustomization)] }
      }
      let created = TargetReader(script: script, command: kubectl).createdTargets
      return created.isEmpty ? nil : created
    case "helm", "helm3", "helm4", "slipway":
      guard let helm = HelmCommand(feeder.words.dropFirst()), helm.verb == .template, let chart = helm.chart else {
        return nil
      }
      var target = manifests(chart, .chart(release: helm.releases.first?.text))
      target.namespace = helm.namespace
      return [target]
    default: return nil
    }
  }
}

/// The objects in a here-document of manifests.
enum HereManifests {
  /// Nil where the text is no YAML with kinds.
  static func targets(in here: ShellHereText, _ script: ScriptText) -> [DeliveryTarget]? {
    let parsed = YAMLParser.parse(SourceFile(path: script.file.path, kind: .generated, text: here.text.shown))
    let place = SourceRange(script.file, script.place(here.range))
    let found = parsed.documents.compactMap { document -> DeliveryTarget? in
      guard let root = document.root, let kind = root["kind"]?.text else { return nil }
      let name = root.descend("metadata", "name")?.text ?? ""
      let namespace = root.descend("metadata", "namespace")?.text
      return DeliveryTarget(
        .object(kind: ResolvedText(kind), name: text(name)), namespace: namespace.map { text($0) }, place: place)
    }
    return found.isEmpty ? nil : found
  }

  /// A scalar in which holes stand as they are written.
  private static func text(_ bytes: ByteString) -> ResolvedText {
    let isHole = bytes.bytes.contains(Ascii.dollar) || bytes.bytes.starts(with: [Ascii.openBrace, Ascii.openBrace])
    return isHole ? ResolvedText(hole: bytes) : ResolvedText(bytes)
  }
}
