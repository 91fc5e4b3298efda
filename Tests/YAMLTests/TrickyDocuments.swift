/// Documents that have gone wrong in one YAML parser or another.
enum TrickyDocuments {
  static let all: [String] = documents + indentation + flows + scalars + blocks + names

  /// Starts, ends, directives, comments and line breaks.
  private static let documents = [
    "", "\n", "# only\n", "---", "---\n", "---\n---\n", "...", "...\n", "a\n...\n", "a\n...\nb\n", "a\n---\nb",
    "--- a\n---b\n",
    "--- |\n a\n...\n--- >\n b\n", "--- # c\na: 1\n... # d\n---\n...\n", "a: 1\n--- # x\nb: 2\n--- {c: 3}\n--- [d]\n",
    "%YAML 1.1\n--- a\n", "%YAML 1.1\n%YAML 1.1\n--- a\n", "%YAML 1.1 # c\n---\n", "%TAG ! tag:x,2000:\n--- !a b\n",
    "%TAG !e! tag:e,2000:\n--- !e!a%21 b\n--- !e!a b\n", "%TAG !! tag:x:\n--- !!str a\n",
    "%TAG !e! a\n%TAG !e! b\n--- a\n",
    "%FOO bar\n--- a\n", "%YAML 2.0\n--- a\n", "%YAML\n--- a\n", "% \n", "%YAML 1.1\na\n", "a\n%YAML 1.1\n--- b\n",
    "\u{feff}a: 1\n", "\u{feff}---\na\n", "a: 1\r\nb:\r\n- 2\r\n", "a: 1\rb: 2\r", "a: 1\u{85}b: 2\u{85}",
    "a: b\u{2028}c: d\u{2029}", "a #b\n", "a# b\n", "a: #b\n", "- #b\n-# c\n", "'a'# b\n", "[a]# b\n", "#\n#\n",
    " # c\na\n",
    "a: 1 # é\nb: 🙂 # x\nc: 2\n", "é: [ü, {ö: ä}]\n", "a:\n  # c\n  b: 1\n # d\n  c: 2\n# e\n", "---a: 1\n",
    "--- a: 1\n",
    "a: ---\n", "a: ...\n", "- ---\n", "'a\n--- b'\n", "\"a\n... b\"\n", "a\n---\n", "x: |\n---\n", "[a,\n---\nb]\n",
  ]

  private static let indentation = [
    "a:\n  b:\n    c: 1\n  d: 2\ne: 3\n", "a:\n- b\n- c\nd: e\n", "a:\n - b\n - c\nd: e\n",
    "- - - a\n    - b\n  - c\n- d\n",
    "- a: 1\n  b: 2\n-\n  c: 3\n", "-\n", "- \n-\n- a\n", "a:\n b: 1\n  c: 2\n", "a:\n  b: 1\n c: 2\n", " a: 1\nb: 2\n",
    "a: 1\n b: 2\n",
    "a: - b\n", "a: b: c\n", "a: 'b': c\n", "- a\nb: c\n", "a: b\n- c\n", "a:\n\tb: 1\n", "a:\tb\n", "-\ta\n",
    "-\t- a\n", "a: 1\n\t\nb: 2\n",
    "\ta: 1\n", "a:\n  - b\n  c\n", "? a\n: b\n", "? a\n", "? a\n? b\n: c\n", "? - a\n  - b\n: - c\n",
    "? a: 1\n: b: 2\n", ": a\n", ":\n", ": : a\n",
    "a:\n", "a: \nb:\n", "a:\n\n\nb:\n", "a:\n  b:\n", "a:\n-\nb:\n-\n", "? |\n  a\n: >\n  b\n", "a\nb\nc: d\n",
    "a\n  b: c\n", "a:\n  b\n  c\nd: e\n",
    "a:\nb\n", "a: b\nc\n", "a: b\n c\n d: e\n", "- a\n - b\n", "- a\n  b\n- c\n", "-a\n", "- -a\n", "a:b\n", "a :b\n",
    "a : b\n", "a: b:\n", "::\n", ":a: b\n",
    "a::b: c\n", "?a: b\n", "-: a\n", "- : a\n", "?: a\n", "'a' : b\n", "\"a\":b\n", "[a]: b\n", "{a: b}: c\n",
    "[a\n]: b\n", "&a : b\n", "&a b: c\n", "*a : b\n", "!t a: b\n",
    "&a\na: b\n", "&a !t\na: b\n", "a: &a\n  b: c\n", "a: &a\nb: c\n", "a: &a\n- b\n", "a: !t\n- b\n",
    "- &a\n- !t\n- &b !u\n", "- &a a: b\n", "- !t\n  a: b\n",
  ]

  private static let flows = [
    "[]", "{}", "[[]]", "[{}]", "{a}", "{a: }", "{a: ,}", "{a: b,}", "[a,]", "[,]", "{,}", "[a,,b]", "[a b]", "[a: b]",
    "[a: b, c]", "[? a : b]", "[? a]", "[?]", "{? a}", "{? a : b}",
    "{?}", "{: a}", "[: a]", "{:}", "[:]", "{a:b}", "{a:}", "{a:,b}", "[a:]", "[a:b]", "[a:,b]", "{\"a\":b}", "{'a':b}",
    "[\"a\":b]", "{\"a\": b}", "{a\n: b}", "[a\n: b]", "{a: b\n c}",
    "{a: {b: [c, {d: e}]}}", "{a: b}}", "[a]]", "[a", "{a", "[a}", "{a]", "[a]b", "[a] b", "{a: b} c", "[a]\n[b]",
    "a: [b\n]\n", "a: [\nb\n]\n", "a: [\n  b\n  ]\n", "a: {\n b: c,\n d: e\n }\n",
    "[a, #c\nb]", "[a,#c\nb]", "[a #c\n,b]", "{a: #c\n b}", "[-]", "[- a]", "[-a]", "[--, -]", "[a, - b]", "[|]",
    "[>\n a]", "[|a]", "[a|b]", "[&a b, *a]", "[&a , b]", "[!t , b]", "[!t]", "[&a]", "{&a a: !t b}",
    "{*a : b}", "{*a: b}", "[*a]", "[*a,b]", "{a: *b}", "{a: *b, c: d}", "[a?b]", "[a ?b]", "[?a]", "{?a: b}",
    "{a?: b}", "[a{b]", "[a[b]", "[http://x/y?z#w]", "{u: http://x:80/y, v: 1}", "[{a: b}: c]", "{{a: b}: c}",
    "{[a]: b}", "[[a]: b]", "[\"a\nb\": c]", "{\"a\n b\": c}", "[a\tb]", "[\ta\t,\tb\t]", "{a:\tb}", "{{ .Values.a }}",
    "a: {{ .Values.a }}", "a: {{ b }}\nc: d", "[{}: a]", "{{}: a}", "{[]: a}", "[[]: a]", "{a, b: c, d}",
    "[a]: [b]\n", "{a: b}: {c: d}\n", "- [a]: b\n", "- {}: b\n", "{}: b\n", "[]: b\n", "? {}\n: b\n", "a: {}: b\n",
  ]

  private static let scalars = [
    "''", "\"\"", "''''", "'a''b'", "'a\n b'", "'a\n\n b'", "'a \n \n\tb '", "' a '", "\"a\\nb\"", "\"a\\\nb\"",
    "\"a\\\n  b\"", "\"a \\\n  b\"", "\"a\\ \n b\"", "\"\\\n\n\\\n a\"", "\"a\n\\  b\"",
    "\"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\\"\\\\\\N\\_\\L\\P\"", "\"\\x41\\u0041\\U00000041\"", "\"\\u00e9\\U0001F642\"",
    "\"\\xe9\"", "\"\\ud800\"", "\"\\U00110000\"", "\"\\x4\"", "\"\\q\"", "\"\\/\"", "\"\\'\"", "\"\\\t\"", "\"",
    "'", "\"a", "'a", "\"a\\", "\"a\n", "'a'b", "'a' b", "\"a\"b", "\"a\" \"b\"", "'a'\n'b'", "a 'b' c", "a\"b", "a'b",
    "a\n b\n  c\n", "a\n\n b\n\n\n c\n", "a\n # c\n b\n", "a #c\n b\n", "a \t b\t\n\t c\n", "- a\n\n  b\n",
    "a: b\n\tc\n", "a: b\n \tc\n",
    "@a", "`a", "%a", "a@b", "a%b", "-", "?", ":", "- ?", "? -", "--", "-- a", "?? a", ",a", "a,b", "]a", "}a", "a]b",
    "a}b", "a{b}", "a[b]", "!a b", "! a", "!", "!!", "!!str", "!!str a", "!<a> b", "!<a b", "!<> b", "!a!b c",
    "!a%20b c", "!a%2 c",
    "!a%e9 c", "!a%c3%a9 c", "!a%c3 c", "!a%80 c", "!a%f0%9f%99%82 c", "!!%61 b", "!<tag:yaml.org,2002:str> a",
    "!<!> a", "!a&b", "!a,b c", "[!a,b]", "[!a, b]", "[!a]", "{!a b: c}", "!a! b", "!a!", "!\u{e9} b", "a\u{2028}b",
    "a\u{85}b", "'a\u{2028}b'", "'a\u{2028}\u{2028}b'",
    "'a\u{85}b'", "'a\u{85}\u{85}b'", "'a\r\nb'", "'a\r\rb'", "\"a\\\r\nb\"", "\"a\\\u{85}b\"", "\"a\\\u{2028}b\"",
    "a\u{a0}b", "\u{fffd}", "a\u{0}b", "a\u{1}b", "a\u{7f}b", "a\u{80}b", "a\u{feff}b", "\u{feff}\u{feff}a: b",
    "'\u{feff}'", "a: \u{fffe}", "~", "<<: a",
  ]

  private static let blocks = [
    "|\n a\n", ">\n a\n", "|\n", ">\n", "|", "a: |\nb: c\n", "a: |\n\nb: c\n", "a: |+\n\nb: c\n",
    "a: |-\n b\n\n\nc: d\n", "a: |+\n b\n\n\nc: d\n", "a: |\n b\n\n\nc: d\n", "a: >\n b\n c\n\n d\n  e\n f\n\n\n g\n",
    "a: >-\n  b\n\n\n  c\n",
    "a: >\n\n b\n", "a: >\n  b\n\n   c\n\n  d\n", "a: >\n b\n \tc\n d\n", "a: |2\n   b\n", "a: |2-\n   b\n",
    "a: |-2\n   b\n", "a: |1\n  b\n c\n", "a: |9\n b\n", "a: |0\n b\n", "a: |10\n b\n", "a: |--\n b\n", "a: |+-\n b\n",
    "a: |x\n b\n", "a: | # c\n b\n",
    "a: |# c\n b\n", "a: |  \n b\n", "a: |\t\n b\n", "a: |\n\tb\n", "a: |\n \tb\n", "a: |\n b\n\tc\n",
    "a: |\n  \n   b\n", "a: |\n    \n  b\n", "a: |\n  b\n c\n", "a: |\n  b\n # c\n", "a: |\n  b\n# c\n",
    "a: |\n  b\n # c\nd: e\n", "- |\n a\n- >\n b\n", "- |\n a\n b\n- - |\n    c\n   - >\n    d\n",
    "a: |\n b", "a: |\n b\n ", "a: |+\n b\n ", "a: |+\n b\n  ", "a: |\r\n b\r\n c\r\n", "a: |\u{85} b\u{85} c\u{85}",
    "a: |\n b\u{2028} c\u{2028}", "a: >\n b\u{2028} c\u{2028}\u{2028} d\n", "a: >\r\n b\r\n\r\n c\r\n",
    "a: |\n é\n  ü\nb: 1\n", "a: !t |\n b\n", "a: &a |\n b\n", "a: !t &a >\n b\n", "|\na\n", "|1\n a\n",
    "--- |\na\n--- >\nb\n",
    "a:\n  - |\n  b\n", "a: >\n\n\n  b\n\n", "a: >+\n\n\n  b\n\n", "a: |+\n\n\n", "a: |+\n", "a: |-\n",
    "x:\n  - |+\n    a\n\n  - b\n", "- |\n\n\n\n", "- |2\n\n  a\n",
  ]

  private static let names = [
    "&a b", "*a", "&a", "&a *b", "&a &b c", "!a !b c", "&a !b c", "!b &a c", "& a", "* a", "&a: b", "*a: b",
    "&a-b_c9 d", "&a.b c", "&é a", "&a,b", "[&a,b]", "*a,b", "[*a, *b]", "&a [b]", "&a {b: c}", "&a\n- b\n",
    "- &a\n  - b\n", "*a b", "*a\n b", "*a *b", "*a: *b", "*a : *b", "&a &a b",
    "a: &b c\nd: *b\n", "a: *b\n- c\n", "!t &a\n", "!t\n&a\nb\n", "- !t\n- &a\n", "&a |\n b\n", "&a 'b': c\n",
    "a: !t\nb: !t\n", "&a ? b\n", "&a - b\n", "!t - b\n", "&a: &b: c\n", "&a}", "[&a]", "[&a}", "&a@ b", "&a` b",
    "&a% b", "&a? b",
  ]
}
