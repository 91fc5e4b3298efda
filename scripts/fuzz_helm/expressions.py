"""Random expressions of the template language, mostly well typed."""
from .chance import FLOATS, go_string, integer, small, word
from .functions import BY_RESULT, CHANGING, FUNCTIONS, UNORDERED
from . import documents

LAYOUTS = [
    "2006-01-02", "2006-01-02T15:04:05Z07:00", "Mon, 02 Jan 2006 15:04:05 MST", "Jan _2 3:04PM", "06.1.2 .000 .999", "2006-002",
    "Monday January 2 15h", "", "20060102150405", "-0700 Z0700 -07 Z07:00:00", "hello", "02 Jan 06 15:04 -0700", "3:4:5 PM pm",
]
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "", "Local", "No/Where", "EST"]
REGEXES = [
    "a", "a*", "[a-c]+", "(a)(b)?", "^x", "y$", "(?i)FOO", "\\\\d+", "\\\\w", "\\\\s*", "[^a]", ".", "(?s).+", "a|b|", "(?P<n>.)(.)",
    "[[:alpha:]]+", "\\\\pL", "x{2,3}", "a+?", "(", "[z-a]", "a**", "\\\\", "(?m)^", "\\\\bo", "[\\\\d.]+", "", "(?U)a+", "\\\\x{e9}", "\\\\Qa.b\\\\E",
]
FORMATS = [
    "%s", "%d", "%v", "%q", "%x", "%5d|", "%-8s|", "%05.1f", "%+v", "%#v", "%T", "%t", "%c", "%U", "%e", "%g", "%%", "%s-%s", "%d%s",
    "%[2]s %[1]s", "%*d", "%.2s", "%X", "% x", "%o", "%b", "%s %!", "%z", "%6.2f%%", "%+d", "%#x", "% d", "%08b", "%#q", "%p", "no", "%v %v", "%",
    "%.3v", "%[3]d", "%-5t|", "%#o", "%O", "%G", "%.0f", "%+q", "%x %X",
]
TYPES = [
    "string", "int", "int64", "float64", "bool", "map[string]interface {}", "[]interface {}", "*x.Y", "interface {}", "[]string", "common.Values",
]
KINDS = ["string", "int", "int64", "float64", "bool", "map", "slice", "invalid", "ptr"]
DURATIONS = ["1h", "90m", "-2h30m", "36h", "1.5s", "250ms", "0", "1d", "x", "10us", "100h3m", "95"]
VERSIONS = ["1.2.3", "v1.2", "1", "1.2.3-rc.1", "1.2.3+build.5", "0.0.0", "1.2.x", "01.2.3", "", "1.37.0-gke.100", "2.0.0-alpha.beta"]
CONSTRAINTS = [
    ">=1.2.0", "^1.2", "~1.2.3", "1.x", "*", "1.2.3 - 2.0", ">1 <3", "=1.2.3", "!=1.0.0", "1.2 || >=2", ">=1.19-0", "^0.0.3", "~>1", "", "bad", ">= 1.2, < 2", "<2.0.0-0", "=>1", "x",
]
URLS = [
    "http://example.com", "https://u:p@h:8443/a/b?q=1#frag", "//host/x", "mailto:a@b", "/only/path", "a b", "http://[::1]:80/", "%zz", "", "http://h/%2F?a=%20",
]
PATHS = ["/a/b.txt", "a/../b", ".", "", "/", "a//b/", "x.tar.gz", "../..", "/a/./b/..", "no"]
NUMBERS = ["12", "-3", "1.5", "0x1f", "007", "1e3", "", "abc", " 7", "9999999999999999999", "0o17", "+5", "1_0", "true"]


class Expressions:
    """Makes expressions that look at a known tree of values and at the variables in scope."""

    def __init__(self, rng, paths):
        self.rng = rng
        # Sort of value → texts of fields that have it.
        self.paths = paths
        self.variables = []

    def make(self, sort, depth=3):
        """An operand: a literal, a field, a variable or a parenthesised call."""
        if self.rng.random() < 0.06:
            sort = "any"
        if depth <= 0 or self.rng.random() < 0.35:
            return self.leaf(sort)
        return "(" + self.call(sort, depth) + ")"

    def call(self, sort, depth):
        """A call without parentheses, sometimes a pipeline."""
        function = self.rng.choice(BY_RESULT.get(sort) or FUNCTIONS if self.rng.random() < 0.9 else FUNCTIONS)
        arguments = [self.make(parameter, depth - 1) for parameter in self.parameters(function)]
        if function.name in CHANGING and arguments:
            arguments[0] = f"(deepCopy {arguments[0]})"
        if function.name in UNORDERED:
            return f"{function.name} {' '.join(arguments)} | toStrings | sortAlpha"
        if arguments and self.rng.random() < 0.3:
            last = arguments.pop()
            if last.startswith("(") and last.endswith(")") and self.rng.random() < 0.5:
                last = last[1:-1]
            return f"{last} | {' '.join([function.name, *arguments])}"
        text = " ".join([function.name, *arguments])
        if self.rng.random() < 0.05:
            text = f"({text}).{self.rng.of('a', 'Name', 'x', 'b', 'Original', 'Major')}"
        return text

    def parameters(self, function):
        sorts = []
        for parameter in function.parameters:
            if parameter.endswith("*"):
                sorts += [parameter[:-1]] * self.rng.randint(0, 3)
            else:
                sorts.append(parameter)
        if self.rng.random() < 0.02 and sorts:
            sorts.pop()
        if self.rng.random() < 0.02:
            sorts.append("any")
        return sorts

    def leaf(self, sort):
        rng = self.rng
        if self.variables and rng.random() < 0.15:
            return rng.choice(self.variables)
        fields = self.paths.get(sort) or (self.paths.get("any") if sort == "any" else None)
        if fields and rng.random() < 0.5:
            return rng.choice(fields)
        return self.literal(sort)

    def literal(self, sort):
        rng = self.rng
        quoted = lambda choices: go_string(rng.choice(choices), rng)
        match sort:
            case "str" | "b64" | "b32":
                return go_string(word(rng), rng)
            case "int":
                return str(integer(rng))
            case "small":
                return str(small(rng))
            case "float":
                return rng.choice(FLOATS)
            case "num":
                return rng.of(str(integer(rng)), rng.choice(FLOATS), str(small(rng)), quoted(NUMBERS))
            case "numstr":
                return quoted(NUMBERS)
            case "bool":
                return rng.of("true", "false")
            case "list":
                return "(list" + "".join(" " + self.literal(rng.of("any", "str", "int")) for _ in range(rng.randint(0, 4))) + ")"
            case "dict":
                pairs = rng.some(lambda: f" {go_string(rng.of('a', 'b', 'x y', 'name', '1', 'Z'))} {self.literal('any')}", 3)
                return "(dict" + "".join(pairs) + ")"
            case "key":
                return go_string(rng.of("a", "b", "c", "name", "x", "d.e", "", "1", "Z"))
            case "layout":
                return quoted(LAYOUTS)
            case "zone":
                return quoted(ZONES)
            case "time":
                return rng.of('(toDate "2006-01-02" "2024-02-29")', '(toDate "2006-01-02 15:04:05" "1999-12-31 23:59:58")', str(rng.of(0, 1700000000, -5)), "(int64 86399)")
            case "regex":
                return '"' + rng.choice(REGEXES) + '"'
            case "format":
                return go_string(rng.choice(FORMATS) + rng.of("", "", " " + rng.choice(FORMATS)))
            case "type":
                return quoted(TYPES)
            case "kind":
                return quoted(KINDS)
            case "duration":
                return rng.of(quoted(DURATIONS), quoted(DURATIONS), str(integer(rng)), rng.choice(FLOATS))
            case "version":
                return quoted(VERSIONS)
            case "constraint":
                return quoted(CONSTRAINTS)
            case "url":
                return quoted(URLS)
            case "path":
                return quoted(PATHS)
            case "yaml":
                return go_string(documents.yaml_document(rng, 2))
            case "json":
                return go_string(documents.json_document(rng, 2))
            case "toml":
                return go_string(documents.toml_document(rng))
            case _:
                if rng.random() < 0.08:
                    return rng.of("nil", "'x'", "0x10", "1i", "'\\n'", "1_000", "0b101", ".Values", ".Chart", ".Release", ".Capabilities.KubeVersion")
                return self.literal(rng.of("str", "int", "float", "bool", "list", "dict", "str", "int"))
