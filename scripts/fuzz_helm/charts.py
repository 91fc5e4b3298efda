"""Random chart trees: subcharts, aliases, conditions, tags, imports, globals, schemas, ignore rules, manifests."""
import json

from . import arguments, documents, values
from .cases import Case

SHOW = "# {{ .Chart.Name }} {{ .Template.BasePath }}\nv: {{ toJson .Values | quote }}\ns: {{ keys .Subcharts | sortAlpha | quote }}\nf: {{ range $p, $_ := .Files }}{{ $p }};{{ end }}\n"
NAMES = ["s1", "s2", "s3", "lib"]


def dependency(rng, name):
    lines = [f"- name: {name}", f"  version: {rng.of('0.1.0', '0.1.0', '>=0', '*', '^0.1', '2.x', '0.1.x', '~0.1.0')}"]
    if rng.random() < 0.3:
        lines.append(f"  alias: {rng.of('al', 'al2', 's1', 'Up_1')}")
    if rng.random() < 0.4:
        lines.append(f"  condition: {rng.of('a.on', 's1.enabled', 's2.enabled,a.on', 'global.on', 'x', 'flag', 's1.s2.enabled', ' a.on', 'a.on, flag')}")
    if rng.random() < 0.3:
        lines.append(f"  tags: [{', '.join(rng.some(lambda: rng.of('t1', 't2', 'front'), 2))}]")
    if rng.random() < 0.35:
        items = rng.some(lambda: rng.of("data", "other", "{child: a, parent: b}", "{child: map, parent: x.y}", "{child: exports.data, parent: .}", "{child: default.a, parent: c}", "{child: a.b, parent: a}", "{child: '.', parent: q}", "5", "{child: a}"), 2)
        if items:
            lines.append("  import-values:")
            lines += [f"  - {item}" for item in items]
    if rng.seldom():
        lines.append("  repository: " + rng.of("file://../x", "https://example.com", '""', "oci://r/x"))
    return "\n".join(lines) + "\n"


def value_tree(rng, subcharts):
    tree = values.tree(rng, 3, 4)
    for name in [*subcharts, "al"]:
        if rng.random() < 0.4:
            tree[name] = values.tree(rng, 2, 3) if rng.random() < 0.9 else rng.of(None, 5, "x", [1], True)
            if isinstance(tree[name], dict) and rng.random() < 0.5:
                tree[name]["enabled"] = rng.of(True, False, None, "false", 0)
    if rng.random() < 0.4:
        tree["global"] = values.tree(rng, 2, 3) if rng.random() < 0.9 else rng.of(None, 5, [])
    if rng.random() < 0.3:
        tree["tags"] = {rng.of("t1", "t2", "front"): rng.of(True, False, "x", None) for _ in range(2)}
    if rng.random() < 0.2:
        tree["exports"] = {rng.of("data", "other"): values.tree(rng, 2, 2)}
    if rng.random() < 0.3:
        tree["a"] = {"on": rng.of(True, False, None, "yes"), **values.tree(rng, 1, 2)}
    if rng.random() < 0.15:
        tree["flag"] = rng.of(True, False)
    return tree


def schema(rng, depth=2):
    node = {}
    if rng.often():
        node["type"] = rng.of("object", "string", "integer", "number", "array", "boolean", "null", ["string", "null"], "wrong")
    for key in rng.sample(sorted(SCHEMA), rng.randint(0, 3)):
        node[key] = SCHEMA[key](rng)
    if depth > 0 and rng.often():
        node.setdefault("type", "object")
        node["properties"] = {rng.choice(values.KEYS): schema(rng, depth - 1) for _ in range(rng.randint(1, 4))}
    if depth > 0 and rng.seldom():
        node[rng.of("allOf", "anyOf", "oneOf")] = [schema(rng, depth - 1) for _ in range(rng.randint(1, 3))]
    if depth > 0 and rng.seldom():
        node[rng.of("not", "if", "then", "else", "contains", "propertyNames", "additionalProperties", "items")] = schema(rng, depth - 1)
    return node


SCHEMA = {
    "minimum": lambda rng: rng.of(0, 3, -1, 1.5),
    "maximum": lambda rng: rng.of(10, 0, 2.5),
    "exclusiveMinimum": lambda rng: rng.of(0, 1),
    "multipleOf": lambda rng: rng.of(2, 0.1, 3),
    "minLength": lambda rng: rng.of(0, 1, 5),
    "maxLength": lambda rng: rng.of(0, 3),
    "pattern": lambda rng: rng.of("^a", "[0-9]+", "^x$", "(", "\\\\d"),
    "enum": lambda rng: rng.of(["a", "b"], [1, 2, None], [True], [{"a": 1}, []]),
    "const": lambda rng: rng.of(1, "a", None, [1], {"a": 1.0}),
    "required": lambda rng: rng.of(["a"], ["b", "zz"], []),
    "minProperties": lambda rng: rng.of(1, 4),
    "maxProperties": lambda rng: rng.of(0, 2),
    "additionalProperties": lambda rng: rng.of(False, True, {"type": "string"}),
    "patternProperties": lambda rng: {"^[a-c]": {"type": "string"}},
    "minItems": lambda rng: rng.of(1, 3),
    "maxItems": lambda rng: rng.of(0, 2),
    "uniqueItems": lambda rng: True,
    "items": lambda rng: rng.of({"type": "integer"}, {"type": "string"}, False),
    "contains": lambda rng: {"const": 1},
    "format": lambda rng: rng.of("email", "uri", "date", "ipv4", "hostname", "uuid", "regex", "duration", "unknown", "date-time"),
    "dependentRequired": lambda rng: {"a": ["b"]},
    "propertyNames": lambda rng: {"maxLength": 2},
    "$ref": lambda rng: rng.of("#/definitions/d", "#/$defs/d", "#", "#/none", "other.json"),
    "title": lambda rng: "t",
    "default": lambda rng: 5,
    "$comment": lambda rng: "c",
}


def whole_schema(rng):
    node = schema(rng)
    node["type"] = "object"
    if rng.often():
        node["$schema"] = rng.of("http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-04/schema#", "http://json-schema.org/schema#", "https://json-schema.org/draft/2019-09/schema", "http://json-schema.org/draft-06/schema#")
    node["definitions"] = {"d": schema(rng, 1)}
    node["$defs"] = {"d": schema(rng, 1)}
    return json.dumps(node).encode()


def chart(rng, name, depth, folder, files):
    subcharts = rng.sample(NAMES, rng.randint(0, 3)) if depth > 0 else []
    head = f"apiVersion: {rng.of('v2', 'v2', 'v2', 'v1')}\nname: {name}\nversion: 0.1.0\n"
    if name == "lib" and rng.often():
        head += "type: library\n"
    declared = [dependency(rng, rng.choice(subcharts)) if rng.random() < 0.95 else dependency(rng, "absent") for _ in range(rng.randint(0, len(subcharts) + 1)) if subcharts]
    listed = "dependencies:\n" + "".join(declared) if declared else ""
    if "apiVersion: v1" in head and listed and rng.often():
        files[f"{folder}/requirements.yaml"] = listed.encode()
    else:
        head += listed
    files[f"{folder}/Chart.yaml"] = head.encode()
    if rng.random() < 0.9:
        files[f"{folder}/values.yaml"] = values.as_yaml(value_tree(rng, subcharts)).encode()
    files[f"{folder}/templates/show.yaml"] = SHOW.encode()
    if rng.random() < 0.1:
        files[f"{folder}/values.schema.json"] = whole_schema(rng)
    if rng.random() < 0.1:
        files[f"{folder}/.helmignore"] = ignore(rng)
        for path in ("a.txt", "d/b.txt", "d/e/c.md", "templates/x.yaml"):
            files[f"{folder}/{path}"] = b"# x\n"
    for subchart in subcharts:
        chart(rng, subchart, depth - 1, f"{folder}/charts/{subchart}", files)


IGNORED = ["*.txt", "d/", "d", "/a.txt", "!a.txt", "d/*", "d/*/c.md", "# c", "", "**/b.txt", "[a-b].txt", "templates/x.yaml", "x.yaml", " a.txt ", "\\#x", "/d/e/", "?.txt", "d/e", "[", "!d", "values.yaml", "charts/", "Chart.yaml", "*.md"]


def ignore(rng):
    return "\n".join(rng.some(lambda: rng.choice(IGNORED), 4)).encode()


def tree_case(rng):
    files = {}
    chart(rng, "c", 2, "chart", files)
    given = []
    if rng.random() < 0.4:
        files["v.yaml"] = values.as_yaml(value_tree(rng, NAMES)).encode()
        given += ["-f", "v.yaml"]
    if rng.random() < 0.3:
        given += ["--set", rng.of("s1.enabled=false", "a.on=true", "tags.t1=false", "global.on=true", "s1=null", "s1.a=null", "global.x=1", "tags.front=true,tags.t2=true", "al.a.b=1", "s1.global.q=2")]
    if rng.seldom():
        given += arguments.argument(rng)
    return Case("tree", files, given)


def values_case(rng):
    """A values file of any spelling, and arguments over it."""
    files = {"chart/Chart.yaml": b"apiVersion: v2\nname: c\nversion: 0.1.0\n", "chart/templates/t.yaml": b"v: {{ toJson .Values | quote }}\n"}
    if rng.often():
        files["chart/values.yaml"] = documents.yaml_document(rng).encode()
    if rng.random() < 0.4:
        files["v.yaml"] = documents.yaml_document(rng).encode()
    given = ["-f", "v.yaml"] if "v.yaml" in files else []
    if rng.random() < 0.4:
        given += arguments.arguments(rng)
    return Case("values", files, given)


def arguments_case(rng):
    files = {
        "chart/Chart.yaml": b"apiVersion: v2\nname: c\nversion: 0.1.0\n", "chart/templates/t.yaml": b"v: {{ toJson .Values | quote }}\n",
        "chart/values.yaml": b"a: {b: {c: 1}, z: 2}\nl: [{k: 1}, 2]\nnul: null\nx: str\n"}
    return Case("arguments", files, arguments.arguments(rng))


def schema_case(rng):
    files = {
        "chart/Chart.yaml": b"apiVersion: v2\nname: c\nversion: 0.1.0\n", "chart/values.yaml": values.as_yaml(values.tree(rng, 3, 5)).encode(),
        "chart/values.schema.json": whole_schema(rng)}
    return Case("schema", files, [])


# --- Manifests

OBJECT_KINDS = ["ConfigMap", "Secret", "Deployment", "Service", "Namespace", "CustomResourceDefinition", "Pod", "Job", "Unknown", "ClusterRole", "configmap", "Ingress", "StorageClass", "List", ""]
HOOKS = ["pre-install", "post-install", "test", "test-success", "pre-upgrade,post-install", "bogus", "", "pre-delete", " post-install ", "crd-install", "test-failure", "pre-install, test"]


def manifest(rng):
    lines = []
    if rng.random() < 0.95:
        lines.append(f"apiVersion: {rng.of('v1', 'v1', 'apps/v1', 'x/v1', '1', '')}")
    if rng.random() < 0.95:
        lines.append(f"kind: {rng.choice(OBJECT_KINDS)}")
    if rng.random() < 0.9:
        lines.append("metadata:")
        lines.append(f"  name: {rng.of('a', 'b', 'c', '1', 'x-y', 'null')}")
        if rng.random() < 0.35:
            lines.append("  annotations:")
            annotations = rng.some(lambda: rng.of(f'"helm.sh/hook": {json.dumps(rng.choice(HOOKS))}', f'"helm.sh/hook-weight": {rng.of(repr("5"), repr("-3"), repr("x"), "5", repr(" 1"))}', '"helm.sh/hook-delete-policy": before-hook-creation', '"helm.sh/resource-policy": keep', "q: 1", "other: x", "n: null"), 4)
            lines += ["    " + annotation for annotation in annotations]
    if rng.random() < 0.3:
        lines.append(documents.block(rng, 0, 1))
    rng.shuffle(lines) if rng.seldom() else None
    return "\n".join(lines) + rng.of("\n", "\n", "")


def manifests_case(rng):
    files = {"chart/Chart.yaml": b"apiVersion: v2\nname: c\nversion: 0.1.0\n"}
    for _ in range(rng.randint(1, 4)):
        name = rng.of("a.yaml", "b.yaml", "d/c.yaml", "z.yml", "n.txt", "NOTES.txt", "_h.tpl", "B.yaml", "e.json")
        documents_of_file = [manifest(rng) for _ in range(rng.randint(1, 4))]
        separators = [rng.of("---\n", "---\n", "\n---\n", "--- # c\n", "---  \n", "\n--- \n", "----\n", "---\r\n", "--- \nx: ", "\n---\n---\n", " ---\n", "...\n---\n") for _ in documents_of_file]
        text = "".join(separator + document for separator, document in zip(separators, documents_of_file))
        if rng.often():
            text = text.removeprefix(separators[0])
        if rng.seldom():
            text = rng.of("# c\n", "\n\n", " \n", "\ufeff", "{{/* c */}}\n") + text
        files[f"chart/templates/{name}"] = text.encode()
    if rng.seldom():
        files["chart/crds/x.yaml"] = manifest(rng).encode()
    given = rng.of([], [], [], [], ["--no-hooks"], ["--skip-tests"], ["--include-crds"], ["-s", "templates/a.yaml"], ["--is-upgrade"])
    return Case("manifests", files, given)


MAKERS = {"tree": tree_case, "values": values_case, "arguments": arguments_case, "schema": schema_case, "manifests": manifests_case}
