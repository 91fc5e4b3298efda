"""Makes a case that differs as small as it stays different in the same way."""
import re

from .cases import Case

TOKENS = re.compile(rb"\{\{-? ?| ?-?\}\}|\"(?:[^\"\\\n]|\\.)*\"|[A-Za-z0-9_.$-]+|\s+|.", re.DOTALL)


class Shrinker:
    def __init__(self, programs, folder, attempts=250):
        self.programs, self.folder, self.attempts = programs, folder, attempts

    def shrink(self, case, difference):
        self.difference = difference
        changed = True
        while changed and self.attempts > 0:
            before = (len(case.files), sum(map(len, case.files.values())), len(case.arguments))
            case = self.without_files(case)
            case = self.without_arguments(case)
            for path in sorted(case.files, key=lambda path: -len(case.files[path])):
                for split in (lambda text: text.splitlines(keepends=True), TOKENS.findall):
                    case = self.smaller_file(case, path, split)
                case = self.without_groups(case, path)
            changed = before != (len(case.files), sum(map(len, case.files.values())), len(case.arguments))
        return case

    def still(self, case):
        if self.attempts <= 0:
            return False
        self.attempts -= 1
        return case.compare(self.programs, self.folder)[2] == self.difference

    def without_files(self, case):
        for path in list(case.files):
            if path == "chart/Chart.yaml":
                continue
            smaller = Case(case.kind, {other: text for other, text in case.files.items() if other != path}, case.arguments)
            if self.still(smaller):
                case = smaller
        return case

    def without_arguments(self, case):
        index = 0
        while index < len(case.arguments):
            step = 2 if case.arguments[index].startswith("-") and "=" not in case.arguments[index] else 1
            smaller = Case(case.kind, case.files, case.arguments[:index] + case.arguments[index + step :])
            if self.still(smaller):
                case = smaller
            else:
                index += step
        return case

    def smaller_file(self, case, path, split):
        """Removes runs of pieces, long runs first."""
        pieces = split(case.files.get(path, b""))
        size = len(pieces) // 2
        while size > 0 and self.attempts > 0:
            index = 0
            while index < len(pieces):
                fewer = pieces[:index] + pieces[index + size :]
                smaller = Case(case.kind, {**case.files, path: b"".join(fewer)}, case.arguments)
                if self.still(smaller):
                    pieces, case = fewer, smaller
                else:
                    index += size
            size //= 2
        return case

    def without_groups(self, case, path):
        """Puts short words in place of parenthesised expressions."""
        index = 0
        while self.attempts > 0:
            text = case.files.get(path, b"")
            start = text.find(b"(", index)
            if start < 0:
                return case
            end = self.closing(text, start)
            for replacement in (b'""', b"1", text[start + 1 : end]):
                smaller = Case(case.kind, {**case.files, path: text[:start] + replacement + text[end + 1 :]}, case.arguments)
                if len(smaller.files[path]) < len(text) and self.still(smaller):
                    case = smaller
                    break
            else:
                index = start + 1
        return case

    @staticmethod
    def closing(text, start):
        depth = 0
        for index in range(start, len(text)):
            depth += {40: 1, 41: -1}.get(text[index], 0)
            if depth == 0:
                return index
        return len(text)
