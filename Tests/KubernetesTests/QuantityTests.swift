import SourceText
import Testing

@testable import Kubernetes

@Suite struct QuantityTests {
  private func nanos(_ text: String) -> Int128? { Quantity(text)?.nanos }
  private let unit: Int128 = 1_000_000_000

  @Test(arguments: [
    ("0", 0), ("1", 1), ("+1", 1), ("-1", -1), ("1.", 1), ("1e3", 1000), ("1E3", 1000), ("1k", 1000), ("1Ki", 1024),
    ("1M", 1_000_000), ("1Mi", 1_048_576), ("1.5Gi", 1_610_612_736), ("0.5Ki", 512), ("1000m", 1), ("2000000u", 2),
    ("3000000000n", 3), ("1E", 1_000_000_000_000_000_000), ("100e-2", 1), ("0.0001M", 100), ("00012", 12),
  ])
  func units(_ text: String, _ units: Int) { #expect(Quantity(text)?.nanos == Int128(units) * unit) }

  @Test(arguments: [
    ("1n", 1), ("0.1n", 1), ("-0.1n", -1), ("0.0000000001", 1), ("0.0000000000001Ki", 1), ("1.1n", 2),
    ("100m", 100_000_000),
    (".5", 500_000_000), ("1e-9", 1), ("1e-400", 1),
  ])
  func fractionsAreRoundedAwayFromZero(_ text: String, _ nanos: Int) { #expect(Quantity(text)?.nanos == Int128(nanos)) }

  @Test(arguments: [
    "9223372036854775808", "1e400", "99999999999999999999999999999999999999999999", "8Ei", "10E", "1e19",
  ])
  func whatIsTooLargeIsTheLargest(_ text: String) { #expect(nanos(text) == Int128(Int64.max) * unit) }

  @Test(arguments: [
    "", "m", ".", "-", "+", "1mi", "1KI", "1 Gi", "1Gi ", "1e", "1ee3", "e3", "1,5", "0x10", "one", "1.2.3", "1.5e1.5",
  ])
  func whatIsNoQuantity(_ text: String) { #expect(Quantity(text) == nil) }

  @Test func equalAmounts() {
    for (left, right) in [("1", "1000m"), ("0.5", "500m"), ("1Gi", "1024Mi"), ("1e3", "1k"), ("0", "0Gi")] {
      #expect(Quantity(left) == Quantity(right))
      #expect(Quantity(left)?.hashValue == Quantity(right)?.hashValue)
    }
    for (left, right) in [("999m", "1"), ("1G", "1Gi"), ("-1", "0"), ("1n", "2n")] {
      #expect(Quantity(left).flatMap { left in Quantity(right).map { left < $0 } } == true)
    }
  }

  @Test func partsAsWritten() {
    #expect(Quantity("512m")?.number == "512")
    #expect(Quantity("512m")?.suffix.text == "m")
    #expect(Quantity("1.5Gi")?.suffix == .binary("Gi", power: 30))
    #expect(Quantity("1E")?.suffix == .decimal("E", power: 18))
    #expect(Quantity("1E2")?.suffix == .exponent("E2", power: 2))
  }

  @Test func unitsAreRoundedUp() {
    #expect(Quantity("1500m")?.units == 2)
    #expect(Quantity("-1500m")?.units == -1)
    #expect(Quantity("2")?.units == 2)
    #expect(Quantity(units: 7) == Quantity("7"))
  }

  /// More of a unit is more, whatever the suffix; a suffix is its factor.
  @Test func orderFollowsNumbers() {
    let suffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "Ki", "Mi", "Gi", "Ti", "Pi", "e2", "e-3"]
    for suffix in suffixes {
      var last: Quantity?
      for number in stride(from: 0, through: 200, by: 7) {
        let quantity = Quantity("\(number)\(suffix)")
        #expect(quantity != nil)
        if let last, let quantity { #expect(last < quantity) }
        #expect(quantity?.nanos == Quantity("\(number).000\(suffix)")?.nanos)
        #expect(quantity?.nanos == Quantity("-\(number)\(suffix)").map { -$0.nanos })
        last = quantity
      }
    }
    for (small, large) in [("", "k"), ("k", "M"), ("M", "G"), ("G", "T"), ("m", ""), ("u", "m"), ("n", "u")] {
      for number in 1...50 { #expect(nanos("\(number)\(large)") == nanos("\(number)000\(small)")) }
    }
    for (small, large) in [("Ki", "Mi"), ("Mi", "Gi"), ("Gi", "Ti"), ("", "Ki")] {
      for number in 1...50 { #expect(nanos("\(number)\(large)") == nanos("\(number * 1024)\(small)")) }
    }
  }

  @Test func anyBytes() {
    var state: UInt64 = 7
    for _ in 0..<5000 {
      var text = ""
      for _ in 0..<(state % 12) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.unicodeScalars.append(Array("0123456789.eEKMGim+-nu x".unicodeScalars)[Int(state >> 33) % 24])
      }
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      _ = Quantity(text)
    }
  }
}
