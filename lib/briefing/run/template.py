"""A process with the libraries loaded, from which kernels are forked.

Importing the libraries costs more than most notebooks do. A process that has one thread makes the
template of itself; one that has more, such as a worker of Dask or a Jupyter server, starts it
afresh. Where there is no fork (Windows, macOS) kernels start as they usually do.
"""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure as Drawing

from briefing.charts import Chart, style
from briefing.correspondence import to_return
from briefing.documents.figures import figure_block, keep_drawings
from briefing.errors import BriefingError
from briefing.language import current_language, ones
from briefing.one_thread import ONE_THREAD, has_one_thread
from briefing.params import RunParams
from briefing.run.day import open_day, open_previous_day
from briefing.tables.follow_up import follow_up
from briefing.tables.goals import goals
from briefing.tables.headline import headline

GONE = -1  # exit code of a kernel whose template has ended
AFRESH = "from briefing.run.template import serve_afresh; serve_afresh()"


@dataclass
class Template:
    """A process from which kernels are forked. It ends with the process that it is of.

    Attributes:
        process: `None` where there is no template: kernels then start as they usually do.
        folder: A private one for the kernels' sockets, gone when the template has ended.
    """

    process: object | None = None
    folder: str | None = None
    _orders: Connection | None = None
    _asking: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def start(cls) -> Template:
        """Fork a template off this process, or start one where a fork would not be whole."""
        if sys.platform != "linux":
            return cls()
        alone = has_one_thread() and not multiprocessing.current_process().daemon
        if alone:
            _load()
            alone = has_one_thread()
        ours, its = multiprocessing.Pipe()
        folder = tempfile.mkdtemp(prefix="kernels-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)  # if the template can't any more
        process = _forked(its, ours, folder) if alone else _afresh(its, folder)
        its.close()
        return cls(process, folder, ours)

    def fork(self, arguments: list[str], env: Mapping[str, str], cwd: str | None) -> Forked | None:
        """A kernel with the arguments of its command line; `None`: the template has ended."""
        pid = self.ask("fork", arguments, dict(env), cwd and str(cwd))
        return None if pid == GONE else Forked(self, pid)

    def ask(self, *order: Any) -> Any:
        """What the template answers; `GONE` where it has ended."""
        assert self._orders is not None
        with self._asking:
            try:
                self._orders.send(order)
                return self._orders.recv()
            except (EOFError, OSError):
                self.process = self.folder = None
                return GONE


@dataclass
class Forked:
    """A forked kernel, as `subprocess.Popen` shows a process."""

    template: Template
    pid: int
    returncode: int | None = None
    stdin = stdout = stderr = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self.template.ask("poll", self.pid)
        return self.returncode

    def wait(self) -> int | None:
        return self.poll()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


_template: dict[int, Template] = {}


def template() -> Template:
    """The template of this process, started when it is first asked for."""
    if os.getpid() not in _template:
        _template.clear()  # of the process that this one was forked from
        _template[os.getpid()] = Template.start()
    return _template[os.getpid()]


def prepare(parameters: Mapping[str, Any]) -> None:
    """Have the tables of a run in memory before its notebooks ask for them.

    A template that is forked now has what this process has; one from an earlier run is told.
    """
    if os.getpid() not in _template:
        _prepare(parameters)
    if template().process:
        template().ask("prepare", dict(parameters))


def kernels_are() -> str:
    """How the kernels of this process begin: forked, or started as usual."""
    known = _template.get(os.getpid())
    return "forked" if known and known.process else "started"


def _forked(its: Connection, ours: Connection, folder: str) -> object:
    process = multiprocessing.get_context("fork").Process(
        target=_serve, args=(its, folder, ours), daemon=True
    )
    process.start()
    return process


def _afresh(its: Connection, folder: str) -> object:
    """A new program; `multiprocessing` would start none where the process is a daemon of its."""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", AFRESH, str(its.fileno()), folder],
        env=ONE_THREAD | os.environ,
        pass_fds=[its.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def serve_afresh() -> None:
    """The program of a template that was started: its orders' descriptor, its folder."""
    orders, folder = Connection(int(sys.argv[1])), sys.argv[2]
    _load()
    if has_one_thread():
        _serve(orders, folder)
    shutil.rmtree(folder, ignore_errors=True)


def _load() -> None:
    """Have at hand what every notebook needs: the libraries, and what they load when first used."""
    for name in ("ipykernel.kernelapp", "briefing.documents.sections"):
        import_module(name)
    ones(current_language())
    figure_block(Chart(partial(_first_drawing), "0"), id="first", title="0")._repr_mimebundle_()
    gc.freeze()  # what is loaded stays: no collection looks at it again, here or in a kernel


def _first_drawing() -> Drawing:
    with style.style():
        drawing, axes = style.sheet(10)
        axes.text(0, 10, "0")
    return drawing


def _serve(orders: Connection, folder: str, of_parent: Connection | None = None) -> None:
    """Fork kernels as ordered, until the parent has ended."""
    if of_parent:
        of_parent.close()
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # nobody steps through these kernels
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit())
    kernels: set[int] = set()
    try:
        while True:
            order, *details = orders.recv()
            if order == "poll":
                orders.send(_ended(details[0], kernels))
                continue
            if order == "prepare":
                orders.send(None)  # nobody waits for it
                _prepare(*details)
                continue
            pid = os.fork()
            if not pid:
                orders.close()
                _become_kernel(*details)
            kernels.add(pid)
            orders.send(pid)
    except (EOFError, OSError, SystemExit):
        for pid in kernels:
            _end(pid)
        shutil.rmtree(folder, ignore_errors=True)
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


def _ended(pid: int, kernels: set[int]) -> int | None:
    """The exit code of a kernel; `None` while it runs."""
    if pid not in kernels:
        return GONE
    done, status = os.waitpid(pid, os.WNOHANG)
    if not done:
        return None
    kernels.discard(pid)
    return os.waitstatus_to_exitcode(status)


def _become_kernel(arguments: list[str], env: dict[str, str], cwd: str | None) -> None:
    """Run a kernel in this process, and end with it."""
    from ipykernel.kernelapp import IPKernelApp

    template = os.getppid()
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(env)
    sys.path[:] = [place for place in sys.path if place not in ("", os.getcwd())]
    if cwd:
        os.chdir(cwd)
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    try:
        IPKernelApp.launch_instance([*arguments, f"--IPKernelApp.parent_handle={template}"])
    finally:
        os._exit(0)
