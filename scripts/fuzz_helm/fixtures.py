"""Writes a difference as a folder that a test replays: the case, and what Helm answered."""
import json
import shutil


def write(root, case, helm):
    folder = root / case.name
    shutil.rmtree(folder, ignore_errors=True)
    case.write(folder)
    (folder / "expected.json").write_text(
        json.dumps({
            "arguments": case.arguments, "failed": helm.failed, "output": helm.output.decode("utf-8", "surrogateescape"),
            "errors": helm.errors.decode("utf-8", "surrogateescape")}, indent=1, ensure_ascii=True) + "\n")
    return folder
