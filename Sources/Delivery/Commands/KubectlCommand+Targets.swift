import SourceText

/// What a command line names as its targets, before it is known what becomes of them.
struct TargetReader {
  let script: ScriptText
  let command: KubectlCommand

  private func target(_ subject: DeliveryTarget.Subject, _ range: ByteRange) -> DeliveryTarget {
    DeliveryTarget(
      subject, namespace: command.namespace, context: command.context,
      place: SourceRange(script.file, range))
  }

  /// The targets of a verb that takes files or `TYPE NAME…`.
  func targets(_ stream: [DeliveryTarget]) -> [DeliveryTarget] {
    let files = fileTargets(stream)
    return files.isEmpty ? objectTargets : files
  }

  /// The targets of `-f` and `-k`; `stream` stands for `-f -`.
  func fileTargets(_ stream: [DeliveryTarget]) -> [DeliveryTarget] {
    let files = command.files("--filename").map {
      ($0, DeliveryTarget.ManifestForm.files(isRecursive: command.isRecursive))
    }
    let kustomizations = command.files("--kustomize").map { ($0, DeliveryTarget.ManifestForm.kustomization) }
    return (files + kustomizations).flatMap { word, form -> [DeliveryTarget] in
      guard isStandardInput(word) else { return [target(.manifests(path: word.text, form: form), word.range)] }
      if stream.isEmpty { return [target(.stream, word.range)] }
      return stream.map { found in
        var found = found
        found.namespace = command.namespace ?? found.namespace
        found.context = command.context
        return found
      }
    }
  }

  private func isStandardInput(_ word: ResolvedWord) -> Bool {
    word.text.constant == "-" || word.text.constant == "/dev/stdin"
  }

  /// `TYPE/NAME…`, `TYPE NAME…`, `TYPE -l SELECTOR`, `TYPE --all`, with several types joined by commas.
  var objectTargets: [DeliveryTarget] {
    let arguments = command.line.arguments
    guard let first = arguments.first else { return [] }
    if isTypeAndName(first) { return arguments.compactMap { typeAndName($0) } }
    let kinds = first.text.split(at: ",").map { ObjectKind.canonical($0) }
    let selector = command.line.value("--selector")?.text ?? command.line.value("--field-selector")?.text
    if arguments.count == 1 {
      guard selector != nil || command.line.isSet("--all") else {
        // A single unknown word may be anything: `$OBJECT`.
        return first.text.isConstant ? [] : [target(.object(kind: first.text, name: first.text), first.range)]
      }
      return kinds.map { target(.selection(kind: $0, selector: selector), first.range) }
    }
    return arguments.dropFirst().flatMap { word in
      kinds.map { kind in target(.object(kind: kind, name: word.text), word.range) }
    }
  }

  private func isTypeAndName(_ word: ResolvedWord) -> Bool { word.text.split(at: "/").count == 2 }

  private func typeAndName(_ word: ResolvedWord) -> DeliveryTarget? {
    let parts = word.text.split(at: "/")
    guard parts.count == 2 else { return nil }
    return target(.object(kind: ObjectKind.canonical(parts[0]), name: parts[1]), word.range)
  }

  /// `create deployment NAME`, `create secret generic NAME`, `run NAME`, `expose TYPE NAME`.
  var createdTargets: [DeliveryTarget] {
    let arguments = command.line.arguments
    switch command.verb {
    case .run:
      guard let name = arguments.first else { return [] }
      return [target(.object(kind: ResolvedText("Pod"), name: name.text), name.range)]
    case .expose:
      guard let source = objectTargets.first, case .object(_, let name) = source.subject else { return [] }
      let given = command.line.value("--name")
      return [
        target(.object(kind: ResolvedText("Service"), name: given?.text ?? name), given?.range ?? source.place.range)
      ]
    case .create:
      guard let first = arguments.first else { return [] }
      let kind = ObjectKind.canonical(first.text)
      // Secrets and services have a type between kind and name.
      let hasType = kind.constant == "Secret" || kind.constant == "Service"
      let place = hasType ? 2 : 1
      guard arguments.count > place else { return [] }
      return [target(.object(kind: kind, name: arguments[place].text), arguments[place].range)]
    default: return []
    }
  }
}

extension KubectlCommand {
  /// The objects that the command line names, as `TYPE/NAME`, `TYPE NAME` or by labels.
  package func objectTargets(in file: SourceFile) -> [DeliveryTarget] {
    TargetReader(script: ScriptText(file), command: self).objectTargets
  }
}
