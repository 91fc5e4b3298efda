/// How much a chart may hold. The defaults are Helm's.
package struct ChartLimits: Sendable {
  /// Bytes of all files of a chart, unpacked; the archives inside it may unpack to as much again, all together.
  package var chartBytes = 100 << 20
  /// Bytes of one file.
  package var fileBytes = 5 << 20

  package init() {}
}
