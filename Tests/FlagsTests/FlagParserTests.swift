import Flags
import Testing

/// What pflag does with a command line, in the cases people meet.
@Suite struct FlagParserTests {
  private let parser = FlagParser(TemplateFlags.all)

  @Test func flagsAndArgumentsInterleave() throws {
    let parsed = try parser.parse(["-n", "a", "rel", "--is-upgrade", "chart", "--namespace=b"])
    #expect(parsed.positionals == ["rel", "chart"])
    #expect(parsed.string("namespace") == "b")
    #expect(parsed.bool("is-upgrade"))
  }

  @Test func everySetAddsOneText() throws {
    let parsed = try parser.parse(["--set", "a=1,b=2", "--set=c=3"])
    #expect(parsed.strings("set") == ["a=1,b=2", "c=3"])
  }

  @Test func valueFilesAreCommaSeparated() throws {
    let parsed = try parser.parse(["-f", "a.yaml,\"b,c.yaml\"", "-fd.yaml", "-f="])
    #expect(parsed.strings("values") == ["a.yaml", "b,c.yaml", "d.yaml"])
  }

  @Test(arguments: [
    (LimitKind.count, "40000000", 40_000_000.0), (.count, "1_000", 1000), (.size, "64MiB", 67_108_864),
    (.size, "1GB", 1_000_000_000), (.size, "4096", 4096), (.size, "1.5k", 1536), (.time, "2s", 2),
    (.time, "500ms", 0.5),
    (.time, "1m", 60), (.time, "3", 3),
  ])
  func limitsHaveUnits(kind: LimitKind, text: String, number: Double) { #expect(kind.number(text) == number) }

  @Test(arguments: [
    (LimitKind.count, "0"), (.count, "-1"), (.count, "1k"), (.count, ""), (.size, "1.3"), (.size, "MiB"),
    (.size, "1 MiB"), (.size, "9999999999GiB"), (.time, "1d"), (.time, "inf"), (.time, "nan"), (.time, "é"),
  ])
  func whatIsNoLimitIsRefused(kind: LimitKind, text: String) { #expect(kind.number(text) == nil) }

  @Test func badLimitsAreTold() {
    #expect(
      throws: FlagError("invalid argument \"x\" for \"--max-output\" flag: expected a size such as 64MiB")
    ) { try parser.parse(["--max-output=x"]) }
  }

  @Test func doubleDashEndsFlags() throws {
    let parsed = try parser.parse(["rel", "--", "--set", "-x"])
    #expect(parsed.positionals == ["rel", "--set", "-x"])
  }

  @Test func bareOptionalFlagTakesNothing() throws {
    let parsed = try parser.parse(["--dry-run", "chart", "--wait"])
    #expect(parsed.string("dry-run") == "unset")
    #expect(parsed.string("wait") == "watcher")
    #expect(parsed.positionals == ["chart"])
  }

  @Test func deprecatedFlagIsToldOnce() throws {
    let parsed = try parser.parse(["--atomic", "--atomic"])
    #expect(parsed.deprecations == ["Flag --atomic has been deprecated, use --rollback-on-failure instead"])
  }

  @Test(arguments: [
    (["--nonesuch"], "unknown flag: --nonesuch"),
    (["--set"], "flag needs an argument: --set"),
    (["-gf"], "flag needs an argument: 'f' in -gf"),
    (["-gq"], "unknown shorthand flag: 'q' in -q"),
    (["--=x"], "bad flag syntax: --=x"),
    (["---x"], "bad flag syntax: ---x"),
    (["--timeout", "zz"], "invalid argument \"zz\" for \"--timeout\" flag: time: invalid duration \"zz\""),
    (
      ["--post-renderer", "cat"],
      "invalid argument \"cat\" for \"--post-renderer\" flag: plugin: {Name:cat Type:postrenderer/v1} not found"
    ),
    (["-lead"], "invalid argument \"ead\" for \"-l, --labels\" flag: ead must be formatted as key=value"),
    (
      ["--no-hooks=zz"],
      "invalid argument \"zz\" for \"--no-hooks\" flag: strconv.ParseBool: parsing \"zz\": invalid syntax"
    ),
    (
      ["-f", "a\"b"],
      "invalid argument \"a\\\"b\" for \"-f, --values\" flag: parse error on line 1, column 2: bare \" in non-quoted-field"
    ),
    (
      ["-f", "\"a\"b"],
      "invalid argument \"\\\"a\\\"b\" for \"-f, --values\" flag: parse error on line 1, column 3: extraneous or missing \" in quoted-field"
    ),
  ]) func errorsAreHelms(arguments: [String], message: String) {
    #expect(throws: FlagError(message)) { try parser.parse(arguments) }
  }

  @Test(arguments: ["0", "5m0s", "-1.5h", "+300ms", "1h2m3.5s", ".5s"]) func durations(text: String) throws {
    #expect(try parser.parse(["--timeout=\(text)"]).string("timeout") == text)
  }

  @Test(arguments: ["", "5", "s", "1d", "1.2.3s", "5 s"]) func notDurations(text: String) {
    #expect(throws: FlagError.self) { try parser.parse(["--timeout=\(text)"]) }
  }
}
