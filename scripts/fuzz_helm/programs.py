"""Runs Helm and Slipway, and keeps of their answers what must be equal."""
import dataclasses
import os
import re
import subprocess


TOO_LONG = b"took too long"


@dataclasses.dataclass(frozen=True)
class Answer:
    output: bytes
    failed: bool
    errors: bytes

    def difference(self, other):
        """What differs, in a word; empty when nothing does."""
        if TOO_LONG in (self.errors, other.errors):
            return ""
        if self.failed != other.failed:
            return "exit"
        if self.output != other.output:
            return "output"
        return "errors" if self.errors != other.errors else ""


def cleaned(errors):
    """Helm's text alone, its lines sorted: without the place in source, the clock and the addresses of pointers."""
    kept = []
    for line in errors.split(b"\n"):
        if line.startswith(b"  --> "):
            break
        line = re.sub(rb"^time=\S+ ", b"", line).rstrip()
        line = re.sub(rb"0x[0-9a-f]{8,}", b"0xADDRESS", line)
        if line:
            kept.append(line)
    return b"\n".join(sorted(kept))


class Programs:
    def __init__(self, helm, slipway):
        self.helm_path, self.slipway_path = helm, slipway
        self.environment = {**os.environ, "HOME": "/nonexistent", "HELM_CACHE_HOME": "/nonexistent", "TZ": "UTC"}

    def run(self, command, folder, timeout=20):
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=timeout, env=self.environment)
        except subprocess.TimeoutExpired:
            return Answer(b"", True, TOO_LONG)
        return Answer(done.stdout, done.returncode != 0, cleaned(done.stderr))

    def helm(self, folder, arguments):
        return self.run([self.helm_path, "template", "rel", "chart", *arguments], folder)

    def slipway(self, folder, arguments):
        return self.run([self.slipway_path, "render", "rel", "chart", *arguments], folder)

    def helm_lint(self, folder, charts):
        """Chart → the error that `helm lint` has of its templates, which Helm's engine words as `template` does."""
        try:
            done = subprocess.run(
                [self.helm_path, "lint", *charts], cwd=folder, capture_output=True, stdin=subprocess.DEVNULL,
                timeout=60, env=self.environment)
        except subprocess.TimeoutExpired:
            return {}
        found = {}
        for part in done.stdout.split(b"==> Linting ")[1:]:
            name, _, rest = part.partition(b"\n")
            _, mark, error = rest.partition(b"[ERROR] templates/: ")
            error = re.split(rb"\n\[(?:INFO|WARNING|ERROR)\] |\n\nError: |\n\n$", error)[0] if mark else b""
            found[name.decode()] = cleaned(error) if mark else None
        return found
