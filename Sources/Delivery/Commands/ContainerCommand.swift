import SourceText

/// A call of a program that builds, names, copies or pushes images, by its own grammar: docker, podman, buildah,
/// nerdctl, crane, skopeo, regctl, kaniko, jib, ko, `az acr`, `aws ecr put-image`.
package struct ContainerCommand: Sendable {
  package enum Verb: Hashable, Sendable {
    case build, push, tag, copy, pull, run
    case other(String)
  }

  package var verb: Verb
  /// The images that the command makes or names anew, in order.
  package var images: [ResolvedWord]
  /// The images that it is given: what is tagged, copied, pulled or run.
  package var sources: [ResolvedWord]
  /// The images go to a registry.
  package var pushes: Bool
  package var verbRange: ByteRange

  /// What the command sends to a registry.
  package var pushedImages: [ResolvedWord] { pushes ? images : [] }

  private init(
    _ verb: Verb, at range: ByteRange, images: [ResolvedWord] = [], sources: [ResolvedWord] = [], pushes: Bool = false
  ) {
    self.verb = verb
    self.images = images
    self.sources = sources
    self.pushes = pushes
    verbRange = range
  }

  /// A build that pushes what it makes.
  init(pushing images: [ResolvedWord], at range: ByteRange) {
    self.init(.build, at: range, images: images, pushes: true)
  }

  /// Reads a command by its program; nil for programs that have nothing to do with images.
  static func read(_ words: [ResolvedWord]) -> ContainerCommand? {
    guard let program = words.first?.text.constant.map({ GoPath.base($0).string }) else { return nil }
    let rest = words.dropFirst()
    switch program {
    case "docker", "podman", "buildah", "nerdctl", "img": return engine(rest)
    case "crane", "gcrane": return crane(rest)
    case "skopeo": return skopeo(rest)
    case "regctl": return regctl(rest)
    case "executor", "kaniko": return kaniko(rest)
    case "ko": return ko(rest)
    case "mvn", "mvnw": return jib(rest)
    case "az": return azure(rest)
    case "aws": return amazon(rest)
    default: return nil
    }
  }

  // MARK: Engines

  /// Docker and the programs with its grammar.
  private static func engine(_ words: ArraySlice<ResolvedWord>) -> ContainerCommand? {
    let line = ArgumentList(words, grammar: .docker)
    var arguments = line.arguments[...]
    guard var verb = arguments.popFirst() else { return nil }
    let groups: [ByteString: Set<String>] = [
      "image": ["build", "push", "tag", "pull"], "buildx": ["build", "b", "imagetools", "bake"],
      "manifest": ["push", "create"], "imagetools": ["create"], "builder": ["build"], "container": ["run"],
    ]
    var group: ByteString?
    while let name = verb.text.constant, let known = groups[name], let next = arguments.first,
      known.contains(next.text.constant?.string ?? "")
    {
      group = name
      verb = next
      arguments = arguments.dropFirst()
    }
    let images = line.values("--tag")
    let pushes = line.isSet("--push") || line.values("--output").contains { $0.text.shown.string.contains("registry") }
    switch (group, verb.text.constant) {
    case ("imagetools", "create"):
      return ContainerCommand(.copy, at: verb.range, images: images, sources: Array(arguments), pushes: true)
    case ("manifest", "push"), (_, "push"):
      return push(Array(arguments), at: verb.range)
    case (_, "build"), (_, "b"), (_, "bud"), (_, "build-using-dockerfile"):
      return ContainerCommand(.build, at: verb.range, images: images, pushes: pushes)
    case (_, "tag"):
      return ContainerCommand(
        .tag, at: verb.range, images: Array(arguments.dropFirst().prefix(1)), sources: Array(arguments.prefix(1)))
    case (_, "pull"): return ContainerCommand(.pull, at: verb.range, sources: Array(arguments.prefix(1)))
    case (_, "run"): return ContainerCommand(.run, at: verb.range, sources: Array(arguments.prefix(1)))
    case (_, let name): return ContainerCommand(.other(name?.string ?? ""), at: verb.range)
    }
  }

  /// `push IMAGE`, and `push IMAGE DESTINATION` of podman and buildah.
  private static func push(_ arguments: [ResolvedWord], at range: ByteRange) -> ContainerCommand {
    let images = arguments.count > 1 ? [withoutTransport(arguments[1])] : arguments
    return ContainerCommand(.push, at: range, images: images, sources: Array(arguments.prefix(1)), pushes: true)
  }

  // MARK: Registries

  private static func crane(_ words: ArraySlice<ResolvedWord>) -> ContainerCommand? {
    let line = ArgumentList(words, grammar: .crane)
    guard let verb = line.arguments.first else { return nil }
    let arguments = Array(line.arguments.dropFirst())
    switch verb.text.constant {
    case "push":
      return ContainerCommand(.push, at: verb.range, images: Array(arguments.dropFirst().prefix(1)), pushes: true)
    case "copy", "cp":
      return ContainerCommand(
        .copy, at: verb.range, images: Array(arguments.dropFirst().prefix(1)), sources: Array(arguments.prefix(1)),
        pushes: true)
    case "tag":
      guard arguments.count > 1 else { return nil }
      return ContainerCommand(
        .tag, at: verb.range, images: [named(arguments[0], arguments[1])], sources: [arguments[0]], pushes: true)
    case "append", "mutate", "rebase":
      return ContainerCommand(.build, at: verb.range, images: line.values("--tag"), pushes: true)
    case let name: return ContainerCommand(.other(name?.string ?? ""), at: verb.range)
    }
  }

  private static func skopeo(_ words: ArraySlice<ResolvedWord>) -> ContainerCommand? {
    let line = ArgumentList(words, grammar: .skopeo)
    guard let verb = line.arguments.first else { return nil }
    guard verb.text.constant == "copy", line.arguments.count > 2 else {
      return ContainerCommand(.other(verb.text.constant?.string ?? ""), at: verb.range)
    }
    let destination = line.arguments[2]
    return ContainerCommand(
      .copy, at: verb.range, images: [withoutTransport(destination)], sources: [withoutTransport(line.arguments[1])],
      pushes: destination.text.literalPrefix.hasPrefix("docker://"))
  }

  private static func regctl(_ words: ArraySlice<ResolvedWord>) -> ContainerCommand? {
    let line = ArgumentList(words, grammar: FlagGrammar(valued: [], short: [:]))
    guard line.arguments.count > 3, line.arguments[0].text.constant == "image",
      ["copy", "cp"].contains(line.arguments[1].text.constant)
    else { return nil }
    return ContainerCommand(
      .copy, at: line.arguments[1].range, images: [line.arguments[3]], sources: [line.arguments[2]], pushes: true)
  }

  // MARK: Builders

  private static func kaniko(_ words: ArraySlice<ResolvedWord>) -> ContainerCommand? {
    let line = ArgumentList(words, grammar: .kaniko)
    guard let destination = line.flag("--destination") else { return nil }
    return ContainerCommand(
      .build, at: destination.range, images: line.values("--destination"), pushes: !line.isSet("--no-push"))
  }

  private static func ko(_ words: ArraySlice<ResolvedWord>) -> ContainerCommand? {
    let line = ArgumentList(words, grammar: .ko)
    guard let verb = line.arguments.first, ["build", "publish"].contains(verb.text.constant) else { return nil }
    return ContainerCommand(.build, at: verb.range, pushes: !line.isSet("--local") && !line.isSet("-L"))
  }

  /// `mvn package jib:build -Dimage=…`
  private static func jib(_ words: ArraySlice<ResolvedWord>) -> ContainerCommand? {
    guard let goal = words.first(where: { $0.text.constant == "jib:build" }) else { return nil }
    let images = words.compactMap { word -> ResolvedWord? in
      for prefix: ByteString in ["-Dimage=", "-Djib.to.image="] where word.text.literalPrefix.hasPrefix(prefix) {
        return ResolvedWord(word.text.dropping(prefix.count), range: word.range, isAssumed: word.isAssumed)
      }
      return nil
    }
    return ContainerCommand(.build, at: goal.range, images: images, pushes: true)
  }

  private static func azure(_ words: ArraySlice<ResolvedWord>) -> ContainerCommand? {
    let line = ArgumentList(words, grammar: .azure)
    guard line.arguments.count > 1, line.arguments[0].text.constant == "acr",
      line.arguments[1].text.constant == "build"
    else { return nil }
    return ContainerCommand(
      .build, at: line.arguments[1].range, images: line.values("--image"), pushes: !line.isSet("--no-push"))
  }

  private static func amazon(_ words: ArraySlice<ResolvedWord>) -> ContainerCommand? {
    let line = ArgumentList(words, grammar: .amazon)
    guard line.arguments.count > 1, line.arguments[0].text.constant == "ecr",
      line.arguments[1].text.constant == "put-image", let repository = line.value("--repository-name"),
      let tag = line.value("--image-tag")
    else { return nil }
    return ContainerCommand(.tag, at: line.arguments[1].range, images: [named(repository, tag)], pushes: true)
  }

  // MARK: Names

  /// An image that is named in two words; the tag's place is that of its word.
  private static func named(_ repository: ResolvedWord, _ tag: ResolvedWord) -> ResolvedWord {
    var text = repository.text
    if let colon = text.offsets(of: ":").last, colon > (text.offsets(of: "/").last ?? -1) {
      text = text.slice(0..<colon)
    }
    if let at = text.offsets(of: "@").first { text = text.slice(0..<at) }
    text.append(":")
    text.append(tag.text)
    return ResolvedWord(text, range: tag.range, isAssumed: repository.isAssumed || tag.isAssumed)
  }

  /// `docker://reg/web:1` is `reg/web:1`.
  private static func withoutTransport(_ word: ResolvedWord) -> ResolvedWord {
    guard word.text.literalPrefix.hasPrefix("docker://") else { return word }
    return ResolvedWord(word.text.dropping("docker://".utf8.count), range: word.range, isAssumed: word.isAssumed)
  }
}

extension FlagGrammar {
  /// Of docker, podman, buildah and nerdctl together.
  static let docker = FlagGrammar(
    valued: [
      "--config", "--context", "--host", "--log-level", "--tlscacert", "--tlscert", "--tlskey", "--add-host",
      "--allow", "--annotation", "--attest", "--build-arg", "--build-context", "--builder", "--cache-from",
      "--cache-to", "--call", "--cgroup-parent", "--file", "--iidfile", "--label", "--metadata-file", "--network",
      "--no-cache-filter", "--output", "--platform", "--progress", "--provenance", "--sbom", "--secret", "--shm-size",
      "--ssh", "--tag", "--target", "--ulimit", "--isolation", "--memory", "--memory-swap", "--cpu-period",
      "--cpu-quota",
      "--cpu-shares", "--cpuset-cpus", "--cpuset-mems", "--security-opt", "--authfile", "--cert-dir", "--creds",
      "--digestfile", "--format", "--sign-by", "--storage-driver", "--root", "--runroot", "--namespace", "--address",
      "--arch", "--os", "--variant", "--manifest", "--volume", "--env", "--env-file", "--name", "--workdir", "--user",
      "--entrypoint", "--publish", "--hostname", "--mount", "--restart", "--pull-policy", "--from", "--jobs",
      "--layers",
      "--logfile", "--retry", "--retry-delay", "--compression-format", "--append-file", "--driver-opt",
    ],
    short: [
      "-t": "--tag", "-f": "--file", "-o": "--output", "-H": "--host", "-c": "--context", "-l": "--log-level",
      "-v": "--volume", "-e": "--env", "-w": "--workdir", "-u": "--user", "-p": "--publish", "-n": "--namespace",
      "-a": "--all-tags", "-q": "--quiet", "-m": "--memory",
    ])

  static let crane = FlagGrammar(
    valued: [
      "--tag", "--new_tag", "--base", "--new_layer", "--platform", "--label", "--annotation", "--jobs", "--set",
    ],
    short: ["-t": "--tag", "-b": "--base", "-f": "--new_layer", "-j": "--jobs"])

  static let skopeo = FlagGrammar(
    valued: [
      "--src-creds", "--dest-creds", "--creds", "--authfile", "--src-authfile", "--dest-authfile", "--format",
      "--src-cert-dir", "--dest-cert-dir", "--sign-by", "--override-arch", "--override-os", "--retry-times",
      "--multi-arch", "--digestfile", "--additional-tag", "--src-registry-token", "--dest-registry-token", "--policy",
    ],
    short: ["-f": "--format", "-a": "--all"])

  static let kaniko = FlagGrammar(
    valued: [
      "--destination", "--context", "--dockerfile", "--build-arg", "--cache-repo", "--cache-dir", "--target",
      "--digest-file", "--verbosity", "--snapshot-mode", "--label", "--registry-mirror",
    ],
    short: ["-d": "--destination", "-c": "--context", "-f": "--dockerfile", "-v": "--verbosity"])

  static let ko = FlagGrammar(
    valued: ["--tags", "--platform", "--image-refs", "--image-label", "--sbom", "--jobs"],
    short: ["-t": "--tags", "-j": "--jobs"])

  static let azure = FlagGrammar(
    valued: [
      "--image", "--registry", "--file", "--resource-group", "--name", "--build-arg", "--platform", "--subscription",
      "--target", "--output",
    ],
    short: ["-t": "--image", "-r": "--registry", "-f": "--file", "-g": "--resource-group", "-n": "--name"])

  static let amazon = FlagGrammar(
    valued: [
      "--repository-name", "--image-tag", "--image-manifest", "--image-ids", "--region", "--profile", "--output",
      "--query",
      "--registry-id", "--filter", "--max-items", "--page-size", "--starting-token", "--name", "--kubeconfig",
      "--role-arn", "--alias", "--endpoint-url", "--cluster-name", "--image-digest", "--image-manifest-media-type",
    ],
    short: [:])
}
