import Testing

/// Flow, types, regular expressions, dates, versions and the data formats of Helm.
@Suite struct DataTests {
  @Test(arguments: [
    (#"default "d" """#, "d"), (#"default "d" 0.0"#, "d"), (#"default "d" "x""#, "x"), ("default 1", "1"),
    (#"coalesce nil "" 0 "x""#, "x"), ("empty (dict)", "true"), (#"ternary 1 2 false"#, "2"), ("all 1 0", "false"),
    ("any 0 1", "true"), ("kindOf nil", "invalid"), ("typeOf (dict)", "map[string]interface {}"),
    (#"typeIsLike "semver.Version" (semver "1")"#, "true"), ("deepEqual (list 1) (list 1.0)", "false"),
  ])
  func choosesAndReflects(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    (#"regexMatch "(" "x""#, "false"), (#"mustRegexMatch "(" "x""#, "!error parsing regexp: missing closing ): `(`"),
    (#"regexFind "(" "x""#, "!regexp: Compile(`(`): error parsing regexp: missing closing ): `(`"),
    (#"regexFind "b+" "abbc""#, "bb"), (#"regexFindAll "[a-z]" "a1b2" 1 | toJson"#, #"["a"]"#),
    (#"regexFindAll "x" "abc" -1 | toJson"#, "null"), (#"regexSplit "," "a,b,c" 2 | join "|""#, "a|b,c"),
    (#"regexReplaceAll "(?P<l>[a-z])(\\d)?" "a1b" "<${2}$l$$>""#, "<1a$><b$>"),
    (#"regexReplaceAllLiteral "b" "abc" "$0""#, "a$0c"), (#"regexReplaceAll "x*" "ab" "-""#, "-a-b-"),
    (#"regexQuoteMeta "a.b[c]""#, #"a\.b\[c\]"#),
  ])
  func matches(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    (#"now | date "15:04""#, "12:00"), (#"date "2006-01-02" 0"#, "1970-01-01"),
    (#"dateModify "-1h" now | date "15""#, "11"), (#"dateModify "x" now | date "15""#, "12"),
    (#"mustDateModify "1d" now"#, #"!time: unknown unit "d" in duration "1d""#), (#"unixEpoch now"#, "1709294400"),
    (#"toDate "2006" "x" | toJson"#, #""0001-01-01T00:00:00Z""#), (#"ago now"#, "0s"),
    (#"duration "95""#, "1m35s"), (#"duration 95"#, "0s"), (#"durationRound "25h""#, "1d"),
    (#"mustToDuration " 1.5 ""#, "1.5s"), (#"mustToDuration true"#, "!unsupported duration type bool"),
    (#"durationRoundTo "90m" "1h""#, "2h0m0s"), (#"durationTruncateTo "90m" "1h""#, "1h0m0s"),
    (#"durationDays "36h""#, "1.5"), (#"durationMilliseconds "x""#, "0"),
  ])
  func tellsTime(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    (#"(semver "v1.2.3-rc.1+b").Prerelease"#, "rc.1"), (#"semver "v1.2""#, "1.2.0"),
    (#"(semver "v1.2.3").IncMinor.Minor"#, "3"), (#"semver "x""#, "!invalid semantic version"),
    (#"(semver "1.2.3").Compare (semver "1.10")"#, "-1"), (#"semverCompare "^1.2 || >3" "4.1.0""#, "true"),
    (#"semverCompare "" "1.0.0""#, #"!improper constraint: """#),
  ])
  func comparesVersions(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    (#"toYaml (dict "a" (list 1))"#, "a:\n- 1"), (#"fromYaml "a: [1]" | toJson"#, #"{"a":[1]}"#),
    (
      #"(fromYaml "[]").Error"#,
      "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}"
    ),
    (
      #"fromYamlArray "a: 1" | first"#,
      "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal object into Go value of type []interface {}"
    ),
    (#"fromJson "null" | toJson"#, "null"),
    (
      #"fromJsonArray "{}" | first"#,
      "json: cannot unmarshal object into Go value of type []interface {}"
    ),
    (#"toJson "<&>""#, #""\u003c\u0026\u003e""#), (#"toRawJson "<&>""#, #""<&>""#), (#"toJson (float64 "inf")"#, ""),
    (#"mustToJson (float64 "inf")"#, "!json: unsupported value: +Inf"),
    (#"toToml nil"#, "!reflect: call of reflect.Value.Type on zero Value"),
  ])
  func convertsData(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test func drawsFromTheGivenSource() throws {
    #expect(try Rendering.of("randAlphaNum 12 | len") == "12")
    #expect(try Rendering.of("randNumeric -1 | len") == "0")
    #expect(try Rendering.of("randInt 5 6") == "5")
    #expect(try Rendering.of("randInt 6 6") == "!invalid argument to Intn")
    #expect(try Rendering.of("shuffle \"aaa\"") == "aaa")
    #expect(try Rendering.of("randAscii 8") == Rendering.of("randAscii 8"))
  }
}
