"""Folders that lie elsewhere: brought into mirrors of this machine, and taken back after a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError, ParamsError
from briefing.messages import _
from briefing.mirrors import plain, url_of

IN_MEMORY = "memory://"  # of this process alone


@dataclass
class Visit:
    """What one command brings, and takes back.

    Attributes:
        brought: Mirrors → whether what is made in them is taken back.
    """

    brought: dict[Path, bool] = field(default_factory=dict)
    _works: dict[bool, Any] = field(default_factory=dict)

    def bring(self, folder: Path, url: str, most: int | None, is_written: bool) -> None:
        if folder not in self.brought:
            self._work(url).bring(url, folder, most, is_written)
            self.brought[folder] = is_written

    def take_back(self) -> None:
        for folder, is_written in self.brought.items():
            if is_written and (url := url_of(folder)):
                self._work(url).take_back(url, folder)

    def end(self) -> None:
        for work in self._works.values():
            work.end()

    def _work(self, url: str) -> Any:
        """Who does it: a process apart, unless what is there is of this process."""
        here = IN_MEMORY in url
        if here not in self._works:
            from briefing.remote.courier import Courier, Work  # for folders given by a URL

            self._works[here] = Work() if here else Courier()
        return self._works[here]


_visit: Visit | None = None


@contextmanager
def visiting() -> Iterator[None]:
    """What runs in the block may work on folders elsewhere; what it made is taken back.

    So is what one that failed leaves for people; of one that was stopped, nothing.

    Raises:
        BriefingError: It can't be taken back; what is there is as it was.
    """
    global _visit
    _visit = visit = Visit()
    try:
        yield
        visit.take_back()
    except SystemExit:
        visit.take_back()
        raise
    except Exception:
        with suppress(BriefingError):
            visit.take_back()
        raise
    finally:
        visit.end()
        _visit = None


def bring(folder: Path, most: int | None = None, *, is_written: bool = False) -> None:
    """Bring what a folder stands for, if it is a mirror, once in a command.

    Args:
        most: Bytes of a file that are brought; of a larger one, one more. `None`: all.
        is_written: What is made in it is taken back; no other run works there meanwhile.

    Raises:
        ParamsError: There is no such place, or nobody would take back what is made.
        RunError: It can't be reached.
    """
    url = url_of(folder)
    if url is None:
        return
    if _visit is None:
        raise ParamsError(
            _(
                "{url}: notebooks work on folders of this machine. Use the command briefing, or "
                "give a folder. Nothing was run.",
                url=plain(url),
            )
        )
    _visit.bring(folder, url, most, is_written)


def take_back() -> None:
    """Take back what has been made so far, so that it can be named."""
    if _visit:
        _visit.take_back()
