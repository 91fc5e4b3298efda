"""Random template text: every statement of the language around random expressions."""
from .chance import go_string
from .expressions import Expressions

TEXTS = ["x", " ", "\n", "\n  ", "a: ", "- ", "é", "{", "}", "{ {", "#c\n", "\t", "'", ' "q" ', "\n\n", "---", "\r\n"]


class Templates:
    def __init__(self, rng, paths):
        self.rng = rng
        self.expressions = Expressions(rng, paths)
        self.definitions = []
        self.loops = 0
        self.suffix = ""

    def template(self, depth=3, suffix=""):
        """A whole template, with what it defines in front; the names that it defines end in `suffix`."""
        self.suffix = suffix
        self.definitions = []
        self.expressions.variables = []
        body = self.statements(depth)
        if self.rng.random() < 0.03:
            body = self.damaged(body)
        return "".join(self.definitions) + body

    def statements(self, depth):
        kept = list(self.expressions.variables)
        text = "".join(self.statement(depth) for _ in range(self.rng.randint(1, 3)))
        self.expressions.variables = kept
        return text

    def action(self, body):
        left = self.rng.of("{{", "{{", "{{", "{{ ", "{{- ", "{{ ", "{{-\n")
        right = self.rng.of("}}", "}}", " }}", " }}", " -}}", "\n-}}")
        if left == "{{" and body[:1] == "-":
            left = "{{ "
        return left + body + right

    def expression(self, sort="any", depth=3):
        return self.expressions.call(sort, depth) if self.rng.often() else self.expressions.make(sort, depth)

    def statement(self, depth):
        rng = self.rng
        if depth <= 0:
            return self.action(self.expression(rng.of("any", "str", "str", "list", "dict"), 2))
        kind = rng.randrange(22)
        if kind < 9:
            return self.action(self.expression(rng.of("any", "str", "str", "num", "list", "dict", "bool", "time"), depth))
        if kind < 11:
            return rng.choice(TEXTS)
        if kind == 11:
            return self.conditional(depth)
        if kind in (12, 13):
            return self.loop(depth)
        if kind == 14:
            return self.with_block(depth)
        if kind in (15, 16):
            return self.variable(depth)
        if kind in (17, 18):
            return self.named(depth)
        if kind == 19:
            return self.tpl(depth)
        if kind == 20:
            return rng.of("{{/* c */}}", "{{- /* c */ -}}", "{{/*\n*/ -}}")
        if self.loops and rng.often():
            return "{{ if " + self.expression("bool", 1) + " }}" + rng.of("{{ break }}", "{{- continue -}}") + "{{ end }}"
        return rng.choice(TEXTS)

    def conditional(self, depth):
        text = self.action("if " + self.expression("bool", depth - 1)) + self.statements(depth - 1)
        while self.rng.random() < 0.3:
            text += self.action(self.rng.of("else if ", "else with ") + self.expression("any", depth - 1)) + self.statements(depth - 1)
        if self.rng.random() < 0.5:
            text += self.action("else") + self.statements(depth - 1)
        return text + self.action("end")

    def with_block(self, depth):
        pipeline = self.expression("any", depth - 1)
        if self.rng.random() < 0.3:
            pipeline = "$w := " + pipeline
            self.expressions.variables.append("$w")
        text = self.action("with " + pipeline) + self.rng.of("", "{{ . }}") + self.statements(depth - 1)
        if self.rng.random() < 0.3:
            text += self.action(self.rng.of("else", "else with " + self.expression("any", 1))) + self.statements(depth - 1)
        if "$w" in self.expressions.variables:
            self.expressions.variables.remove("$w")
        return text + self.action("end")

    def loop(self, depth):
        rng = self.rng
        head = rng.of("", "", "$x := ", "$i, $x := ", "$i, $x := ")
        names = [name.strip() for name in head.replace(":=", "").split(",") if name.strip()]
        subject = self.expression(rng.of("list", "list", "dict", "small", "any"), depth - 1)
        self.expressions.variables += names
        self.loops += 1
        body = rng.of("", "{{ . }}", "{{ toJson . }},") + self.statements(depth - 1)
        self.loops -= 1
        for name in names:
            self.expressions.variables.remove(name)
        text = self.action(f"range {head}{subject}") + body
        if rng.random() < 0.3:
            text += self.action("else") + self.statements(depth - 1)
        return text + self.action("end")

    def variable(self, depth):
        rng = self.rng
        declared = [name for name in self.expressions.variables if name.startswith("$v")]
        if declared and rng.random() < 0.4:
            return self.action(f"{rng.choice(declared)} = {self.expression('any', depth - 1)}")
        name = f"$v{rng.randrange(4)}"
        text = self.action(f"{name} := {self.expression(rng.of('any', 'str', 'list', 'dict', 'num'), depth - 1)}")
        if name not in self.expressions.variables:
            self.expressions.variables.append(name)
        return text

    def named(self, depth):
        rng = self.rng
        name = rng.of("n1", "n2", "n 3", "") + self.suffix
        kept, self.expressions.variables = self.expressions.variables, []
        loops, self.loops = self.loops, 0
        if rng.often():
            self.definitions.append(self.action(f"define {go_string(name)}") + self.statements(depth - 1) + self.action("end"))
        self.expressions.variables, self.loops = kept, loops
        subject = rng.of(".", "$", ".Values", self.expression("any", 1))
        if " " in subject and not subject.startswith("("):
            subject = f"({subject})"
        return self.action(rng.of(
            f"template {go_string(name)} {subject}", f"include {go_string(name)} {subject}", f"include {go_string(name)} {subject} | nindent 2",
            f"template {go_string(name)}"))

    def tpl(self, depth):
        kept, self.expressions.variables = self.expressions.variables, []
        inner = self.statements(min(depth - 1, 1))
        self.expressions.variables = kept
        return self.action(f"tpl {go_string(inner)} {self.rng.of('.', '$')}")

    def damaged(self, text):
        at = self.rng.randrange(len(text) + 1)
        piece = self.rng.of("{{", "}}", "{{ end }}", "{{ else }}", "(", ")", "|", '"', "`", "$", ".", "{{ break }}", ",", ":=", "", "{{/*", "'", "-", "\\", "{{ define \"q\" }}", "0x", "..")
        end = at + self.rng.of(0, 0, 1, 2)
        return text[:at] + piece + text[end:]


EXTRA = [
    "{{ range $p, $b := .Files.Glob %s }}{{ $p }};{{ end }}", "{{ (.Files.Glob %s).AsConfig }}", "{{ .Files.Get %s }}", "{{ .Files.Lines %s }}",
    "{{ (.Files.Glob %s).AsSecrets }}",
]
GLOBS = [
    "*", "**", "files/*", "files/**", "**.txt", "files/{a,b}*", "files/[a-b].txt", "files/?.txt", "**/*.md", "files/*/c.md", "[!f]*", "{files,docs}/**",
    "files/a.txt", "", "files/[", "files/{a", "files/\\\\*", "*/*", "f*s/a*", "**a**", "files/[^a]*", "files/[ab].{txt,md}",
]


def files_template(rng):
    return rng.choice(EXTRA) % ('"' + rng.choice(GLOBS) + '"')
