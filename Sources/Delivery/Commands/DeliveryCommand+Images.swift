import SourceText

extension DeliveryCommand {
  /// The images that the command names: deploys, makes, tags or pushes.
  package var images: [ResolvedWord] {
    switch action {
    case .kubectl(let command): command.images
    case .helm(let command): command.images
    case .container(let command):
      switch command.verb {
      case .tag, .copy, .push: command.images + command.sources
      case .build: command.images
      case .pull, .run, .other: []
      }
    case .other: []
    }
  }

  /// The images that the command sends to a registry.
  package var pushedImages: [ResolvedWord] {
    if case .container(let command) = action { return command.pushedImages }
    return []
  }

  /// The images that the command brings into a cluster.
  package var deployedImages: [ResolvedWord] {
    switch action {
    case .kubectl(let command): command.images
    case .helm(let command): command.images
    case .container, .other: []
    }
  }
}

extension KubectlCommand {
  /// `set image deploy/web web=IMAGE`, `create deployment web --image=IMAGE`.
  var images: [ResolvedWord] {
    guard !isDryRun else { return [] }
    switch verb {
    case .set:
      guard line.arguments.first?.text.constant == "image" else { return [] }
      return line.arguments.dropFirst().compactMap { word in
        guard let equals = word.text.offsets(of: "=").first else { return nil }
        return ResolvedWord(
          word.text.slice((equals + 1)..<max(equals + 1, word.text.byteCount)), range: word.range,
          isAssumed: word.isAssumed)
      }
    case .create, .run: return line.values("--image")
    default: return []
    }
  }
}

extension HelmCommand {
  /// `--set image=IMAGE`: values that are whole references.
  var images: [ResolvedWord] {
    settings.compactMap { setting in
      let isWhole = setting.key == "image" || setting.key.hasSuffix(".image") || setting.key.hasSuffix("Image")
      guard isWhole, !setting.value.offsets(of: ":").isEmpty else { return nil }
      return ResolvedWord(setting.value, range: setting.place)
    }
  }
}
