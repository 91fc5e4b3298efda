"""Random YAML, JSON and TOML documents, from plain to odd."""
import json

from .chance import FLOATS, integer, word


def scalar(rng):
    kind = rng.randrange(14)
    text = word(rng)
    if kind < 5:
        plain = text.strip() or "x"
        return plain if "\n" not in plain and "\x00" not in plain else "x"
    if kind == 5:
        return "'" + text.replace("'", "''").replace("\n", " ").replace("\x00", "") + "'"
    if kind == 6:
        return json.dumps(text, ensure_ascii=rng.often())
    if kind == 7:
        return str(integer(rng))
    if kind == 8:
        return rng.choice(FLOATS)
    if kind == 9:
        return rng.of("null", "~", "", "true", "false", "yes", "off", "NULL", "True")
    if kind == 10:
        return rng.of("!!str 1", "!!int '3'", "!!float 1", "!!binary YWJj", "!!null ''", "!x y", "!!bool 'true'", "! 5", "!!timestamp 2001-01-01")
    if kind == 11:
        return rng.of("2001-12-14t21:59:43.10-05:00", "2001-12-14", "0o14", "0b1_1", "1_2.3_4", "+.inf", "190:20:30", "0x_1", "-0", "+0.5", "1e", "._", "1__2")
    if kind == 12:
        return rng.of('"\\x41\\u00e9\\n\\t\\0"', '"a\\\n   b"', '"\\e\\_\\N\\L"', '"bad \\q"', "'open", '"open')
    return rng.of("a # comment", "a#b", "a : b", "a :b", "a:b", "[]", "{}", "[a, b]", "{a: 1, b}", "[a, [b], {c: d}]", "{? a : b}", "[a: b]", "[ , ]", "{a:1}", '{"a":1}')


def block_scalar(rng, indent):
    pad = " " * (indent + rng.of(2, 2, 1, 4))
    lines = [pad + rng.of("", " ", "  ") + (word(rng).replace("\n", " ").replace("\x00", "") or "") for _ in range(rng.randint(0, 4))]
    if rng.seldom():
        lines.insert(rng.randrange(len(lines) + 1), rng.of("", "", "   ", "\t"))
    return rng.of("|", ">") + rng.of("", "", "-", "+", "2", "1-", "+1") + rng.of("", "", " # c") + "\n" + "\n".join(lines)


def key(rng):
    if rng.often():
        return rng.of("a", "b", "c", "name", "x-y", "k1")
    return rng.of("1", "true", "null", "~", "1.5", "'q'", '"d q"', "a b", "<<", "?", "? [x]", "!!str 2", "0x10", "", "-", "y", "2001-01-01", "*a1", "&k kk", ".", "a.b", "é")


def block(rng, indent, depth):
    """A block node that starts on its own line."""
    pad = " " * indent
    lines = []
    is_list = rng.random() < 0.4
    for _ in range(rng.randint(1, 4)):
        head = pad + ("-" if is_list else key(rng) + ":")
        mark = rng.of("", "", "", "", "", " &a1", " &b", " !!map", " !t") if rng.seldom() else ""
        choice = rng.random()
        if depth > 0 and choice < 0.35:
            step = rng.of(0 if not is_list else 2, 2, 2, 2, 4, 1)
            lines.append(head + mark + "\n" + block(rng, indent + step, depth - 1))
        elif depth > 0 and is_list and choice < 0.5:
            inner = block(rng, indent + 2, depth - 1)
            lines.append(head + " " + inner.lstrip(" "))
        elif choice < 0.6:
            lines.append(head + mark + " " + block_scalar(rng, indent))
        elif choice < 0.64:
            lines.append(head + rng.of(" *a1", " *b", "", " &a1 x", " &b {q: 1}"))
        else:
            lines.append(head + mark + rng.of(" ", " ", " ", "  ", "\t", "") + scalar(rng))
        if rng.random() < 0.05:
            lines.append(rng.of("# comment", pad + "# c", "", "   ", "\t# t"))
        if rng.random() < 0.03:
            lines.append(pad + " " + rng.of("continued", "- x", "k: v"))
    return "\n".join(lines)


def yaml_document(rng, depth=3):
    text = block(rng, 0, depth)
    if rng.random() < 0.1:
        text = scalar(rng)
    if rng.random() < 0.1:
        text = rng.of("---\n", "%YAML 1.1\n---\n", "\ufeff", "--- ", "# c\n---\n", "...\n", "\n\n", "%TAG ! x\n---\n", "---\n---\n") + text
    if rng.random() < 0.1:
        text += rng.of("\n...\n", "\n---\n", "\n---\na: 2\n", "\n# end", "\n\n", " ", "\n--- x", "\n...\nz")
    if rng.random() < 0.05:
        text = text.replace("\n", "\r\n")
    return text + ("\n" if rng.often() else "")


def json_value(rng, depth):
    kind = rng.randrange(10)
    if depth > 0 and kind < 3:
        return "{" + rng.of(", ", ",").join(f'{json.dumps(word(rng) if rng.seldom() else rng.of("a", "b", "c", "d"), ensure_ascii=rng.often())}:{rng.of(" ", "")}{json_value(rng, depth - 1)}' for _ in range(rng.randint(0, 3))) + "}"
    if depth > 0 and kind < 5:
        return "[" + ",".join(json_value(rng, depth - 1) for _ in range(rng.randint(0, 3))) + "]"
    if kind < 7:
        return json.dumps(word(rng), ensure_ascii=rng.often())
    if kind == 7:
        return str(integer(rng))
    if kind == 8:
        return rng.of(*FLOATS)
    return rng.of("true", "false", "null", "1E5", "1e400", "-0", "01", "1.", "nul", "'a'", "\"\\u12\"", '"\\ud800"', '"\\/"', "[1,]", "{,}", '{"a" 1}', "1 2", "+1", ".5", "\"a\tb\"")


def json_document(rng, depth=3):
    text = json_value(rng, depth)
    return text + rng.of("", "", "", "", "", "\n", " x", "}") if rng.often() else rng.of("{", "[") + text + rng.of("}", "]")


def toml_value(rng, depth=1):
    kind = rng.randrange(9)
    if kind == 0:
        return json.dumps(word(rng), ensure_ascii=False).replace("\x7f", "")
    if kind == 1:
        return "'" + word(rng).replace("'", "").replace("\n", " ") + "'"
    if kind == 2:
        return str(integer(rng))
    if kind == 3:
        return rng.of("0x1F", "0o17", "0b1", "1_000", "+5", "-0", "1e3", "1.5e-2", "inf", "-nan", "1__0", "01", "1.", ".5", "9223372036854775808")
    if kind == 4:
        return rng.of("true", "false", "True", '"""a\nb\\\n  c"""', "'''x\n'y'''", '""', "'''\n\nq'''", '"\\u00e9\\t"', '"\\q"')
    if kind == 5:
        return rng.of("1979-05-27T07:32:00Z", "1979-05-27 07:32:00.5", "1979-05-27", "07:32:00", "1979-13-01", "1979-05-27T00:32:00-07:00")
    if kind == 6 and depth:
        return "[" + ", ".join(toml_value(rng, 0) for _ in range(rng.randint(0, 3))) + rng.of("", "", ",", "\n") + "]"
    if kind == 7 and depth:
        return "{" + ", ".join(f"{rng.of('a', 'b', 'c.d')} = {toml_value(rng, 0)}" for _ in range(rng.randint(0, 2))) + "}"
    return rng.of(*FLOATS)


def toml_document(rng):
    lines = []
    for _ in range(rng.randint(1, 6)):
        if rng.random() < 0.3:
            lines.append(rng.of("[t]", "[t.u]", "[[arr]]", "[[arr.x]]", "['q r']", "[a]", "[ b . c ]", "[t", "[]", "# c", ""))
        else:
            name = rng.of("a", "b", "c", "k-1", '"q k"', "a.b", "'l'", "1", "d . e", "", "é")
            lines.append(f"{name}{rng.of(' = ', '=', ' = ', ' ')}{toml_value(rng)}{rng.of('', '', ' # c', ' x')}" if rng.seldom() else f"{name} = {toml_value(rng)}")
    return "\n".join(lines) + rng.of("", "\n")
