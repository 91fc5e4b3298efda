import Testing

@Suite struct NumberTests {
  @Test(arguments: [
    ("int \"0x1F\"", "31"), ("int \"010\"", "8"), ("int \"1_000\"", "1000"), ("int \"3.00\"", "3"),
    ("int \"3.5\"", "0"),
    ("int \"08\"", "0"), ("int 3.9", "3"), ("int 1e300", "-9223372036854775808"), ("int true", "1"),
    ("int (list)", "0"),
    ("int64 \"9223372036854775808\"", "0"), ("atoi \"9223372036854775808\"", "9223372036854775807"),
    ("atoi \"1x\"", "0"), ("toDecimal \"0777\"", "511"), ("toDecimal 8", "0"), ("float64 \"1_0.5\"", "10.5"),
    ("float64 \"-inf\"", "-Inf"), ("float64 \"1e400\"", "0"), ("float64 \"0x1p4\"", "16"),
  ])
  func converts(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    ("add 1 \"2\" 3.9 nil", "6"), ("sub 1 9", "-8"), ("mul 2 3 4", "24"), ("div -7 2", "-3"), ("mod -7 2", "-1"),
    ("div (int64 \"-9223372036854775808\") -1", "-9223372036854775808"),
    ("add1 9223372036854775807", "-9223372036854775808"),
    ("div 1 0", "!runtime error: integer divide by zero"), ("max 1 \"7\" 3", "7"), ("min 4 2 3", "2"),
    ("seq 3", "1 2 3"), ("seq 0", "1 0"), ("seq 5 2", "5 4 3 2"), ("seq 1 2 6", "1 3 5"), ("seq 5 1 1", ""),
    ("until -3", "[0 -1 -2]"), ("untilStep 0 10 -1", "[]"),
  ])
  func computesIntegers(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    ("addf 0.1 0.2", "0.3"), ("subf 1 0.9", "0.1"), ("mulf 1.1 1.1", "1.21"), ("divf 1 3", "0.3333333333333333"),
    ("divf 2 3", "0.6666666666666667"), ("divf -2 3", "-0.6666666666666667"), ("divf 1 0", "!decimal division by 0"),
    ("mulf 1e300 1e300", "+Inf"), ("addf 1e308 5e-324", "1e+308"), ("add1f 0.1", "1.1"),
    ("addf (float64 \"nan\") 1", "!Cannot create a Decimal from NaN"), ("round 3.14159 3", "3.142"),
    ("round -1.2 0", "-2"), ("round 2.5 0 0.6", "2"), ("floor -1.5", "-2"), ("ceil \"1.2\"", "2"),
    ("maxf 1 2.5 \"3\"", "3"), ("minf 1 (float64 \"nan\")", "NaN"),
  ])
  func computesFloats(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }
}
