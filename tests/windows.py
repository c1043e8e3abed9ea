"""Windows, played on another system, as far as that goes: `python -m tests.windows daily ...`.

What the program asks the system is answered as Windows would, and what Windows lacks or refuses
fails: there is no fork; no folder is renamed and no file deleted or replaced while this process, or
one that it started, has a file of it open; text files and streams are of a code page unless their
encoding is given. Workers and kernels are processes of their own, and play nothing.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import psutil

ASK_NAME = ("register.files", "run.publish", "run.exchange", "run.kernel")
ASK_PLATFORM = ("run.template", "intake.sandbox.pool")
LACKING = ("fork", "forkpty", "killpg", "setsid", "pidfd_open", "sched_getaffinity")
REFUSED = ("rename", "replace", "unlink", "remove", "rmdir")


class Answering(ModuleType):
    """A module that answers some questions otherwise."""

    def __init__(self, of: ModuleType, **otherwise: Any) -> None:
        super().__init__(of.__name__)
        self.__dict__.update(otherwise)
        self._of = of

    def __getattr__(self, name: str) -> Any:
        return getattr(self._of, name)


def play() -> None:
    """From now on this process is on Windows."""
    for names, module, otherwise in (
        (ASK_NAME, os, {"name": "nt"}),
        (ASK_PLATFORM, sys, {"platform": "win32"}),
    ):
        for name in names:
            setattr(
                import_module(f"briefing.{name}"), module.__name__, Answering(module, **otherwise)
            )
    import_module("briefing.run.publish").OPEN_FILES_BLOCK = True  # type: ignore[attr-defined]
    for name in LACKING:
        if hasattr(os, name):
            delattr(os, name)
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    for name in REFUSED:
        setattr(os, name, _refusing(getattr(os, name)))
    warnings.filterwarnings("error", category=EncodingWarning, module=r"briefing\b")


def _refusing(real: Callable[..., None]) -> Callable[..., None]:
    def as_windows(*paths: Any, **more: Any) -> None:
        for path in paths:
            if held := next(_held_in(os.path.abspath(os.fsdecode(path))), None):
                raise PermissionError(13, f"used by another process: {held}", str(path))
        real(*paths, **more)

    return as_windows


def _held_in(path: str) -> Iterator[str]:
    """What this process and its children have open at a path or below it, or stand in."""
    own = psutil.Process()
    for process in (own, *own.children(recursive=True)):
        for held in _held_by(process.pid):
            if held == path or held.startswith(path + os.sep):
                yield held


def _held_by(pid: int) -> Iterator[str]:
    root = Path("/proc") / str(pid)
    try:
        for link in (root / "cwd", *(root / "fd").iterdir()):
            yield os.readlink(link)
        for line in (root / "maps").read_text(encoding="utf-8").splitlines():
            yield line.split(maxsplit=5)[-1]
    except OSError:  # it has just ended
        return


if __name__ == "__main__":
    from briefing.cli import main

    play()
    main(prog_name="briefing")
