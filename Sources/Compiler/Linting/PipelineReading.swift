import Delivery
import Rules
import SourceText
import Values
import YAML

/// Finds what the scripts of the input put into the values of its charts.
struct PipelineReading {
  let files: any FileSystem
  let scripts: [DeliveryScript]

  /// Every Helm command that installs, upgrades or renders the chart at `path`.
  func releases(ofChart path: String) -> [PipelineRelease] {
    let chart = GoPath.clean(ByteString(path))
    return scripts.flatMap { script in
      script.jobs.flatMap(\.commands).compactMap { release(of: chart, $0, in: script) }
    }
  }

  private func release(
    of chart: ByteString, _ command: DeliveryCommand, in script: DeliveryScript
  ) -> PipelineRelease? {
    guard case .helm(let helm) = command.action, [.install, .upgrade, .template].contains(helm.verb),
      let path = helm.chartPath, leads(path, to: chart, from: command.place.file)
    else { return nil }
    var assignments: [String: PipelineRelease.Assignment] = [:]
    for file in helm.valuesFiles { read(file, calledFrom: command.place.file, into: &assignments) }
    for setting in helm.settings {
      let place =
        setting.value.place(of: 0..<setting.value.byteCount) ?? SourceRange(command.place.file, setting.place)
      assignments[setting.key] = PipelineRelease.Assignment(value: setting.value, place: place, isArgument: true)
    }
    return PipelineRelease(
      place: command.place, assignments: assignments, runsOnTagsOnly: script.runsOnTagsOnly)
  }

  /// The nearest folder around the script that holds a chart under the path counts.
  private func leads(_ path: ResolvedText, to chart: ByteString, from file: SourceFile) -> Bool {
    InputPath.candidates(path, from: file).contains(chart)
  }

  private func read(
    _ path: ResolvedText, calledFrom file: SourceFile, into assignments: inout [String: PipelineRelease.Assignment]
  ) {
    let texts = InputPath.candidates(path, from: file).lazy.compactMap { candidate -> SourceFile? in
      (try? files.read(candidate.string)).map { SourceFile(path: candidate.string, text: $0) }
    }
    let origins = OriginTable(isTracking: true)
    guard let values = texts.first, let root = try? YAMLReader.value(of: values, origins: origins) else { return }
    ValueLeaves.walk(root, path: "") { value, key in
      guard let text = VaryingValues.text(of: value), case .leaf(let place) = origins.map[value.origin] else { return }
      assignments[key] = PipelineRelease.Assignment(
        value: ResolvedText(text, at: place), place: place, isArgument: false)
    }
  }
}
