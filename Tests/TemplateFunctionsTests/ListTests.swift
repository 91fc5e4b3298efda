import Testing

@Suite struct ListTests {
  @Test(arguments: [
    ("first (list 1 2)", "1"), ("last (list)", "null"), ("rest (list 1 2 3)", "[2,3]"), ("rest (list)", "null"),
    ("initial (list 1 2)", "[1]"), ("append (list 1) 2", "[1,2]"), (#"prepend (list 1) "a""#, #"["a",1]"#),
    ("concat (list 1) (until 2)", "[1,0,1]"), ("concat", "null"), ("slice (list 1 2 3) 1 2", "[2]"),
    ("chunk 2 (list 1 2 3)", "[[1,2],[3]]"), ("chunk -5 (list 1)", "[[1]]"), ("reverse (list 1 2)", "[2,1]"),
    (#"uniq (list "a" 1 1.0 "a" 1)"#, #"["a",1,1]"#), (#"compact (list 0 "" nil "a" (list))"#, #"["a"]"#),
    (#"without (list "a" 1 "b") "a" 1.0"#, #"[1,"b"]"#), (#"has "a" (splitList "," "b,a")"#, "true"),
    ("has 1 nil", "false"),
  ])
  func answers(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of("\(expression) | toJson") == expected)
  }

  @Test(arguments: [
    ("first nil", "!runtime error: invalid memory address or nil pointer dereference"),
    (#"mustRest "abc""#, "!Cannot find rest on type string"), ("concat (list) 5", "!Cannot concat type int as list"),
    ("slice (dict) 1", "!list should be type of slice or array but map"),
    ("slice (list 1) 2", "!reflect.Value.Slice: slice index out of bounds"),
    ("chunk 0 (list 1)", "!runtime error: makeslice: len out of range"), ("has 1 5", "!Cannot find has on type int"),
    ("until 99999999999", "!runtime error: makeslice: len out of range"),
  ])
  func fails(_ expression: String, _ expected: String) throws {
    #expect(try Rendering.of(expression) == expected)
  }

  @Test func keepsTypes() throws {
    #expect(try Rendering.of(#"typeOf (slice (splitList "," "a,b") 1)"#) == "[]string")
    #expect(try Rendering.of("typeOf (chunk 1 (list 1))") == "[][]interface {}")
    #expect(try Rendering.of("typeOf (until 3)") == "[]int")
  }
}
