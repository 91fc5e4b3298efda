import ArgumentParser

/// `slipway lint`.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "lint", abstract: "Find what would hurt a rollout.")
  func run() throws { throw ExitCode(ExitStatus.failure) }
}

/// `slipway why`.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Say where a rendered field comes from.")
  func run() throws { throw ExitCode(ExitStatus.failure) }
}
