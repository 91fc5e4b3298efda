import Diagnostics
import SourceText
import YAML

/// Reads a `.slipway.yaml`.
package enum ConfigurationReader {
  /// The configuration as far as it can be read, and what is wrong with it.
  package static func read(_ file: SourceFile, folder: String) -> (Configuration, [Diagnostic]) {
    var configuration = Configuration()
    configuration.file = file
    configuration.folder = folder
    var faults = ConfigurationFaults(file: file, folder: folder)
    let parsed = YAMLParser.parse(file)
    for error in parsed.errors {
      let offset = min(max(0, error.offset), file.text.count)
      faults.add("this is no YAML: \(error.message)", at: ByteRange(offset, offset))
    }
    if let root = parsed.documents.first?.root { faults.read(root, ConfigurationFields.top, into: &configuration) }
    if parsed.documents.count > 1 { faults.add("a configuration is one document", at: parsed.documents[1].range) }
    return (configuration, faults.diagnostics)
  }
}
