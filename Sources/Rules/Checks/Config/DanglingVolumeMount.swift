import Diagnostics
import Kubernetes

extension Check {
  /// `dangling-volume-mount`: a container mounts a volume that its pod does not define.
  package static let danglingVolumeMount = Check.workload { workload, context in
    let check = VolumeMounts(workload: workload, context: context)
    var findings = workload.pod.containers.flatMap(check.doubles)
    if workload.kind == .custom {
      if findings.isEmpty { return .exempt("custom-kind") }
    } else {
      findings += workload.pod.containers.flatMap(check.dangling)
    }
    if context.isStrict { findings += check.unused }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private struct VolumeMounts {
  let workload: Workload
  let context: CheckContext

  private var volumes: [Node] { workload.pod.spec["volumes"]?.items ?? [] }
  private var names: [String] { volumes.compactMap { $0["name"]?.scalar } + workload.claimTemplates.map(\.name) }

  func dangling(in container: Container) -> [Finding] {
    container.volumeMounts.filter { !names.contains($0.volume) }.map { mount in
      let near = nearestName(to: mount.volume, among: names)
      let node = volumes.first { $0["name"]?.scalar == near }?["name"]
      var holes = holes("`\(container.title)`", mount.volume, ", which the pod does not define")
      if let near { holes.append(Hole("near", near)) }
      return context.finding(
        .error, in: workload.object, at: .value(mount.nameNode),
        related: node.map { [Related(.value($0), "the nearest volume")] } ?? [], holes: holes,
        edits: replacement(of: mount))
    }
  }

  /// Mounts at a path that an earlier one has already.
  func doubles(in container: Container) -> [Finding] {
    var earlier: [String: VolumeMount] = [:]
    return container.volumeMounts.compactMap { mount in
      guard let path = mount.path, let text = path.scalar else { return nil }
      guard let first = earlier[text], let firstPath = first.path else {
        earlier[text] = mount
        return nil
      }
      return context.finding(
        .error, in: workload.object, at: .value(path), related: [Related(.value(firstPath), "mounted here first")],
        holes: holes("`\(container.title)`", mount.volume, " at `\(text)`, where it mounts `\(first.volume)` already"))
    }
  }

  /// Volumes that no container mounts.
  var unused: [Finding] {
    let mounted = Set(workload.pod.containers.flatMap(\.volumeMounts).map(\.volume))
    return volumes.compactMap { volume in
      guard let node = volume["name"], let name = node.scalar, !mounted.contains(name) else { return nil }
      return context.finding(.note, in: workload.object, at: .value(node), holes: holes("no container", name, ""))
    }
  }

  private func holes(_ owner: String, _ volume: String, _ fault: String) -> [Hole] {
    [Hole("owner", owner), Hole("volume", volume), Hole("fault", fault)]
  }

  /// To the only volume that is at most two edits away.
  private func replacement(of mount: VolumeMount) -> [NodeEdit] {
    let near = Set(names).filter { editDistance(Array(mount.volume.utf8), Array($0.utf8)) <= 2 }
    guard near.count == 1, let name = near.first else { return [] }
    return [
      NodeEdit(title: "Mount `\(name)`", change: .replaceText(mount.nameNode, nil, with: name), isSafe: true)
    ]
  }
}
