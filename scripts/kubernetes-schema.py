#!/usr/bin/env python3
"""Writes the table of Kubernetes kinds and fields, Sources/Kubernetes/Schema/SchemaTable.generated.swift.

Input is the folder of JSON schemas in the PyPI package kubernetes-validate (1.37.0): one folder a Kubernetes version.
    pip download --no-deps kubernetes-validate==1.37.0 && unzip kubernetes_validate-*.whl
    scripts/kubernetes-schema.py kubernetes_validate/kubernetes-json-schema

Only names and structure are kept. The format is described at `SchemaTable` in SchemaTable.swift.
"""
import json
import pathlib
import re
import sys

PREFIXES = [
    ("io.k8s.api.", ""),
    ("io.k8s.apimachinery.pkg.apis.", ""),
    ("io.k8s.apimachinery.pkg.", ""),
    ("io.k8s.apiextensions-apiserver.pkg.apis.", ""),
    ("io.k8s.kube-aggregator.pkg.apis.", ""),
]
SPECIAL = {
    "api.resource.Quantity": "q",
    "util.intstr.IntOrString": "p",
    "meta.v1.Time": "t",
    "meta.v1.MicroTime": "t",
}
SCALARS = {"string": "s", "integer": "i", "number": "n", "boolean": "b"}


def short(name):
    for prefix, replacement in PREFIXES:
        if name.startswith(prefix):
            return replacement + name[len(prefix):]
    return name


def scalar_type(schema):
    kind = schema.get("type")
    return next((k for k in kind if k != "null"), None) if isinstance(kind, list) else kind


def code(schema, definitions):
    """The code of a field's type, and the definition it refers to."""
    if "$ref" in schema:
        full = schema["$ref"].rsplit("/", 1)[-1]
        name = short(full)
        if name in SPECIAL:
            return SPECIAL[name], None
        return ("@" + name, full) if definitions[full].get("properties") else ("*", None)
    kind = scalar_type(schema)
    if kind == "array":
        inner, ref = code(schema.get("items", {}), definitions)
        key = schema.get("x-kubernetes-patch-merge-key")
        return "[" + inner + ("^" + key if key else ""), ref
    if kind == "object":
        if "additionalProperties" not in schema:
            return "*", None
        inner, ref = code(schema["additionalProperties"], definitions)
        return "{" + inner, ref
    if kind in SCALARS:
        words = [w for w in schema.get("enum", []) if isinstance(w, str)]
        return SCALARS[kind] + ("=" + "|".join(words) if words and all(words) else ""), None
    return "*", None


def read_version(folder):
    """Kinds and types of one version: {(apiVersion, kind): type}, {type: {field: code}}."""
    definitions = json.loads((folder / "_definitions.json").read_text())
    definitions = definitions.get("$defs") or definitions["definitions"]
    kinds, queue = {}, []
    for full, schema in definitions.items():
        for gvk in schema.get("x-kubernetes-group-version-kind", []):
            if len(schema["x-kubernetes-group-version-kind"]) > 1 or gvk["kind"].endswith("List"):
                continue
            if "metadata" not in schema["properties"]:
                continue
            group = gvk["group"]
            kinds[(group + "/" if group else "") + gvk["version"], gvk["kind"]] = short(full)
            queue.append(full)
    queue.append("io.k8s.api.core.v1.PodTemplateSpec")
    types = {}
    while queue:
        full = queue.pop()
        if short(full) in types:
            continue
        schema = definitions[full]
        fields = types[short(full)] = {}
        is_object = "x-kubernetes-group-version-kind" in schema
        for name, field in schema.get("properties", {}).items():
            if is_object and name == "status":
                fields[name] = "*"
                continue
            if is_object and name in ("apiVersion", "kind"):
                fields[name] = "s"
                continue
            fields[name], ref = code(field, definitions)
            if name in schema.get("required", []):
                fields[name] += "!"
            if ref:
                queue.append(ref)
    return kinds, types


def lifetime(versions, present):
    """`+29` when it came in 1.29, `-31` when 1.31 was the last to have it."""
    first, last = min(present), max(present)
    return ("+%d" % first if first > versions[0] else "") + ("-%d" % last if last < versions[-1] else "")


def main():
    root = pathlib.Path(sys.argv[1])
    folders = {}
    for folder in root.glob("v1.*.0-local"):
        folders[int(re.match(r"v1\.(\d+)\.", folder.name).group(1))] = folder
    versions = sorted(folders)
    kinds, types = {}, {}
    for version in versions:
        some_kinds, some_types = read_version(folders[version])
        for key, name in some_kinds.items():
            kinds.setdefault(key, []).append((version, name))
        for name, fields in some_types.items():
            for field, field_code in fields.items():
                types.setdefault(name, {}).setdefault(field, []).append((version, field_code))
    lines = ["versions 1.%d 1.%d" % (versions[0], versions[-1])]
    for (api_version, kind), rows in sorted(kinds.items()):
        lines.append("kind %s %s %s%s" % (
            api_version, kind, rows[-1][1], lifetime(versions, [v for v, _ in rows])))
    for name, fields in sorted(types.items()):
        cells = [
            field + ":" + rows[-1][1] + lifetime(versions, [v for v, _ in rows])
            for field, rows in sorted(fields.items())]
        lines.append(name + " " + " ".join(cells))
    target = pathlib.Path(__file__).parent.parent / "Sources/Kubernetes/Schema/SchemaTable.generated.swift"
    target.write_text(
        "// Generated by scripts/kubernetes-schema.py; do not edit.\n// swift-format-ignore-file\n\n"
        "extension SchemaTable {\n  static let text: StaticString = #\"\"\"\n"
        + "\n".join(lines) + "\n\"\"\"#\n}\n")
    print("%d kinds, %d types, %d bytes" % (len(kinds), len(types), target.stat().st_size))


main()
