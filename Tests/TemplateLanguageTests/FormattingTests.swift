import SourceText
import TemplateLanguage
import Testing
import Values

@Suite struct FormattingTests {
  private func format(_ format: String, _ arguments: Value...) -> String {
    GoFormat.sprintf(Text(format), arguments, tracking: false).string
  }

  @Test func integers() {
    #expect(format("%d|%5d|%-5d|%05d|%+d|% d", 42, 42, 42, 42, 42, 42) == "42|   42|42   |00042|+42| 42")
    #expect(format("%x %X %#x %o %O %#o %b %#b", 255, 255, 255, 8, 8, 8, 5, 5) == "ff FF 0xff 10 0o10 010 101 0b101")
    #expect(format("%c %q %U %#U", 65, 65, 0x1F642, 0x1F642) == "A 'A' U+1F642 U+1F642 '🙂'")
    #expect(format("%.3d|%8.3d|%.0d|%+.2d", 7, -7, 0, 5) == "007|    -007||+05")
  }

  @Test func floats() {
    #expect(
      format("%v %g %f %.2f %e %6.1f|%-8.2f|%08.3f", 1.5, 1e21, 1.5, 2.675, 12345.678, 3.14159, 2.5, -3.14159)
        == "1.5 1e+21 1.500000 2.67 1.234568e+04    3.1|2.50    |-003.142")
    #expect(format("%x %b %#v %+v %G", 1.5, 1.0, 1.0, 2.0, 1e-10) == "0x1.8p+00 4503599627370496p-52 1 2 1E-10")
    #expect(
      format("%v %5v %+v %v", .float(.infinity), .float(.nan), .float(.infinity), .float(-.infinity))
        == "+Inf   NaN +Inf -Inf")
  }

  @Test func strings() {
    #expect(
      format("%s|%5s|%-5s|%.2s|%q|%x|% X|%#q", "abc", "ab", "ab", "abc", "a\"b", "hi", "hi", "ab")
        == "abc|   ab|ab   |ab|\"a\\\"b\"|6869|68 69|`ab`")
    #expect(format("%+q %5.1s|", "é", "éa") == "\"\\u00e9\"     é|")
  }

  @Test func compounds() {
    let map = Value.map(MapValue(["b": 1, "a": .list(["x", .none])]))
    #expect(format("%v", map) == "map[a:[x <nil>] b:1]")
    #expect(
      format("%#v", map) == """
        map[string]interface {}{"a":[]interface {}{"x", interface {}(nil)}, "b":1}
        """)
    #expect(format("%d", .list([1, "a", true])) == "[1 %!d(string=a) %!d(bool=true)]")
    #expect(format("%T %T %T %T", 1, 1.0, map, .none) == "int float64 map[string]interface {} <nil>")
  }

  @Test func complaints() {
    #expect(format("%d %s", "x") == "%!d(string=x) %!s(MISSING)")
    #expect(format("%z %!", 1) == "%!z(int=1) %!!(NOVERB)" || format("%z", 1) == "%!z(int=1)")
    #expect(format("%s", 1, "b") == "%!s(int=1)%!(EXTRA string=b)")
    #expect(format("%d%%", 5) == "5%")
    #expect(format("%") == "%!(NOVERB)")
    #expect(format("%s", .none) == "%!s(<nil>)")
  }

  @Test func argumentIndexesAndStars() {
    #expect(format("%[2]s %[1]s", "a", "b") == "b a")
    #expect(format("%[3]s", "a") == "%!s(BADINDEX)")
    #expect(format("%*d|%-*d|", 5, 42, 4, 7) == "   42|7   |")
    #expect(format("%.*f", 2, 3.14159) == "3.14")
    #expect(format("%[1]d %d", 1, 2) == "1 2")
    #expect(format("%*d", "x", 1) == "%!(BADWIDTH)1")
  }

  @Test func sprintPutsSpacesBetweenWhatIsNoString() {
    #expect(GoFormat.sprint([1, 2, "a", 3, .none, .none], tracking: false).string == "1 2a3 <nil> <nil>")
    #expect(GoFormat.sprintln(["a", 1], tracking: false).string == "a 1\n")
  }
}
