import SourceText
import Values

/// Reads `Chart.lock` only to fail where Helm fails: its content is not used by a render.
enum LockDecoder {
  static func check(_ file: SourceFile) throws(ChartError) {
    let decoder = MetadataDecoder(file)
    _ = try decoder.value()
  }
}
