"""Random trees of values, and the fields that a template may ask of them."""
from .chance import FLOATS, integer, word

import json

KEYS = ["a", "b", "c", "name", "x", "list", "map", "n", "flag", "image", "d.e", "x-y", "Z"]


def tree(rng, depth=3, width=5):
    """A map of what JSON can hold, and floats as their text."""
    return {rng.choice(KEYS): value(rng, depth - 1) for _ in range(rng.randint(1, width))}


def value(rng, depth):
    kind = rng.randrange(12)
    if depth > 0 and kind < 4:
        return tree(rng, depth, 4)
    if depth > 0 and kind < 6:
        return [value(rng, depth - 1) for _ in range(rng.randint(0, 4))]
    if kind < 8:
        return word(rng)
    if kind == 8:
        return rng.random() < 0.5
    if kind == 9:
        return integer(rng)
    if kind == 10:
        return float(rng.choice(FLOATS))
    return rng.of(None, {}, [], "", 0, "3", "true")


def sort_of(value):
    match value:
        case bool():
            return "bool"
        case int():
            return "int"
        case float():
            return "float"
        case str():
            return "str"
        case list():
            return "list"
        case dict():
            return "dict"
        case _:
            return "any"


def fields(tree):
    """Sort of value → expressions for the fields of `.Values` that have it."""
    found = {"any": [".Values.missing", ".Values.a.b", "$.Values", ".Release.Name", ".Chart.Name"]}

    def add(path, value):
        sort = sort_of(value)
        found["any"].append(path)
        for name in {sort, *({"num"} if sort in ("int", "float") else ()), *({"small"} if sort == "int" and abs(value) < 50 else ())}:
            if name != "any":
                found.setdefault(name, []).append(path)

    def walk(path, tree):
        for key, value in tree.items():
            field = f"{path}.{key}" if key.isalnum() else f"(index {path} {json.dumps(key)})"
            add(field, value)
            if isinstance(value, dict):
                walk(field, value)
            elif isinstance(value, list) and value:
                add(f"(index {field} 0)", value[0])

    walk(".Values", tree)
    return found


def as_yaml(tree):
    """JSON is YAML; one key a line so that a shrinker can drop lines."""
    return "".join(f"{json.dumps(key)}: {json.dumps(value)}\n" for key, value in tree.items())
