"""A process with the libraries loaded, from which kernels are forked, and what works beside a run.

Importing the libraries costs more than most notebooks do. A process that has one thread makes the
template of itself; one that has more, such as a worker of Dask or a Jupyter server, starts it
afresh. Where there is no fork (Windows, macOS) kernels start as they usually do.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure as Drawing

from briefing.charts import Chart, style
from briefing.correspondence.returns import to_return
from briefing.documents.figures import figure_block, keep_drawings
from briefing.errors import BriefingError
from briefing.intake.sandbox.walls import end_with_parent
from briefing.language import current_language, ones
from briefing.one_thread import ONE_THREAD, has_one_thread
from briefing.params import RunParams
from briefing.run.cells import Shell, run_cells
from briefing.run.day import open_day, open_previous_day
from briefing.tables.follow_up import follow_up
from briefing.tables.goals import goals
from briefing.tables.headline import headline

AFRESH = "from briefing.run.template import serve_afresh; serve_afresh()"


@dataclass
class Template:
    """A process from which kernels are forked. It ends with the process that it is of.

    Attributes:
        process: `None` where there is no template: kernels then start as they usually do.
    """

    process: object | None = None
    _orders: Connection | None = None
    _asking: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def start(cls) -> Template:
        """Fork a template off this process, or start one where a fork would not be whole."""
        if sys.platform != "linux":
            return cls()
        alone = has_one_thread() and not multiprocessing.current_process().daemon
        if alone:
            load_libraries()
            alone = has_one_thread()
        ours, its = multiprocessing.Pipe()
        process = _forked(its, ours) if alone else _afresh(its)
        its.close()
        return cls(process, ours)

    @contextmanager
    def fork(
        self, env: Mapping[str, str], cwd: str, work: Callable[[Connection], object] | None = None
    ) -> Iterator[Connection | None]:
        """The pipe to a process, which ends with the block; `None`: the template has ended.

        Args:
            env: Its environment.
            cwd: The folder that it works in.
            work: What it does with its end of the pipe; by default it is a kernel.
        """
        pid, pipe = self._asked("fork", dict(env), cwd, work or _run_cells) or (None, None)
        if not pipe:
            yield None
            return
        try:
            with pipe:
                yield pipe
        finally:
            self._asked("end", pid)

    @contextmanager
    def beside(self, work: Callable[..., Any], *given: Any) -> Iterator[Callable[[], Any]]:
        """Have work done in a process of its own, while the block does other work.

        Args:
            work: A function of a module.

        Yields:
            What waits for its result; that is `None` where it was not done: there is no template,
            the work failed, or its process has ended.
        """
        with self.fork(os.environ, os.getcwd(), partial(_tell, work, given)) as pipe:

            def made() -> Any:
                with suppress(EOFError, OSError):
                    return pipe.recv() if pipe else None

            yield made

    def prepare(self, parameters: Mapping[str, Any]) -> None:
        """Have the tables of a run in memory; nobody waits for it."""
        self._asked("prepare", dict(parameters))

    def _asked(self, *order: Any) -> tuple[Any, Connection | None] | None:
        """What the template answers, and the pipe that it sends; `None`: it has ended."""
        if self._orders is None:
            return None
        with self._asking:
            try:
                self._orders.send(order)
                answer = self._orders.recv()
                sent = order[0] == "fork"
                return answer, Connection(recv_handle(self._orders)) if sent else None
            except (EOFError, OSError):
                self.process = None
                return None


_template: dict[int, Template] = {}


def template() -> Template:
    """The template of this process, started when it is first asked for."""
    if os.getpid() not in _template:
        _template.clear()  # of the process that this one was forked from
        _template[os.getpid()] = Template.start()
    return _template[os.getpid()]


def template_if(worth_it: bool) -> Template:
    """The same for work that is worth a process of its own; else none, so that it is done here."""
    return template() if worth_it else Template()


def prepare(parameters: Mapping[str, Any]) -> None:
    """Have the tables of a run in memory before its notebooks ask for them.

    A template that is forked now has what this process has; one from an earlier run is told.
    """
    if os.getpid() not in _template:
        _prepare(parameters)
    template().prepare(parameters)


def kernels_are() -> str:
    """How the kernels of this process begin: forked, or started as usual."""
    known = _template.get(os.getpid())
    return "forked" if known and known.process else "started"


def _forked(its: Connection, ours: Connection) -> object:
    process = multiprocessing.get_context("fork").Process(
        target=_serve, args=(its, ours), daemon=True
    )
    process.start()
    return process


def _afresh(its: Connection) -> object:
    """A new program; `multiprocessing` would start none where the process is a daemon of its."""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", AFRESH, str(its.fileno())],
        env=ONE_THREAD | os.environ,
        pass_fds=[its.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def serve_afresh() -> None:
    """The program of a template that was started: its orders' descriptor."""
    orders = Connection(int(sys.argv[1]))
    load_libraries()
    if has_one_thread():
        _serve(orders)


def load_libraries() -> None:
    """Have at hand what every notebook needs: the libraries, and what they load when first used."""
    import_module("briefing.documents.sections")
    ones(current_language())
    figure_block(Chart(partial(_first_drawing), "0"), id="first", title="0")._repr_mimebundle_()
    gc.freeze()  # what is loaded stays: no collection looks at it again, here or in a kernel


def _first_drawing() -> Drawing:
    with style.style():
        drawing, axes = style.sheet(10)
        axes.text(0, 10, "0")
    return drawing


def _serve(orders: Connection, of_parent: Connection | None = None) -> None:
    """Fork kernels as ordered, until the parent has ended."""
    if of_parent:
        of_parent.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit())
    Shell.instance()  # which each kernel then has
    children = set[int]()
    try:
        while True:
            order, *details = orders.recv()
            if order == "fork":
                ours, its = multiprocessing.Pipe()
                if not (pid := os.fork()):
                    orders.close()
                    ours.close()
                    _become(its, *details)
                its.close()
                children.add(pid)
                orders.send(pid)
                send_handle(orders, ours.fileno(), None)
                ours.close()
                continue
            orders.send(None)
            if order == "prepare":
                _prepare(*details)
            elif details[0] in children:
                children.discard(details[0])
                _end(details[0])
    except (EOFError, OSError, SystemExit):
        for pid in children:
            _end(pid)
        os._exit(0)


def _end(pid: int) -> None:
    """End a kernel, and what it has started."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        os.killpg(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)


def _prepare(parameters: Mapping[str, Any]) -> None:
    """What every notebook of a day begins with; one that can't have it will say why."""
    keep_drawings(Path(parameters["outputs"]) / "register")
    if "report_date" not in parameters:
        return  # of a period
    with suppress(BriefingError):
        known = {name: parameters[name] for name in RunParams.model_fields if name in parameters}
        run = RunParams.checked(known)  # those of a unit's page name the unit, too
        day = open_day(run)
        goals(day), headline(day), to_return(day)
        follow_up(open_previous_day(run, day), day)


def _become(
    pipe: Connection, env: dict[str, str], cwd: str, work: Callable[[Connection], object]
) -> None:
    """Do this work in this process, and end with it."""
    try:
        os.setsid()
        end_with_parent(signal.SIGKILL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(env)
        sys.path[:] = [place for place in sys.path if place not in ("", os.getcwd())]
        os.chdir(cwd)
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        work(pipe)
    finally:
        os._exit(0)


def _run_cells(pipe: Connection) -> None:
    run_cells(Shell.instance(), pipe)


def _tell(work: Callable[..., Any], given: tuple[Any, ...], pipe: Connection) -> None:
    pipe.send(work(*given))
