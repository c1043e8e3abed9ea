"""`briefing check` in a child, and what it cost: a module of its own, for children load no more."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from briefing.intake.sandbox import pool
from tests.run import command


@dataclass(frozen=True)
class Outcome:
    """What came of files: exit code, processor time, the largest process's memory (MB), output."""

    code: int
    seconds: float
    megabytes: float
    said: str


def checked(paths: Sequence[Path]) -> Outcome:
    """`briefing check --json` of files, in a child."""
    out = paths[0].with_name("out")
    code, seconds, kilobytes = in_a_child(_check, paths, out)
    megabytes = kilobytes / 1024 / (1024 if sys.platform == "darwin" else 1)
    return Outcome(code, seconds, megabytes, out.read_text(errors="replace"))


def in_a_child(work: Callable[..., int], *given: Any) -> tuple[int, float, int]:
    """What a function of a module gave, its processor time, and its largest process's memory.

    The child is forked from a small process: one of this one would begin as large as this is.
    """
    ours, its = command.server().Pipe(duplex=False)
    child = command.server().Process(target=_measured, args=(its, work, given))
    child.start()
    its.close()
    try:
        return ours.recv()
    except EOFError:
        raise AssertionError("the child has ended before its work was done") from None
    finally:
        child.join()


def _measured(answer: Connection, work: Callable[..., int], given: Sequence[Any]) -> None:
    """Of what it used itself, and of children that it waited for."""
    import resource  # of Unix

    code = work(*given)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(one.ru_utime + one.ru_stime for one in used)
    answer.send((code, seconds, max(one.ru_maxrss for one in used)))


def _check(paths: Sequence[Path], out: Path) -> int:
    from briefing.cli import main

    written = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(written, 1)
    os.dup2(written, 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
    try:
        sys.argv = ["briefing", "check", "--json", *map(str, paths)]
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    for (process, _megabytes), nursery in pool._nurseries.items():
        pool._close(process, nursery)  # waited for: else what workers used is not counted
    return code
