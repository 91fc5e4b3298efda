"""Random choices, and the literals and words that everything else is made of."""
import random


class Chance(random.Random):
    """A seeded source of choices; the same seed makes the same cases."""

    def often(self):
        return self.random() < 0.7

    def seldom(self):
        return self.random() < 0.12

    def of(self, *choices):
        return self.choice(choices)

    def some(self, make, most=4):
        return [make() for _ in range(self.randint(0, most))]


WORDS = [
    "a", "b", "name", "app", "web-1", "Foo Bar", "foo_bar", "fooBar", "HTTPServer", "x.y", "a/b", "k8s", "v1",
    "ÄÖü ß", "日本語", "naïve", "é", "\U0001f600", "İ", "ǆ", "ſ", "ﬁ", "a\u0301", "", " ", "  pad  ", "tab\there",
    "line\nbreak", "two\n\nlines\n", "\n", "cr\r\nlf", "it's", 'say "hi"', "back\\slash", "`tick`", "<a href='x'>&amp;</a>",
    "$HOME", "%d", "100%", "#no", "- x", "a: b", "[1]", "{x}", "*p", "&q", "!t", "@at", "|", ">", "? k", "~", "null",
    "Null", "true", "True", "yes", "No", "on", "OFF", "y", "1", "0", "-1", "+1", "007", "0x1F", "0o17", "0b11",
    "1_000", "1e3", "1E+3", "1.5", ".5", "5.", "-.5e-3", "1e400", "12345678901234567890", "9007199254740993", ".inf",
    "-.Inf", ".nan", "inf", "NaN", "1:30", "2001-01-01", "2026-02-30T10:00:00Z", "=", "<<", "a,b,c", "a.b.c", "a=b",
    "1.2.3", "v1.2.3-rc.1+b5", "1.2", "~1.2.3", "^2.0", ">=1.0.0-0 <2", "3h2m1s", "1d", "-1.5h", "90", "YWJj", "MFRGG===",
    "http://u:p@h.example:80/p/q?x=1&y=2#f", "/usr/../bin//x.tar.gz", "C:\\dir\\f.txt", "\u00a0", "\u2028", "\ufeff",
    "\x00", "\x7f", "\u0085", "x" * 70, "word " * 20,
]
INTEGERS = [0, 1, 2, 3, 5, 7, 10, 42, 80, 255, 1000, 65536, 1000000, -1, -2, -7, -100, 2**31, 2**53, 2**53 + 1, 2**63 - 1, -(2**63)]
FLOATS = ["0.0", "1.0", "1.5", "-0.5", "2.25", "3.14159", "1e3", "1e6", "1e21", "1e-7", "123456789.125", "0.1", "1e20", "-0.0"]


def word(rng):
    return rng.choice(WORDS)


def integer(rng):
    return rng.choice(INTEGERS) if rng.often() else rng.randint(-20, 200)


def small(rng):
    return rng.randint(-2, 12) if rng.often() else rng.of(0, 1, 2, 3, 20, 80)


def go_string(text, rng=None):
    """A Go string literal of `text`; sometimes a raw one."""
    if rng is not None and rng.random() < 0.1 and "`" not in text and "\r" not in text and "\x00" not in text:
        return "`" + text + "`"
    out = []
    for character in text:
        if character in '"\\':
            out.append("\\" + character)
        elif character == "\n":
            out.append("\\n")
        elif character == "\t":
            out.append("\\t")
        elif ord(character) < 32 or ord(character) == 127:
            out.append("\\x%02x" % ord(character))
        elif ord(character) in (0x2028, 0xFEFF, 0x85, 0xA0):
            out.append("\\u%04x" % ord(character))
        else:
            out.append(character)
    return '"' + "".join(out) + '"'
