import ArgumentParser
import Configuration

/// `slipway config`: about `.slipway.yaml`.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Tell what .slipway.yaml may hold.", subcommands: [SchemaCommand.self])

  /// `slipway config schema`
  struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema", abstract: "Print the JSON Schema of .slipway.yaml, for editors.")

    func run() { Output.print(ConfigurationSchema.text.bytes) }
  }
}
