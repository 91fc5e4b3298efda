import ArgumentParser
import Compiler
import LocalDisk
import SourceText

/// `slipway init`: copies the starter chart.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write the starter chart: a web service that is updated without downtime.")

  @Argument(help: "The folder to make; its name becomes the chart's name.")
  var directory = "web-service"

  @Flag(help: "Overwrite files that are there.")
  var force = false

  func run() throws {
    do throws(CommandFailure) {
      let files = try starter()
      try refuseToOverwrite(files.map(\.path))
      for file in files { try write(file) }
      Output.tell("\(directory): \(files.count) files. Next: slipway lint \(directory)")
    } catch {
      error.tell()
      throw ExitCode(ExitStatus.failure)
    }
  }

  /// The files under the name of the folder they go to.
  private func starter() throws(CommandFailure) -> [StarterChart.File] {
    do throws(InvalidChartName) {
      return try StarterChart.files(named: GoPath.base(ByteString(Disk().absolute(directory))).string)
    } catch {
      throw CommandFailure(error.message)
    }
  }

  private func refuseToOverwrite(_ paths: [String]) throws(CommandFailure) {
    guard !force else { return }
    for path in paths where (try? Disk().kind(of: target(path))) != nil {
      throw CommandFailure("\(target(path)) exists; nothing was written (--force overwrites)")
    }
  }

  private func write(_ file: StarterChart.File) throws(CommandFailure) {
    do throws(FileError) {
      try Disk.write(file.content.bytes, toFile: target(file.path), appending: false)
    } catch {
      throw CommandFailure(error.message)
    }
  }

  private func target(_ path: String) -> String { "\(directory)/\(path)" }
}
