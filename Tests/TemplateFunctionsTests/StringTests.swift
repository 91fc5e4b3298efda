import Testing

@Suite struct StringTests {
  @Test(arguments: [
    (#"trim "\u00a0 x\u3000""#, "x"), (#"trimAll "-=" "=-a-=""#, "a"), (#"trimPrefix "v" "v1""#, "1"),
    (#"trimSuffix ".git" "repo""#, "repo"), (#"nospace " a\tb ""#, "ab"), (#"nospace "é x""#, "Ã©x"),
  ])
  func cuts(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    (#"upper "straße ŉ ᾳ""#, "STRAßE ŉ ᾼ"), (#"lower "İI""#, "ii"),
    (#"title "don't stop_it a-b""#, "Don'T Stop_it A-B"),
    (#"untitle "Two Words""#, "two words"), (#"swapcase "aB Cd""#, "Ab cD"),
    (#"camelcase "a_bC-d__e""#, "ABCD_E"), (#"camelcase "__""#, "___"), (#"camelcase "HTTP""#, "Http"),
    (#"snakecase "HTTPServer2xxOK""#, "http_server_2xx_ok"), (#"kebabcase "Bld4Floor3rd""#, "bld4-floor-3rd"),
    (#"snakecase "日本Go""#, "日本_go"),
  ])
  func changesCase(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    (#"trunc 3 "abcdef""#, "abc"), (#"trunc -2 "abcdef""#, "ef"), (#"trunc -9 "abc""#, "abc"),
    (#"substr 1 -1 "abcdef""#, "bcdef"), (#"substr -1 2 "abcdef""#, "ab"),
    (#"substr 4 2 "abcdef""#, "!runtime error: slice bounds out of range [4:2]"),
    (#"substr 9 99 "abc""#, "!runtime error: slice bounds out of range [9:3]"),
    (#"abbrev 6 "abcdefgh""#, "abc..."), (#"abbrevboth 5 9 "abcdefghijklmnopqr""#, "...fgh..."),
    (#"initials "ab cd  ef""#, "ace"), (#"repeat -1 "a""#, "!strings: negative Repeat count"),
    (#"repeat 9999999999999 "ab""#, "!strings: Repeat output length overflow"),
  ])
  func takesParts(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    (#"indent 2 "a\n\nb\n""#, "  a\n  \n  b\n  "), (#"nindent 1 """#, "\n "), (#"indent 0 "a\nb""#, "a\nb"),
    (#"indent -1 "a""#, "!strings: negative Repeat count"),
  ])
  func indents(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
    #expect(try Rendering(tracking: true).text("{{ \(expression) }}").string == expected)
  }

  @Test(arguments: [
    (#"quote "a\"b\\" 1 nil 2.0 true"#, #""a\"b\\" "1" "2" "true""#),
    (#"quote "\x01\xff\u200b""#, #""\x01\xff\u200b""#),
    (#"squote "it's" (list 1 "x")"#, "'it's' '[1 x]'"), (#"cat "a" nil 1 (dict "k" 2)"#, "a 1 map[k:2]"),
  ])
  func quotes(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    (#"replace "" "-" "é!""#, "-é-!-"), (#"replace "aa" "b" "aaaaa""#, "bba"),
    (#"splitList "" "aé" | join "|""#, "a|é"), (#"(split "." "a.b.")._1"#, "b"),
    (#"splitn "," 2 "a,b,c" | toJson"#, #"{"_0":"a","_1":"b,c"}"#), (#"join "-" (list 1 nil "a")"#, "1-a"),
    (#"sortAlpha (list 10 9 "b" "A") | join " ""#, "10 9 A b"), (#"toStrings nil | toJson"#, "[]"),
    (#"wrap 5 "ab cd efghijkl m""#, "ab cd\nefghijkl\nm"), (#"wrapWith 3 "|" "abcdefg hi""#, "abc|def|g|hi"),
    (#"contains "" "x""#, "true"), (#"plural "one" "many" 1"#, "one"),
  ])
  func joinsAndSplits(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  /// Long needles take another path than short ones.
  @Test func findsLongNeedles() throws {
    let needle = String(repeating: "ab", count: 20) + "c"
    let text = String(repeating: "ab", count: 70) + "c" + needle
    let expected = text.split(separator: needle, omittingEmptySubsequences: false).joined(separator: "-")
    #expect(try Rendering.of("replace \"\(needle)\" \"-\" \"\(text)\"") == expected)
  }
}
