import SourceText
import Testing
import Values

@testable import Charts

@Suite struct SetArgumentTests {
  private func apply(_ text: String, _ kind: SetArgument.Kind, over values: MapValue = MapValue()) -> String {
    do {
      let argument = SourceFile(path: "--set", kind: .argument, text: ByteString(text))
      try SetArgument.apply(argument, kind: kind, to: values, origins: OriginTable(isTracking: false))
      return Prepared.json(.map(values))
    } catch {
      return error.message.string
    }
  }

  @Test(arguments: [
    ("a=1,b=x", #"{"a":1,"b":"x"}"#), ("a.b.c=true", #"{"a":{"b":{"c":true}}}"#),
    ("a={x,2,null}", #"{"a":["x",2,null]}"#), ("a={}", #"{"a":[""]}"#), ("a[1]=x", #"{"a":[null,"x"]}"#),
    ("a[0].b=1,a[0].c=2", #"{"a":[{"b":1,"c":2}]}"#), ("a[0][1]=x", #"{"a":[[null,"x"]]}"#),
    (#"a\.b=x\,y"#, #"{"a.b":"x,y"}"#), ("a=007,b=0,c=1.5,d=+5", #"{"a":"007","b":0,"c":"1.5","d":5}"#),
    ("a=NULL,b=TRUE", #"{"a":null,"b":true}"#), ("=x", "{}"), ("", "{}"), ("a[1", "{}"), ("a[1]", #"{"a":[]}"#),
    ("a=1,", #"{"a":1}"#), ("a=x=y", #"{"a":"x=y"}"#), ("a.b=", #"{"a":{"b":""}}"#),
    ("a=9223372036854775808", #"{"a":"9223372036854775808"}"#),
  ])
  func accepts(text: String, expected: String) { #expect(apply(text, .typed) == expected) }

  @Test(arguments: [
    ("a", #"key "a" has no value"#), ("a,b=1", #"key "a" has no value (cannot end with ,)"#),
    ("a..b=x", #"key map "a" has no value"#), ("a={x", "list must terminate with '}'"),
    ("a[x]=1", #"error parsing index: strconv.Atoi: parsing "x": invalid syntax"#),
    ("a[-1]=1", "negative -1 index not allowed"), ("a[0]x=1", "unexpected data at end of array index: ['x']"),
    ("a[65537]=1", "index of 65537 is greater than maximum supported index of 65536"),
    ("s.x=1", "unable to parse key: interface conversion: interface {} is string, not map[string]interface {}"),
    ("s[0]=1", "unable to parse key: interface conversion: interface {} is string, not []interface {}"),
  ])
  func refuses(text: String, message: String) {
    #expect(apply(text, .typed, over: MapValue(["s": "text"])) == message)
  }

  @Test func keepsWordsAsText() { #expect(apply("a=1,b={true,x}", .string) == #"{"a":"1","b":["true","x"]}"#) }

  @Test func takesLiterallyWhatFollowsTheFirstEquals() {
    #expect(apply(#"a.b=x,y={1}\"#, .literal) == #"{"a":{"b":"x,y={1}\\"}}"#)
  }

  @Test(arguments: [
    (#"a=1 b={"c":[2]},d="#, #"{"a":1,"b":{"c":[2]},"d":null}"#),
    (#"a[0]="x",b.c=true"#, #"{"a":["x"],"b":{"c":true}}"#),
  ])
  func readsJSON(text: String, expected: String) { #expect(apply(text, .json) == expected) }

  @Test func knowsWhereEachValueStands() throws {
    let argument = SourceFile(path: "--set", kind: .argument, text: #"a=1,b.c=x\,y"#)
    let origins = OriginTable(isTracking: true)
    let values = MapValue()
    try SetArgument.apply(argument, kind: .typed, to: values, origins: origins)
    let leaf = try #require(values["b"]?.asMap?["c"])
    #expect(origins[leaf.origin] == .argument(SourceRange(argument, ByteRange(8, 12))))
  }

  @Test func nestsThirtyDots() {
    let path = (0...31).map { "a\($0)" }.joined(separator: ".")
    #expect(
      apply(path + "=1", .typed)
        == "value name nested level is greater than maximum supported nested level of 30")
  }
}
