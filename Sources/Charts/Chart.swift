import SourceText

/// A chart as it was read: immutable, so that one load can serve many renders at once. Values stay text
/// here; each render decodes them with its own origins.
package final class Chart: Sendable {
  package let metadata: ChartMetadata
  /// `Chart.yaml`
  package let metadataFile: SourceFile?
  /// Everything under `templates/`, in the order of the walk.
  package let templates: [ChartFile]
  /// What templates see as `.Files`.
  package let files: [ChartFile]
  /// `values.yaml`
  package let values: SourceFile?
  /// `values.schema.json`
  package let schema: SourceFile?
  /// The entries of `charts/`, in bytewise order of their names there.
  package let subcharts: [Chart]
  /// `Chart.lock` or `requirements.lock`
  package let lock: SourceFile?
  /// What an error found in this chart's values starts with: `error unpacking subchart aa in c: `.
  let errorPrefix: ByteString

  init(
    metadata: ChartMetadata, metadataFile: SourceFile?, templates: [ChartFile], files: [ChartFile],
    values: SourceFile?, schema: SourceFile?, subcharts: [Chart], lock: SourceFile?, errorPrefix: ByteString
  ) {
    self.metadata = metadata
    self.metadataFile = metadataFile
    self.templates = templates
    self.files = files
    self.values = values
    self.schema = schema
    self.subcharts = subcharts
    self.lock = lock
    self.errorPrefix = errorPrefix
  }

  package var name: ByteString { metadata.name.text }
}

/// One file of a chart.
package struct ChartFile: Sendable {
  /// The path inside its chart, with slashes: `templates/web.yaml`.
  package var name: ByteString
  /// The content, without a byte order mark; its path is the one the user would write.
  package var source: SourceFile

  package init(name: ByteString, source: SourceFile) {
    self.name = name
    self.source = source
  }
}
