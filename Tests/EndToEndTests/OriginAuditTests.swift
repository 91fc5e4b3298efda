import TestSupport
import Testing

/// The bytes that the origins of a rendered scalar name are the bytes that were printed, or were fed to the function
/// that printed them.
@Suite struct OriginAuditTests {
  @Test(arguments: AuditedChart.ofRepository())
  func ourCharts(chart: AuditedChart) throws {
    let audit = try #require(chart.audit(), "the chart does not render")
    #expect(audit.failures == [])
    #expect(audit.unexplained == [])
  }

  @Test(
    .enabled(if: !AuditedChart.ofConformance().isEmpty, "SLIPWAY_CONFORMANCE names no folder of charts"),
    arguments: AuditedChart.ofConformance())
  func conformanceCharts(chart: AuditedChart) {
    guard let audit = chart.audit() else { return }
    #expect(audit.failures == [])
  }
}
