import ArgumentParser

/// `slipway completion SHELL`: the script by which a shell completes commands, flags, rules and files.
struct CompletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion", abstract: "Print the completion script of a shell.",
    discussion: """
      For bash: slipway completion bash > /etc/bash_completion.d/slipway
      For zsh: slipway completion zsh > a folder of $fpath, as _slipway
      For fish: slipway completion fish > ~/.config/fish/completions/slipway.fish
      """)

  @Argument(help: "The shell: bash, zsh or fish.")
  var shell: Shell

  /// The shells that are known.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish
  }

  func run() {
    switch shell {
    case .bash: Output.print(Slipway.completionScript(for: .bash))
    case .zsh: Output.print(Slipway.completionScript(for: .zsh))
    case .fish: Output.print(Slipway.completionScript(for: .fish))
    }
  }
}
