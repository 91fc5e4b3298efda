"""Compares hundreds of templates in a handful of runs.

Each template is wrapped so that its text cannot disturb its neighbours. Slipway renders each alone; those that it
renders go into one chart that Helm renders once, those that it refuses become small charts that one `helm lint` reads.
"""
import concurrent.futures
import pathlib
import re
import shutil

from .cases import CHART, template_case
from .programs import TOO_LONG
from . import documents, templates, values

FILES = {"files/a.txt": b"A\nline two\n", "files/b.txt": b"", "files/c/c.md": "# é\n".encode(), "docs/x.md": b"x", "top.txt": b"\xff\x00bin"}
DOCUMENT_TEMPLATES = [
    "{{ .Files.Get \"files/doc\" | fromYaml | toJson }}", "{{ .Files.Get \"files/doc\" | fromYaml | toYaml }}",
    "{{ .Files.Get \"files/doc\" | fromYamlArray | toJson }}", "{{ .Files.Get \"files/doc\" | fromYaml | toToml }}",
    "{{ .Files.Get \"files/doc\" | fromYaml | toYamlPretty }}", "{{ .Files.Get \"files/doc\" | fromYaml | toPrettyJson }}",
]


def wrapped(template, number):
    """Definitions stay outside; the rest becomes one named template whose text is printed as base64."""
    head, body = "", template
    while match := re.match(r"\{\{-?\s*define .*", body, re.DOTALL):
        end = definition_end(body)
        if end is None:
            break
        head, body = head + body[:end], body[end:]
    return f'{head}{{{{ define "case{number}" }}}}{body}{{{{ end }}}}r: {{{{ include "case{number}" . | b64enc | quote }}}}\n'


def definition_end(text):
    depth = 0
    for match in re.finditer(r"\{\{-?\s*(define|if|range|with|block|end)\b(?:[^}\"`]|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|\}(?!\}))*\}\}", text):
        depth += -1 if match[1] == "end" else 1
        if depth == 0:
            return match.end()
    return None


class TemplateBatch:
    def __init__(self, rng, size):
        self.tree = values.tree(rng, 4, 9)
        self.values = values.as_yaml(self.tree).encode()
        maker = templates.Templates(rng, values.fields(self.tree))
        self.templates = []
        for number in range(size):
            choice = rng.random()
            files = dict(FILES)
            if choice < 0.2:
                kind = rng.randrange(8)
                text = rng.choice(DOCUMENT_TEMPLATES)
                if kind < 5:
                    files["files/doc"] = documents.yaml_document(rng).encode()
                elif kind == 5:
                    files["files/doc"] = documents.json_document(rng).encode()
                    text = text.replace("fromYaml ", rng.of("fromJson ", "fromYaml ")).replace("fromYamlArray", "fromJsonArray")
                else:
                    files["files/doc"] = documents.toml_document(rng).encode()
                    text = text.replace("fromYaml ", "fromToml ")
            elif choice < 0.23:
                text = templates.files_template(rng)
            else:
                text = maker.template(rng.of(1, 2, 2, 3), f"-{number}")
            self.templates.append((wrapped(text, number), files))

    def case(self, number):
        template, files = self.templates[number]
        return template_case(template, self.values, files)


def compare(batch, programs, folder, workers=2):
    """Numbers of the templates that differ."""
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    count = len(batch.templates)
    for number in range(count):
        batch.case(number).write(folder / f"s{number}")
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        answers = list(pool.map(lambda number: programs.slipway(folder / f"s{number}", []), range(count)))
    # Where Slipway stops at its limit Helm goes on for hours.
    endless = {n for n in range(count) if b"the render took more than" in answers[n].errors or TOO_LONG in answers[n].errors}
    alone = {n for n in range(count) if ALONE.search(batch.templates[n][0])}
    differing = [n for n in sorted(alone - endless) if programs.helm(folder / f"s{n}", []).difference(answers[n])]
    together = [n for n in range(count) if n not in alone | endless]
    differing += compare_failures(batch, programs, folder, [n for n in together if answers[n].failed], answers)
    return differing + compare_successes(batch, programs, folder, [n for n in together if not answers[n].failed], answers)


# What `helm lint` does otherwise than `helm template`, and what sees the files of its neighbours.
ALONE = re.compile(r"\b(fail|required)\b|\.Files\.Glob")


def compare_failures(batch, programs, folder, numbers, answers):
    if not numbers:
        return []
    lint = programs.helm_lint(folder, [f"s{number}/chart" for number in numbers])
    differing = []
    for number in numbers if lint else []:
        theirs = lint.get(f"s{number}/chart")
        ours = b"\n".join(sorted(line for line in answers[number].errors.split(b"\n") if not line.startswith((b"Use --debug", b"level="))))
        ours = ours.replace(b"Error: ", b"", 1) if theirs is not None else ours
        if theirs is None or sorted(theirs.split(b"\n")) != sorted(ours.split(b"\n")):
            differing.append(number)
    return differing


def compare_successes(batch, programs, folder, numbers, answers):
    """One chart of all; a template at which Helm fails is taken out and differs."""
    differing, rest = [], list(numbers)
    while rest:
        chart = folder / "all"
        shutil.rmtree(chart, ignore_errors=True)
        (chart / "chart/templates").mkdir(parents=True)
        (chart / "chart/Chart.yaml").write_bytes(CHART)
        (chart / "chart/values.yaml").write_bytes(batch.values)
        for path, content in FILES.items():
            (chart / "chart" / path).parent.mkdir(parents=True, exist_ok=True)
            (chart / "chart" / path).write_bytes(content)
        for number in rest:
            template, files = batch.templates[number]
            if "files/doc" in files:
                (chart / f"chart/files/doc{number}").write_bytes(files["files/doc"])
                template = template.replace('"files/doc"', f'"files/doc{number}"')
            (chart / f"chart/templates/t{number}.yaml").write_bytes(template.encode())
        helm = programs.helm(chart, [])
        if helm.failed:
            match = re.search(rb"c/templates/t(\d+)\.yaml", helm.errors)
            if not match or int(match[1]) not in rest:
                return differing + rest[:1]
            differing.append(int(match[1]))
            rest.remove(int(match[1]))
            continue
        theirs = {int(n): text for n, text in re.findall(rb"# Source: c/templates/t(\d+)\.yaml\n(.*)", helm.output)}
        for number in rest:
            ours = re.search(rb"# Source: c/templates/t\.yaml\n(.*)", answers[number].output)
            if not ours or ours[1] != theirs.get(number):
                differing.append(number)
        return differing
    return differing
