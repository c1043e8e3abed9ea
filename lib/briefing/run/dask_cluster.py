"""Tasks of a run that Dask hands out: to other processes of this machine, or to a cluster."""

from __future__ import annotations

import logging
import shutil
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, chdir
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

import dask
from distributed import Client, KilledWorker, LocalCluster, Security, get_worker
from distributed.comm.core import CommClosedError, connect
from jupyter_core.utils import run_sync

from briefing.errors import ParamsError, RunError
from briefing.language import current_language, language
from briefing.messages import _
from briefing.mirrors import know, mirrors
from briefing.register.kept import program
from briefing.run.cluster import Cluster, Result, Task
from briefing.run.publish import building, recover

REACHED_WITHIN = 5  # seconds; a scheduler that does not answer by then is not there
AHEAD = 8  # tasks handed out for each worker: what is to come waits here, not with the scheduler
SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "1GB",  # a task holds the bytes of a file
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
_alone = threading.Lock()  # the language and the folder of a process are one


@dataclass
class DaskCluster(Cluster):
    """Workers of Dask, from the first task to the end of the block; after it, this process."""

    _client: Any = None
    _local: Any = None
    _seen: tuple[Path, ...] = ()
    _entered: bool = False
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        """Take part in the cluster at the address, if there is one.

        Raises:
            ParamsError: Nobody answers there, or nobody works there.
        """
        if self.scheduler and self._client is None:
            self._join()
        self._entered = True
        return self

    def __exit__(self, *_raised: object) -> None:
        self._client, self._entered = None, False
        self._open.close()

    def each(
        self, work: Callable[[Task], Result], tasks: Iterable[Task], count: int
    ) -> Iterator[Result]:
        if not self._entered or not self.elsewhere or count < 2:
            yield from super().each(work, tasks, count)
            return
        client = self._workforce(count)
        most = AHEAD * max(1, sum(client.nthreads().values()))
        place = _Place(Path.cwd(), current_language(), program(), self._seen, mirrors())
        carried = partial(_carried, work, place)
        ahead: deque[Any] = deque()
        try:
            for task in tasks:
                ahead.append(client.submit(carried, task, pure=False))
                if len(ahead) >= most:
                    yield _result(ahead.popleft())
            while ahead:
                yield _result(ahead.popleft())
        finally:
            if ahead and client.status == "running":
                client.cancel(list(ahead))

    def _workforce(self, count: int) -> Any:
        """The client of the cluster, with no more workers than tasks."""
        if self.scheduler:
            return self._client
        if self._client:
            self._local.scale(max(len(self._local.worker_spec), min(self.workers, count)))
            return self._client
        self._settings(scratch := tempfile.mkdtemp(prefix="workers-"))
        self._open.callback(shutil.rmtree, scratch, ignore_errors=True)
        self._local = self._open.enter_context(
            LocalCluster(
                n_workers=min(self.workers, count),
                threads_per_worker=1,
                host="127.0.0.1",
                security=True,  # of its own, for as long as it is there
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                memory_limit=None,
                local_directory=scratch,
                preload=__name__,
                silence_logs=logging.CRITICAL,
            )
        )
        shutil.rmtree(scratch, ignore_errors=True)  # nothing is put there: nothing may be left
        self._client = self._open.enter_context(Client(self._local))
        return self._client

    def _join(self) -> None:
        self._settings(tempfile.gettempdir())
        try:
            run_sync(_demand_an_answer)(self.scheduler)  # also where a loop runs, as in Jupyter
        except (OSError, ValueError) as error:
            self._open.close()
            raise ParamsError(
                _(
                    "--scheduler {address}: no Dask scheduler answers there. Start one with "
                    "“dask scheduler”, or leave the option out. Nothing was run.",
                    address=self.scheduler,
                )
            ) from error
        client = self._open.enter_context(Client(self.scheduler))
        if not client.nthreads():
            self._open.close()
            raise ParamsError(
                _(
                    "--scheduler {address}: no worker has joined it. Start some with "
                    "“dask worker {address}”. Nothing was run.",
                    address=self.scheduler,
                )
            )
        here = self._open.enter_context(building(self.outputs, "cluster"))
        self._client, self._seen = client, (*self.folders, Path.cwd(), here)

    def _settings(self, scratch: str) -> None:
        self._open.callback(recover, self.outputs)  # from what ended workers were building
        self._open.enter_context(dask.config.set(SETTINGS | {"temporary-directory": scratch}))


async def _demand_an_answer(address: str) -> None:
    """Raises an error where nobody answers: a client of Dask that finds nobody can't be closed."""
    comm = await connect(
        address, timeout=REACHED_WITHIN, **Security().get_connection_args("client")
    )
    await comm.close()


@dataclass(frozen=True)
class _Place:
    """What a task finds where it was given: it is done by the same program in the same place."""

    folder: Path
    language: str
    program: str
    seen: tuple[Path, ...]
    mirrors: dict[Path, str]


def _carried(work: Callable[[Task], Result], place: _Place, task: Task) -> Result:
    """Do a task in a worker as it would be done where it comes from."""
    with _alone, language(place.language):
        _demand_the_same(place)
        know(place.mirrors)
        with chdir(place.folder):
            return work(task)


def _demand_the_same(place: _Place) -> None:
    if program() != place.program:
        raise RunError(
            _(
                "worker {name}: another version of this program is installed there. Install the "
                "same on every machine, and start the workers again.",
                name=_own_name(),
            )
        )
    if hidden := [path for path in place.seen if not path.is_dir()]:
        raise RunError(
            _(
                "worker {name}: it does not see the folder {folder}. Workers on other machines "
                "need inbox, params and outputs under the same paths.",
                name=_own_name(),
                folder=hidden[0],
            )
        )


def _own_name() -> str:
    return get_worker().address


def _result(future: Any) -> Any:

    try:
        return future.result()
    except KilledWorker as error:
        raise RunError(
            _(
                "a task was lost {n} times with the process that did it: the machine may be out "
                "of memory. Run it again with fewer workers.",
                n=error.allowed_failures + 1,
            )
        ) from error
    except (CancelledError, CommClosedError) as error:
        raise RunError(_("the cluster has ended before its work did. Run it again.")) from error
    except (ImportError, RuntimeError) as error:
        lacking = error if isinstance(error, ImportError) else error.__cause__
        if not isinstance(lacking, ImportError):
            raise
        raise RunError(
            _(
                "a worker or the scheduler has no {name}. Install this program on every machine, "
                "and start the cluster again.",
                name=lacking.name,
            )
        ) from error


def dask_setup(_worker: Any) -> None:
    """Dask calls this in a worker that begins: Ctrl-C is for the run, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
