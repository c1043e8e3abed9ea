"""Where the tasks of a run are done: in this process, or where `dask_cluster` hands them out.

A task is a function of a module and what it is given; it may be done twice, where the process that
did it has ended, and so builds aside and puts in place what is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass
class Cluster:
    """Workers for the tasks of a run, from the first task to the end of the block: this process.

    Attributes:
        workers: Processes of this machine, each with one thread; 1: no other than this.
        scheduler: Address of a Dask scheduler, whose workers are taken instead.
        outputs: Where a run writes; workers on other machines must see it, and `folders`, too.
    """

    workers: int = 1
    scheduler: str = ""
    outputs: Path = Path("outputs")
    folders: tuple[Path, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        pass

    @property
    def elsewhere(self) -> bool:
        """Whether tasks may be done in other processes."""
        return bool(self.scheduler) or self.workers > 1

    @property
    def workers_asked(self) -> int | None:
        """How many workers of this machine were asked for; `None`: it is not said."""
        return self.workers if self.workers > 1 else None

    def each(
        self, work: Callable[[Task], Result], tasks: Iterable[Task], count: int
    ) -> Iterator[Result]:
        """What comes of each task, in their order.

        Args:
            work: A function of a module, so that another process finds it.
            count: How many tasks there are at least; they may be made as they are handed out.

        Raises:
            RunError: A worker can't do its part, or was lost with its task again and again.
        """
        yield from map(work, tasks)
