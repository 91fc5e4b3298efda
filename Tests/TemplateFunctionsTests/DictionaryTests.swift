import Testing

@Suite struct DictionaryTests {
  @Test(arguments: [
    (#"dict "a" 1 2 "b" "c""#, #"{"2":"b","a":1,"c":""}"#), (#"get (dict "a" 1) "b""#, #""""#),
    (#"unset (dict "a" 1 "b" 2) "a""#, #"{"b":2}"#), (#"keys (dict "b" 1 "a" 2) (dict "c" 3)"#, #"["a","b","c"]"#),
    (#"values (dict "b" 1 "a" 2)"#, "[2,1]"), (#"pluck "a" (dict "a" 1) (dict) (dict "a" 2)"#, "[1,2]"),
    (#"pick (dict "a" 1 "b" 2) "b" "c""#, #"{"b":2}"#), (#"omit (dict "a" 1 "b" 2) "b""#, #"{"a":1}"#),
    (#"dig "a" "b" "no" (dict "a" (dict "b" 5))"#, "5"), (#"dig "a" "x" "no" (dict "a" (dict))"#, #""no""#),
    (#"hasKey nil "a""#, "false"),
  ])
  func answers(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of("\(expression) | toJson") == expected)
  }

  @Test(arguments: [
    (#"set nil "a" 1"#, "!assignment to entry in nil map"), (#"dig "a" (dict)"#, "!dig needs at least three arguments"),
    (#"dig "a" 1 "x""#, "!interface conversion: interface {} is string, not map[string]interface {}"),
    (#"dig "a" "b" 1 (dict "a" nil)"#, "!interface conversion: interface {} is nil, not map[string]interface {}"),
    ("deepCopy nil", "!reflect: call of reflect.Value.Type on zero Value"),
    (#"mustMerge (dict "a" (semver "1.2.3")) (dict "a" (dict "b" 1))"#, "!src and dst must be of same type"),
  ])
  func fails(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test(arguments: [
    (#"merge (dict "a" 0 "b" 2) (dict "a" 1 "b" 3 "c" nil)"#, #"{"a":1,"b":2}"#),
    (#"merge (dict "a" (dict "x" 1)) (dict "a" (dict "x" 2 "y" 3))"#, #"{"a":{"x":1,"y":3}}"#),
    (#"merge (dict "a" (list 1)) (dict "a" (list 2))"#, #"{"a":[1]}"#),
    (#"mergeOverwrite (dict "a" 1 "b" (list 1)) (dict "a" "" "b" (list) "c" nil)"#, #"{"a":"","b":[],"c":null}"#),
    (#"mergeOverwrite (dict "a" 1) (dict "a" (dict "b" 2))"#, #"{"a":{"b":2}}"#),
  ])
  func merges(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of("\(expression) | toJson") == expected)
  }

  /// Maps are shared: merging changes the first one, and what only the second has is not copied.
  @Test func sharesMaps() throws {
    let template = """
      {{- $inner := dict "x" 1 -}}{{- $a := dict -}}{{- $_ := merge $a (dict "in" $inner) -}}
      {{- $_ := set $inner "y" 2 -}}{{- $copy := deepCopy $a -}}{{- $_ := set $inner "z" 3 -}}
      {{- toJson $a }} {{ toJson $copy -}}
      """
    #expect(
      try Rendering().text(template).string == #"{"in":{"x":1,"y":2,"z":3}} {"in":{"x":1,"y":2}}"#)
  }

  /// A map that holds itself must not hang or crash.
  @Test func survivesCycles() throws {
    for use in ["deepCopy $a", "mustMerge $a (dict \"self\" $a)", "quote $a | len", "deepEqual $a $a"] {
      _ = try Rendering().text("{{ $a := dict }}{{ $_ := set $a \"self\" $a }}{{ $_ := \(use) }}")
    }
  }
}
