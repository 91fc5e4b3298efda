"""The charts that the benchmark makes: what `helm create` gives, umbrellas of it, and charts that ask one thing often."""
import shutil
import subprocess

CONFIG = """apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "NAME.fullname" . }}-INDEX
  labels:
    {{- include "NAME.labels" . | nindent 4 }}
  annotations:
    {{- range $key, $text := .Values.notes }}
    {{ $key }}: {{ tpl $text $ | quote }}
    {{- end }}
data:
  region: {{ .Values.global.region | quote }}
  host: {{ tpl .Values.host . | quote }}
  values: |
    {{- toYaml .Values.service | nindent 4 }}
"""

VALUES = """
host: "{{ .Release.Name }}.{{ .Values.global.region }}.example.com"
notes:
  owner: "{{ .Chart.Name }}@{{ .Chart.AppVersion }}"
  release: "{{ .Release.Name }}-{{ .Release.Revision }}"
"""


def helm_create(helm, folder):
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([helm, "create", folder], check=True, stdout=subprocess.DEVNULL)
    return folder


def umbrella(helm, folder, count, extras=9):
    """An umbrella of `count` subcharts: the chart of `helm create` with nine ConfigMaps whose texts come through tpl,
    as common chart libraries have it; without `extras` the chart of `helm create` alone."""
    folder.mkdir(parents=True)
    rows = "".join(f"  - name: sub{i:03d}\n    version: 0.1.0\n" for i in range(count))
    (folder / "Chart.yaml").write_text(f"apiVersion: v2\nname: umbrella\nversion: 0.1.0\ndependencies:\n{rows}")
    (folder / "values.yaml").write_text("global:\n  region: eu-west-1\n")
    for index in range(count):
        name = f"sub{index:03d}"
        subchart = helm_create(helm, folder / "charts" / name)
        with open(subchart / "values.yaml", "a") as values:
            values.write(VALUES)
        for extra in range(extras):
            text = CONFIG.replace("NAME", name).replace("INDEX", str(extra))
            (subchart / "templates" / f"config-{extra}.yaml").write_text(text)
    return folder


def single(folder, template, values=""):
    """A chart of one template."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "templates").mkdir(parents=True)
    (folder / "Chart.yaml").write_text("apiVersion: v2\nname: one\nversion: 0.1.0\n")
    (folder / "values.yaml").write_text(values)
    (folder / "templates" / "one.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n" + template)
    return folder


def tpl(folder, count):
    text = 'data:\n{{- range $i := until %d }}\n  k{{ $i }}: {{ tpl (printf "%%d {{ .Release.Name | upper }}" $i) $ | quote }}\n{{- end }}\n'
    return single(folder, text % count)


def to_yaml(folder, bytes):
    rows = "".join(
        f"  - {{name: service-{i:07d}, image: registry.example.com/team/service-{i:07d}, port: {i % 65536}, on: true}}\n"
        for i in range(bytes // 100))
    return single(folder, "data:\n  all: |\n    {{- toYaml .Values | nindent 4 }}\n", "services:\n" + rows)


def include(folder, depth):
    text = (
        '{{ define "down" }}{{ if gt (int .) 0 }}{{ include "down" (sub (int .) 1) }}{{ else }}ground{{ end }}{{ end }}\n'
        'data:\n  at: {{ include "down" %d | quote }}\n')
    return single(folder, text % depth)


def regex(folder, bytes):
    text = ('data:\n  count: {{ regexFindAll "(a|b)*c[0-9]+x?" .Values.text -1 | len | quote }}\n'
            '  last: {{ regexReplaceAll "a+b" .Values.text "-" | trunc -20 | quote }}\n')
    return single(folder, text, "text: " + "abaabc1234" * (bytes // 10) + "\n")


# What must grow no faster than its size: name, maker, the largest size.
GROWING = [("tpl, times", tpl, 5000), ("toYaml, bytes", to_yaml, 5_000_000), ("include, deep", include, 500),
           ("regex, bytes", regex, 100_000)]
