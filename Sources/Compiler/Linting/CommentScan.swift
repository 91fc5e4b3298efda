import Configuration
import Delivery
import Diagnostics
import SourceText
import YAML

extension SuppressionScan {
  /// The suppressions in a template.
  static func template(_ file: SourceFile) -> SuppressionScan? {
    mayHold(file.text) ? SuppressionScan(file, ground: .template) : nil
  }

  /// The suppressions in a values file or a manifest.
  static func yaml(_ file: SourceFile) -> SuppressionScan? {
    mayHold(file.text) ? SuppressionScan(file, ground: .yaml(comments: comments(in: file))) : nil
  }

  /// The suppressions in a shell script or a CI file.
  static func script(_ file: SourceFile, _ script: DeliveryScript) -> SuppressionScan? {
    guard mayHold(file.text) else { return nil }
    let commands = script.jobs.flatMap(\.commands).map(\.place).filter { $0.file == file }.map(\.range)
    let isYAML = file.path.hasSuffix(".yml") || file.path.hasSuffix(".yaml")
    return SuppressionScan(
      file,
      ground: .script(commands: commands.sorted { $0.start < $1.start }, comments: isYAML ? comments(in: file) : []))
  }

  private static func comments(in file: SourceFile) -> Set<Int> { Set(YAMLParser.parse(file).comments.map(\.start)) }
}
