"""A case: the files of a folder and the arguments after `template rel chart`."""
import dataclasses
import hashlib
import pathlib
import shutil

CHART = b"apiVersion: v2\nname: c\nversion: 0.1.0\n"


@dataclasses.dataclass
class Case:
    """`files` are relative to the folder that holds `chart/`."""

    kind: str
    files: dict
    arguments: list

    def write(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        for path, content in self.files.items():
            target = pathlib.Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def compare(self, programs, folder):
        self.write(folder)
        helm, slipway = programs.helm(folder, self.arguments), programs.slipway(folder, self.arguments)
        return helm, slipway, helm.difference(slipway)

    @property
    def name(self):
        digest = hashlib.sha256(repr((sorted(self.files.items()), self.arguments)).encode()).hexdigest()
        return f"{self.kind}-{digest[:8]}"


def template_case(template, values=b"", files=None):
    """One template of a small chart."""
    content = {"chart/Chart.yaml": CHART, "chart/templates/t.yaml": template.encode()}
    if values:
        content["chart/values.yaml"] = values
    for path, text in (files or {}).items():
        content["chart/" + path] = text
    return Case("template", content, [])
