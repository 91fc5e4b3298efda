import Testing

@Suite struct FormatTests {
  /// A format, a text, and what Helm says of it; empty when it is fine.
  static let rows: [(format: String, text: String, fault: String)] = [
    ("uri", "x", "relative url"),
    ("uri", "http://[::1", #"parse "http://[::1": missing ']' in host"#),
    ("uri", "http://[zz]/", #"parse "http://[zz]/": invalid host: ParseAddr("zz"): unable to parse IP"#),
    ("uri", "http://::1/", #"parse "http://::1/": invalid port "::1" after host"#),
    ("uri", "1http://x", #"parse "1http://x": first path segment in URL cannot contain colon"#),
    ("uri", "https://example.com/x?y#z", ""),
    ("uri-reference", "%", #"parse "%": invalid URL escape "%""#),
    ("uri-template", "http://x/{a{b}}", "nested curly braces"),
    ("ipv4", "1.2.3.x", #"strconv.Atoi: parsing "x": invalid syntax"#),
    ("ipv4", "01.2.3.4", "leading zeros"),
    ("ipv6", "1::2::3", #"ParseAddr("1::2::3"): multiple :: in address (at ":3")"#),
    ("ipv6", "::1.2.3.4", ""),
    ("hostname", "a_b", "invalid character '_'"),
    ("email", "a..b@c", "consecutive dots"),
    ("date", "2020-1-1", #"parsing time "2020-1-1" as "2006-01-02": cannot parse "1-1" as "01""#),
    ("date", "2021-02-29", #"parsing time "2021-02-29": day out of range"#),
    ("date", "2020-02-29", ""),
    ("time", "12:00:60Z", "invalid leap second"),
    ("date-time", "2020-13-01T00:00:00Z", #"invalid date element: parsing time "2020-13-01": month out of range"#),
    ("duration", "P1D1Y", "unit 'Y' out of order"),
    ("period", "P1D/x", "invalid end date-time: less than 20 characters long"),
    ("uuid", "12345678-1234-1234-1234-12345678901g", "non-hex character 'g'"),
    ("json-pointer", "/~2", "~ must be followed by 0 or 1"),
    ("relative-json-pointer", "01", "starts with zero"),
    ("semver", "1.2.3-01", "pre-release numeric identifier starts with zero"),
    ("nonesuch", "x", ""),
  ]

  @Test(arguments: rows) func fault(_ row: (format: String, text: String, fault: String)) throws {
    let text = try failureText(of: #""\#(row.text)""#, under: #"{"format": "\#(row.format)"}"#, draft: draft7)
    #expect(text == (row.fault.isEmpty ? "" : "- at '/a': '\(row.text)' is not valid \(row.format): \(row.fault)\n"))
  }

  @Test(arguments: [(draft4, true), (draft6, true), (draft7, true), (draft2019, false), (draft2020, false)])
  func isAssertedUpToDraft7(_ row: (draft: String, isAsserted: Bool)) throws {
    let text = try failureText(of: #""x""#, under: #"{"format": "ipv4"}"#, draft: row.draft)
    #expect(text.isEmpty == !row.isAsserted)
  }
}
