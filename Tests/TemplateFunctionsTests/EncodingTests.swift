import SourceText
import Testing

@testable import TemplateFunctions

@Suite struct EncodingTests {
  @Test func decodesWhatItEncodes() throws {
    var dice = Dice(seed: 2)
    for _ in 0..<500 {
      let bytes = dice.text(upTo: 40)
      #expect(try Base64.decode(Base64.encode(bytes)) == bytes)
      #expect(try Base32.decode(Base32.encode(bytes)) == bytes)
    }
  }

  @Test func neverCrashes() {
    var dice = Dice(seed: 3)
    for _ in 0..<5000 {
      let alphabet = Array("AB=2\n+".utf8)
      let bytes = (0..<Int(dice.next() % 12)).map { _ in alphabet[Int(dice.next() % 6)] }
      _ = try? Base64.decode(bytes)
      _ = try? Base32.decode(bytes)
    }
  }

  @Test(arguments: [
    (#"b64dec "YQ==""#, "a"), (#"b64dec "Y\nQ=\n=""#, "a"), (#"b64dec "YQ""#, "illegal base64 data at input byte 0"),
    (#"b64dec "YQ=x""#, "illegal base64 data at input byte 2"),
    (#"b64dec "YWJj!""#, "illegal base64 data at input byte 4"),
    (#"b32enc "ab""#, "MFRA===="), (#"b32dec "mfra""#, "illegal base32 data at input byte 0"),
  ])
  func placesErrors(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    (
      #"(urlParse "HTTP://u:p%40@[::1]:80/a%2Fb?q#f%20g") | toJson"#,
      #"{"fragment":"f g","host":"[::1]:80","hostname":"::1","opaque":"","path":"/a/b","query":"q","scheme":"http","userinfo":"u:p%40"}"#
    ),
    (#"(urlParse "mailto:a@b").opaque"#, "a@b"),
    (#"urlParse "a:b:c://x""#, "map[fragment: host: hostname: opaque:b:c://x path: query: scheme:a userinfo:]"),
    (#"urlParse "1a:b""#, #"!unable to parse url: parse "1a:b": first path segment in URL cannot contain colon"#),
    (#"urlParse ":x""#, #"!unable to parse url: parse ":x": missing protocol scheme"#),
    (#"urlParse "http://a b/""#, #"!unable to parse url: parse "http://a b/": invalid character " " in host name"#),
    (#"urlJoin (dict "host" "h" "path" "p q")"#, "//h/p%20q"), (#"urlJoin (dict "path" "a:b")"#, "./a:b"),
    (#"urlJoin (dict "scheme" "x" "path" "/a")"#, "x:///a"),
    (#"urlJoin (dict "scheme" 1)"#, "!unable to parse scheme key, must be of type string, but int found"),
  ])
  func readsAndWritesURLs(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    (#"base "/a/b/""#, "b"), (#"base """#, "."), (#"base "//""#, "/"), (#"dir "/a/b""#, "/a"), (#"dir "a""#, "."),
    (#"clean "a/../../b/.""#, "../b"), (#"ext "a.b/c""#, ""), (#"osExt "x.tar.gz""#, ".gz"), (#"isAbs "/x""#, "true"),
  ])
  func takesPathsApart(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }
}
