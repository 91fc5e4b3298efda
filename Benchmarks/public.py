"""Public charts at fixed commits, fetched from GitHub or taken from local copies."""
import pathlib
import shutil
import subprocess

TABLE = pathlib.Path(__file__).resolve().parent / "public-charts.tsv"


class Unavailable(Exception):
    """Why a chart cannot be had."""


def rows(table=TABLE):
    """The rows of a table: repository, commit, chart, values file, further arguments, exit status, and what must lie
    in charts/ before Helm accepts the chart (`TARGET<-SOURCE`, joined by `;`, where a SOURCE `stub@VERSION` is an
    empty chart)."""
    with open(table, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            cells = line.rstrip("\n").split("\t") + ["-"] * 9
            yield dict(repository=cells[0], commit=cells[1], chart=cells[2], values=cells[3], arguments=cells[4],
                       status=cells[5], fill=cells[8])


def git(folder, *arguments):
    return subprocess.run(["git", f"--git-dir={folder}", *arguments], check=True, capture_output=True).stdout


class Copies:
    """Git directories: those of `mirror` (OWNER+NAME/repo), else of `cache`, where they are fetched to."""

    def __init__(self, cache, mirror=None):
        self.cache, self.mirror = pathlib.Path(cache), mirror and pathlib.Path(mirror)
        self.failed = {}

    def folder(self, row):
        name, commit = row["repository"].replace("/", "+"), row["commit"]
        if (name, commit) in self.failed:
            raise Unavailable(self.failed[name, commit])
        for folder in [self.mirror and self.mirror / name / "repo", self.cache / name]:
            if folder and folder.is_dir() and self.has(folder, commit):
                return folder
        folder = self.cache / name
        folder.mkdir(parents=True, exist_ok=True)
        try:
            git(folder, "init", "--quiet", "--bare")
            git(folder, "fetch", "--quiet", "--depth=1", f"https://github.com/{row['repository']}", commit)
        except subprocess.CalledProcessError as error:
            reason = (error.stderr.decode(errors="replace").strip().splitlines() or ["git failed"])[-1]
            self.failed[name, commit] = f"cannot be fetched ({reason})"
            raise Unavailable(self.failed[name, commit]) from None
        return folder

    @staticmethod
    def has(folder, commit):
        return subprocess.run(["git", f"--git-dir={folder}", "cat-file", "-e", commit + "^{tree}"],
                              stderr=subprocess.DEVNULL).returncode == 0

    def tree(self, row):
        """The files of the row's commit: links in charts lead to any place of it."""
        target = self.cache / "trees" / f"{row['repository'].replace('/', '+')}-{row['commit'][:16]}"
        if not target.is_dir():
            partial = target.with_suffix(".partial")
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir(parents=True)
            archive = subprocess.Popen(["git", f"--git-dir={self.folder(row)}", "archive", row["commit"]],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            unpacked = subprocess.run(["tar", "-x", "-C", partial], stdin=archive.stdout, stderr=subprocess.DEVNULL)
            if archive.wait() or unpacked.returncode:
                raise Unavailable("the copy is not complete")
            partial.rename(target)
        return target

    def extract(self, row, path, target):
        """Copies the folder `path` of the row's commit to `target`; links become what they lead to."""
        source = self.tree(row) / path
        if not source.is_dir():
            raise Unavailable(f"{path} is not in the copy")
        # copytree's own way with links that lead nowhere looks for them from the working directory.
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=lambda folder, names: [
            name for name in names if not (pathlib.Path(folder) / name).exists()])

    def prepare(self, row, folder):
        """The chart with its dependencies in place, and the arguments that a render of it takes."""
        shutil.rmtree(folder, ignore_errors=True)
        chart = folder / (pathlib.PurePosixPath(row["chart"]).name or "chart")
        self.extract(row, row["chart"], chart)
        for step in filter(None, row["fill"].split(";")) if row["fill"] != "-" else []:
            target, source = step.split("<-", 1)
            shutil.rmtree(chart / target, ignore_errors=True)
            if source.startswith("stub@"):
                (chart / target).mkdir(parents=True)
                (chart / target / "Chart.yaml").write_text(
                    f"apiVersion: v2\nname: {(chart / target).name}\nversion: {source[5:]}\n")
            else:
                self.extract(row, source, chart / target)
        options = []
        if row["values"] != "-":
            path = pathlib.PurePosixPath(row["values"])
            self.extract(row, str(path.parent), folder / "values")
            options = ["-f", folder / "values" / path.name]
        return chart, options
