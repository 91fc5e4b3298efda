import SourceText

/// Chart archives: gzip'd tar files.
enum ChartArchive {
  static func files(in archive: ByteString, shownAs displayRoot: String) throws(ChartError) -> [ChartFile] {
    throw ChartError("not yet")
  }
}
