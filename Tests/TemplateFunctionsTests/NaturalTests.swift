import Testing

@testable import TemplateFunctions

/// Long arithmetic against the machine's own.
@Suite struct NaturalTests {
  private func natural(_ value: UInt64) -> Natural { Natural(digits: Array(String(value).utf8)) }

  @Test func agreesWithMachineIntegers() {
    var dice = Dice(seed: 1)
    for _ in 0..<2000 {
      let a = (dice.next() >> 2) >> (dice.next() % 60)
      let b = (dice.next() >> 2) >> (dice.next() % 60)
      #expect((natural(a) + natural(b)).description == String(a + b))
      #expect((natural(a) < natural(b)) == (a < b))
      #expect((natural(max(a, b)) - natural(min(a, b))).description == String(max(a, b) - min(a, b)))
      #expect((natural(a) * natural(b)).description == String(UInt128(a) * UInt128(b)))
      guard b > 0 else { continue }
      let (quotient, remainder) = natural(a).quotientAndRemainder(dividingBy: natural(b))
      #expect(quotient.description == String(a / b))
      #expect(remainder.description == String(a % b))
    }
  }

  @Test func scalesByPowersOfTen() {
    for power in 0..<40 {
      #expect(natural(7).scaled(byPowerOfTen: power).description == "7" + String(repeating: "0", count: power))
    }
    #expect(natural(0).scaled(byPowerOfTen: 5).description == "0")
  }
}
