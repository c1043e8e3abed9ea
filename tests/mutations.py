"""Mistakes put into a copy of the program, one at a time: does a test notice each?

    python tests/mutations.py [--only ROOM]

`mutations.yaml` lists them, each with the tests that have to fail. Prints a line for each and a
summary; exits 1 where one lived or no longer applies.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PACKAGE = Path("lib", "briefing")
COPIED = ("lib", "tests", "params", "notebooks", "pyproject.toml")
TRACES = shutil.ignore_patterns(".ipynb_checkpoints", ".hypothesis")
KILLED, SURVIVED, STALE, BROKEN = "killed", "SURVIVED", "DOES NOT APPLY", "TESTS DO NOT RUN"
OUTCOMES = {0: SURVIVED, 1: KILLED}  # by what pytest returns
MOST_SECONDS = 600


@dataclass(frozen=True)
class Mutation:
    """One mistake: in `file` of the package, `new` in place of `old`; `tests` below tests/."""

    file: str
    old: str
    new: str
    tests: str

    @property
    def room(self) -> str:
        return self.file.partition("/")[0]

    def applied(self, text: str) -> str | None:
        """A file's text with the mistake in it; `None` where it does not stand there once."""
        return text.replace(self.old, self.new) if text.count(self.old) == 1 else None

    def __str__(self) -> str:
        return f"{self.file}: {self.old}  →  {self.new}"


def mutations() -> list[Mutation]:
    listed = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return [Mutation(**one) for one in listed]


def outcome(mutation: Mutation, copy: Path) -> str:
    """What the tests of a mutation say, in a copy of the project that is left as it was."""
    path = copy / PACKAGE / mutation.file
    changed = mutation.applied(path.read_text(encoding="utf-8"))
    if changed is None:
        return STALE
    with _changed(path, changed):
        try:
            return OUTCOMES.get(_tested(mutation.tests.split(), copy), BROKEN)
        except subprocess.TimeoutExpired:  # a loop without an end is noticed too
            return KILLED


@contextmanager
def _changed(path: Path, text: str) -> Iterator[None]:
    was, times = path.read_bytes(), (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        path.write_bytes(was)
        os.utime(path, ns=times)  # what is compiled of it holds again


def _tested(tests: list[str], copy: Path) -> int:
    """The exit code of pytest on some tests: on the slow ones where the others notice nothing."""
    named = [f"tests/{name}" for name in tests]
    for chosen in ("not slow", "slow and not minutes"):
        options = ["-x", "-q", "-n", "0", "-m", chosen, "-p", "no:cacheprovider"]
        code = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *named],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy / "lib")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
        ).returncode
        if code not in (0, pytest.ExitCode.NO_TESTS_COLLECTED):
            return code
    return 0


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", metavar="ROOM", help="only those of one room of lib/briefing")
    room = asked.parse_args(arguments).only
    chosen = [one for one in mutations() if room in (None, one.room)]
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        copy = Path(folder)
        for name in COPIED:
            place = ROOT / name
            (shutil.copytree(place, copy / name, ignore=TRACES) if place.is_dir()
             else shutil.copy2(place, copy / name))  # fmt: skip
        for one in chosen:
            said = outcome(one, copy)
            counted[said] += 1
            print(f"{said:16} {one}", flush=True)
    print(f"{counted[KILLED]} of {len(chosen)} killed", dict(counted))
    return 0 if counted[KILLED] == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
