import ArgumentParser
import SourceText

#if canImport(Glibc)
  import CAllocator
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What every command ends with.
enum ExitStatus {
  /// Nothing to report.
  static let clean: Int32 = 0
  /// Findings.
  static let findings: Int32 = 1
  /// Slipway could not do its work: bad arguments, unreadable input, a chart that does not render.
  static let failure: Int32 = 2
}

/// The command line: arguments in, status out.
@main
struct Slipway: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "slipway",
    abstract: "Renders Helm charts as Helm does, and refuses manifests that would hurt a rollout.",
    discussion: """
      Exit status: 0 clean, 1 findings, 2 Slipway could not do its work.
      """,
    version: "slipway \(version) (renders as Helm v4.3.1)",
    subcommands: [
      RenderCommand.self, LintCommand.self, WhyCommand.self, ExplainCommand.self, RulesCommand.self,
      ConfigCommand.self, InitCommand.self, CompletionCommand.self,
    ])

  static func main() {
    // A reader that goes away (`slipway render … | head`) ends the program quietly.
    signal(SIGPIPE, SIG_DFL)
    tuneAllocator()
    // ArgumentParser looks up its types by reflection, which takes longer than to render a small chart; and the
    // arguments of `render` are read by Helm's grammar anyway.
    let words = CommandLine.arguments.dropFirst()
    if let name = words.first, RenderCommand.names.contains(name) {
      RenderCommand.runAlone(Array(words.dropFirst()))
      return
    }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let status as ExitCode {
      Glibc.exit(status.rawValue)
    } catch {
      let isCleanExit = exitCode(for: error).isSuccess
      let text = fullMessage(for: error)
      if isCleanExit { Output.print(text + "\n") } else { Output.tell(text) }
      Glibc.exit(isCleanExit ? ExitStatus.clean : ExitStatus.failure)
    }
  }

  /// A short-lived process: an arena a thread, which grows in large steps and never gives memory back, costs a tenth
  /// less.
  private static func tuneAllocator() {
    #if canImport(Glibc)
      mallopt(M_ARENA_MAX, Int32(Workers.maximum))
      mallopt(M_TOP_PAD, 16 << 20)
      mallopt(M_TRIM_THRESHOLD, 1 << 30)
      mallopt(M_MMAP_THRESHOLD, 1 << 30)
    #endif
  }
}
