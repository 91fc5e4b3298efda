import SourceText

/// The starter chart that `slipway init` writes: `templates/web-service`, compiled in.
package enum StarterChart {
  package struct File: Sendable {
    /// The path inside the chart.
    package let path: String
    package let content: ByteString
  }

  /// The chart's own name, which the copy replaces by its own.
  private static let originalName = "web-service"

  /// Every file of the chart, under a new name.
  package static func files(named name: String) throws(InvalidChartName) -> [File] {
    guard isChartName(name) else { throw InvalidChartName(name: name) }
    return webServiceFiles.map { path, text in
      File(path: path, content: replacing(originalName, with: name, in: ByteString(text)))
    }
  }

  /// Helm's advice for chart names, which are parts of object names: small letters, digits and inner dashes.
  private static func isChartName(_ name: String) -> Bool {
    guard let first = name.utf8.first, let last = name.utf8.last, name.utf8.count <= 40 else { return false }
    let dash = UInt8(ascii: "-")
    return first != dash && last != dash
      && name.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == dash }
  }

  private static func replacing(_ old: String, with new: String, in text: ByteString) -> ByteString {
    ByteString(text.bytes.split(separator: Array(old.utf8)).joined(separator: Array(new.utf8)))
  }
}

/// A folder whose name cannot be a chart's.
package struct InvalidChartName: Error {
  package let name: String
  package var message: String {
    "\"\(name)\" cannot name a chart: use small letters, digits and dashes, at most 40, for example \"web-service\""
  }
}
