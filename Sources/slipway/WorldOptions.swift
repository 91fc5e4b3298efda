import ArgumentParser
import Charts
import Compiler
import LocalDisk
import SourceText
import TemplateLanguage
import Times

/// What stands in for the world outside of the chart: the clock, chance and the cluster.
struct WorldOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Make random results (rand*, gen*, uuidv4, …) follow from a number.", valueName: "number"))
  var seed: String?

  @Option(help: ArgumentHelp("The time that now is: RFC 3339, a date or Unix seconds.", valueName: "time"))
  var now: String?

  @Option(help: ArgumentHelp("YAML objects that lookup finds.", valueName: "file"))
  var clusterState: String?

  @Option(help: ArgumentHelp("YAML with kubeVersion and apiVersions of the cluster.", valueName: "file"))
  var capabilities: String?

  /// The machine's environment with what was asked in its place.
  func environment() throws(CommandFailure) -> Environment {
    var environment = World.environment
    if let seed {
      guard let number = UInt64(seed) else {
        throw CommandFailure("--seed \(seed): not a whole number from 0 to \(UInt64.max)")
      }
      environment.seed = number
    }
    if let now {
      guard let moment = Moment(now) else {
        throw CommandFailure("--now \(now): not a time such as 2026-01-31T12:00:00Z, 2026-01-31 or 1769860800")
      }
      environment.now = { (moment.seconds, moment.nanoseconds) }
    }
    if let clusterState {
      let file = try Self.read(clusterState, for: "cluster-state")
      if let fault = ReleaseRenderer.fault(ofCluster: file) { throw CommandFailure(fault) }
      environment.cluster = [file]
    }
    return environment
  }

  /// Puts what the capabilities file says into `options`.
  func fill(_ options: inout ReleaseOptions) throws(CommandFailure) {
    guard let capabilities else { return }
    let file = try Self.read(capabilities, for: "capabilities")
    do throws(ChartError) {
      try CapabilitiesFile.read(file, into: &options)
    } catch {
      throw CommandFailure(error.message.string)
    }
  }

  private static func read(_ path: String, for flag: String) throws(CommandFailure) -> SourceFile {
    do throws(FileError) {
      return SourceFile(path: path, text: path == "-" ? Disk().readStandardInput() : try Disk().read(path))
    } catch {
      throw CommandFailure("--\(flag): open \(path): \(error.message)")
    }
  }
}
