"""The command `briefing`, or another, in a process of its own, whose libraries are loaded already.

To start Python and to import the libraries costs more than most commands do. So a server that has
imported them forks a process for each command; it has run nothing before.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.context import BaseContext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from briefing.cli.group import LAZY

PROGRAM = (sys.executable, "-m", "briefing.cli")
# `briefing.cli` first: it sees to it that libraries start no threads, without which none can fork.
LOADED = [
    "briefing.cli",
    *(f"briefing.cli.{module}" for module, _help in LAZY.values()),
    *(
        f"briefing.run.{job}"
        for job in ("backfill", "daily", "forget", "kernel", "period", "units")
    ),
    "ipykernel.kernelapp",
    "nbconvert.nbconvertapp",
    "papermill.cli",
]


class Finished(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


def briefing(folder: Path, arguments: Sequence[str]) -> Finished:
    """Run the command `briefing` in a folder."""
    return program("briefing", folder, arguments)


def program(name: str, folder: Path, arguments: Sequence[str]) -> Finished:
    """Run `briefing`, or what `python -m NAME` runs, in a folder."""
    with TemporaryDirectory() as kept:
        out, err = (Path(kept) / name for name in ("out", "err"))
        environment = dict(os.environ) | {"COLUMNS": "200"}
        process = server().Process(
            target=_run, args=(name, folder, arguments, environment, out, err)
        )
        process.start()
        process.join()
        assert process.exitcode is not None
        return Finished(process.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


@cache
def server() -> BaseContext:
    """Where there is no forking, each process imports the libraries itself."""
    forking = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forking else "spawn")
    if forking:
        context.set_forkserver_preload(LOADED)
    return context


def _run(
    name: str,
    folder: Path,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    out: Path,
    err: Path,
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.stdout, sys.stderr = (_opened(stream, path) for stream, path in ((1, out), (2, err)))

    from briefing.cli import main

    try:
        if name == "briefing":
            main([*arguments], prog_name="python -m briefing.cli")
        else:
            sys.argv = [name, *arguments]
            runpy.run_module(name, run_name="__main__", alter_sys=True)
    finally:
        atexit._run_exitfuncs()  # without it a process of multiprocessing ends without them


def _opened(stream: int, path: Path):
    """A stream of the process and of all that it starts, written to a file."""
    kept = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(kept, stream)
    os.close(kept)
    return os.fdopen(stream, "w", encoding="utf-8", closefd=False)
