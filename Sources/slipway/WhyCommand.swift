import ArgumentParser

/// `slipway why`: where a field of a rendered object comes from.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Say where a field of a rendered object comes from.")

  func run() throws { throw ExitCode(ExitStatus.failure) }
}
