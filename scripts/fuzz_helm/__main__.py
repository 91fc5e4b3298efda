"""fuzz_helm [--seconds N] [--seed N] [--only KIND,…] [--slipway PATH] [--helm PATH] [--keep DIR]

Renders random charts with Helm and with Slipway until the time is over. What differs is made small, written to
DIR as a fixture and printed. The same seed and kinds make the same cases, whatever the time.
Kinds: template, tree, values, arguments, schema, manifests.
"""
import argparse
import collections
import pathlib
import shutil
import sys
import tempfile
import time

from . import batches, charts, fixtures
from .chance import Chance
from .programs import Programs
from .shrinking import Shrinker

KINDS = ["template", *charts.MAKERS]


class Fuzzer:
    def __init__(self, options):
        self.options = options
        self.programs = Programs(options.helm, options.slipway)
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="fuzz-helm-"))
        self.compared, self.differing = collections.Counter(), collections.Counter()
        self.seen = set()

    def run(self):
        end = time.monotonic() + self.options.seconds
        turn = 0
        while time.monotonic() < end and sum(self.differing.values()) < self.options.most:
            kind = self.options.kinds[turn % len(self.options.kinds)]
            rng = Chance(f"{self.options.seed} {kind} {turn}")
            if kind == "template":
                self.templates(rng)
            else:
                for _ in range(12):
                    self.single(charts.MAKERS[kind](rng))
            turn += 1
        shutil.rmtree(self.scratch, ignore_errors=True)

    def templates(self, rng):
        batch = batches.TemplateBatch(rng, 200)
        self.compared["template"] += len(batch.templates)
        for number in batches.compare(batch, self.programs, self.scratch / "batch"):
            self.single(batch.case(number), counted=False)

    def single(self, case, counted=True):
        self.compared[case.kind] += counted
        helm, slipway, difference = case.compare(self.programs, self.scratch / "single")
        if not difference or self.is_random(case, helm):
            return
        self.differing[case.kind] += 1
        shrinker = Shrinker(self.programs, self.scratch / "small", self.options.attempts)
        small = shrinker.shrink(case, difference)
        helm, slipway, _ = small.compare(self.programs, self.scratch / "single")
        self.report(small, difference, helm, slipway)

    def is_random(self, case, helm):
        """What Helm does not answer the same way every time cannot be compared."""
        return any(self.programs.helm(self.scratch / "single", case.arguments) != helm for _ in range(3))

    def report(self, case, difference, helm, slipway):
        print(f"\n=== {case.name}: {difference} differs", *map(repr, case.arguments))
        for path, content in sorted(case.files.items()):
            if path != "chart/Chart.yaml" or len(case.files) < 3:
                print(f"--- {path}\n{content[:1500].decode(errors='backslashreplace')}")
        for name, answer in (("helm", helm), ("slipway", slipway)):
            print(f"--- {name}{' failed' if answer.failed else ''}")
            text = answer.output if difference == "output" else answer.output[-300:] + answer.errors
            print(text[:1500].decode(errors="backslashreplace"))
        sys.stdout.flush()
        if self.options.keep:
            fixtures.write(pathlib.Path(self.options.keep), case, helm)


def main():
    parser = argparse.ArgumentParser(prog="fuzz-helm", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", default="20261124")
    parser.add_argument("--only", default=",".join(KINDS), help="kinds of cases, separated by commas")
    parser.add_argument("--slipway", default=".build/release/slipway")
    parser.add_argument("--helm", default=".build/helm/helm")
    parser.add_argument("--keep", default="fixtures/differential", help="where differences are written; empty: nowhere")
    parser.add_argument("--most", type=int, default=20, help="differences after which it ends")
    parser.add_argument("--attempts", type=int, default=250, help="runs that shrinking one difference may take")
    options = parser.parse_args()
    options.kinds = options.only.split(",")
    options.helm, options.slipway = (str(pathlib.Path(path).resolve()) for path in (options.helm, options.slipway))
    print(f"fuzz-helm: seed {options.seed}", flush=True)
    start = time.monotonic()
    fuzzer = Fuzzer(options)
    fuzzer.run()
    total = sum(fuzzer.compared.values())
    minutes = (time.monotonic() - start) / 60
    parts = ", ".join(f"{kind} {count}" for kind, count in fuzzer.compared.items())
    print(f"fuzz-helm: {total} comparisons ({parts}), {total / max(minutes, 0.01):.0f} a minute, "
          f"{sum(fuzzer.differing.values())} differences (seed {options.seed})")
    return 1 if fuzzer.differing else 0


if __name__ == "__main__":
    sys.exit(main())
