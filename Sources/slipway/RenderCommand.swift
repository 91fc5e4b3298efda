import ArgumentParser
import Charts
import Compiler
import Flags
import LocalDisk
import SourceText
import TemplateLanguage

/// `slipway render`: takes `helm template`'s command line, and prints what it prints.
///
/// The arguments are read by Helm's own grammar, not ArgumentParser's, so that every command line written for Helm
/// means the same here.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Render a chart: the bytes of `helm template`.",
    usage: "slipway render [NAME] CHART [flags]", aliases: ["template"])

  @Argument(parsing: .captureForPassthrough, help: "As for `helm template`.", completion: .file())
  var arguments: [String] = []

  /// The words that call the command.
  static let names = ["render", "template"]

  func run() throws { Self.runAlone(arguments) }

  static func runAlone(_ arguments: [String]) {
    let parsed: RenderArguments
    do throws(CommandFailure) {
      parsed = try RenderArguments.read(arguments)
    } catch {
      error.tell()
      Output.end(ExitStatus.failure)
    }
    if parsed.flags.asksForHelp {
      Output.print(RenderHelp.text)
      Output.end(ExitStatus.clean)
    }
    _ = onLargeStack(parsed.limits) { watch in
      let record = RenderRecord(tracksOrigins: false)
      // The process ends while the record is still held: giving back what it holds would only take time.
      withExtendedLifetime(record) { Output.end(render(parsed, recording: record, watch: watch)) }
    }
  }

  /// Renders and prints; returns the exit status.
  static func render(_ arguments: RenderArguments, recording record: RenderRecord, watch: Watch) -> Int32 {
    do throws(CommandFailure) {
      try print(arguments, record, watch)
      return ExitStatus.clean
    } catch {
      error.tell()
      return ExitStatus.failure
    }
  }

  private static func print(
    _ arguments: RenderArguments, _ record: RenderRecord, _ watch: Watch
  ) throws(CommandFailure) {
    arguments.warnings.forEach(Output.tell)
    let session = RenderSession(arguments, watch: watch)
    let result = session.render(recording: record)
    for line in record.log { Output.tell(line.text.string) }
    for notice in record.notices { Output.print(notice + "\n") }
    switch result {
    case .failure(let failure): throw session.explain(failure, record)
    case .success(let release):
      let output = release.output(arguments.output)
      watch.end()
      for file in output.files { try write(file) }
      Output.print(output.standardOutput)
      if let failure = output.failure { throw CommandFailure(failure) }
    }
  }

  private static func write(_ file: WrittenFile) throws(CommandFailure) {
    do throws(FileError) {
      try Disk.write(file.content, toFile: file.path, appending: file.addsToExisting)
    } catch {
      throw CommandFailure(error.message, hasHint: true)
    }
  }
}

/// Why a command could not do its work, in the words that are printed.
struct CommandFailure: Error {
  /// What follows `Error: `.
  var message: String
  /// Helm's hint for errors that it finds once a release exists.
  var hasHint = false
  /// What Slipway adds to Helm's text.
  var explanation: String?
  private var isLogLine = false

  init(_ message: String, hasHint: Bool = false, explanation: String? = nil) {
    self.message = message
    self.hasHint = hasHint
    self.explanation = explanation
  }

  /// An error that Helm logs instead of printing it.
  init(logged message: String) {
    self.init(LogLine(.warning, "command failed", ["error": ByteString(message)]).text.string)
    isLogLine = true
  }

  /// No message is longer: some quote the whole text of a template.
  private static let longest = 1 << 20

  private static func shortened(_ message: String) -> String {
    guard message.utf8.count > longest else { return message }
    let start = String(decoding: message.utf8.prefix(longest), as: UTF8.self)
    return start + "… (\(message.utf8.count - longest) bytes more)"
  }

  func tell() {
    guard !isLogLine else { return Output.tell(message) }
    Output.tell(
      "Error: " + Self.shortened(message) + (hasHint ? "\n\nUse --debug flag to render out invalid YAML" : ""))
    if let explanation, !explanation.isEmpty { Output.tell("\n" + explanation) }
  }
}
