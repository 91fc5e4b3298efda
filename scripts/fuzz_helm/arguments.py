"""Random `--set` arguments and their relatives."""
from .chance import integer, word
from .documents import json_document

KEYS = ["a", "b", "a.b", "a.b.c", "l[0]", "l[1]", "l[2].k", "m\\.n", "a..b", "x y", "é", "l[-1]", "l[x]", "l[0][1]", "", "a.", ".a", "nul", "l", "a[0].b[1]", "q\\,r", "t\\=u"]


def set_key(rng):
    return rng.choice(KEYS) if rng.often() else rng.choice(KEYS) + rng.of(".z", "[0]", "[3]", ".", "\\.w", "[", "]", "[1000000]")


def set_value(rng):
    choice = rng.randrange(10)
    if choice < 3:
        return word(rng).replace("\x00", "")
    if choice < 5:
        return str(integer(rng))
    if choice == 5:
        return rng.of("true", "false", "null", "True", "NULL", "0x10", "012", "1.0", "1e3", "", "0", "-0", "+1", "00", "1_0", " 1", "nil")
    if choice < 8:
        return "{" + ",".join(rng.some(lambda: set_value(rng) if rng.seldom() else rng.of("1", "x", "true", "", "a b", "null", "a=b", "\\,", "{y}"))) + rng.of("}", "}", "}", "", "}x")
    return rng.of("a\\,b", "a\\=b", "x=y", "[1]", '"q"', "a\\", "{", "}", "{}", "{a", "\\{a", "a{b}", "x,", "v,b=2", "\\\\")


def pairs(rng):
    parts = [set_key(rng) + rng.of("=", "=", "=", "=", "=", "=", "", "==") + set_value(rng) for _ in range(rng.of(1, 1, 1, 2, 3))]
    return ",".join(parts) + rng.of("", "", "", "", ",")


def argument(rng):
    """One flag and its text."""
    flag = rng.of("--set", "--set", "--set", "--set-string", "--set-string", "--set-literal", "--set-json", "--set-json", "--set-file")
    if flag == "--set-json":
        text = set_key(rng) + "=" + json_document(rng, 2) if rng.often() else json_document(rng, 2)
        if rng.seldom():
            text += "," + set_key(rng) + "=" + json_document(rng, 1)
    elif flag == "--set-file":
        text = set_key(rng) + "=" + rng.of("chart/Chart.yaml", "none", "", "chart/values.yaml,b=chart/Chart.yaml", "{chart/Chart.yaml}")
    else:
        text = pairs(rng)
    return [flag, text.replace("\x00", "")]


def arguments(rng):
    return [text for _ in range(rng.of(1, 1, 2, 3)) for text in argument(rng)]
