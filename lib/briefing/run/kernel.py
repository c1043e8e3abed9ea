"""Execute notebooks, each in a kernel of its own that is a fork of this very program.

Importing the libraries costs more than most notebooks do. So a process forks a template of itself
while it has one thread and its libraries loaded; the template forks a kernel for each notebook.
Where a process can't be forked (Windows, a process with threads) kernels start as they usually do.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import papermill
from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_core.utils import run_sync
from nbclient.exceptions import DeadKernelError
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

from briefing.charts import style
from briefing.documents.figures import figure_block
from briefing.errors import BriefingError
from briefing.messages import current_language, ones
from briefing.params import RunParams
from briefing.run.day import open_day, open_eve
from briefing.tables.follow_up import follow_up
from briefing.tables.goals import goals

KERNEL, FORKED = "python3", "briefing-fork"
QUIET = ["--log-level=50", "--HistoryManager.enabled=False"]  # its errors are in the cells
GONE = -1  # exit code of a kernel whose template has ended


def execute(notebook: Path, executed: Path, parameters: Mapping[str, Any]) -> None:
    """Run a notebook with papermill, and save it as executed.

    Raises:
        PapermillExecutionError: A cell failed; the notebook is saved up to it.
        DeadKernelError: The kernel is gone.
    """
    template()  # forked before an event loop runs
    with _private() as config:
        kernel = OwnKernel(config=config)
        try:
            papermill.execute_notebook(
                notebook,
                executed,
                parameters=dict(parameters),
                kernel_name=KERNEL,
                engine_name=Engine.NAME,
                request_save_on_cell_execute=False,
                kept=executed,
                progress_bar=False,
                km=kernel,
            )
        finally:
            if kernel.has_kernel:
                run_sync(kernel.shutdown_kernel)(now=True)


class Engine(NBClientEngine):
    """Papermill's own, which saves a notebook once: with its pages it is large."""

    NAME = "briefing"

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, kept: Path, **kwargs: Any
    ) -> None:
        """Execute the cells; `kept` is where the notebook goes if the kernel dies."""
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
        except DeadKernelError:
            nb_man.output_path = str(kept)
            nb_man.save()
            raise


papermill_engines.register(Engine.NAME, Engine)


class OwnKernel(AsyncKernelManager):
    """The kernel of the Python that runs this, whatever kernels the machine has registered."""

    @property
    def kernel_spec(self) -> KernelSpec:
        spec = get_kernel_dict(extra_arguments=QUIET)
        how = {"kernel_provisioner": {"provisioner_name": FORKED}} if template().process else {}
        return KernelSpec(resource_dir=RESOURCES, **(spec | {"metadata": how}))


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel by asking the template of this process for a fork of it."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        arguments = cmd[cmd.index("-f") :]
        self.process = template().fork(arguments, kwargs.get("env") or {}, kwargs.get("cwd"))
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd")
        return self.connection_info


@dataclass
class Template:
    """A process from which kernels are forked.

    Attributes:
        process: `None` where there is no template: kernels then start as they usually do.
    """

    process: BaseProcess | None = None
    _orders: Connection | None = None
    _asking: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def start(cls) -> Template:
        """Fork a template, if this process may be forked."""
        _load()
        if not _has_one_thread():
            return cls()
        ours, its = multiprocessing.Pipe()
        forked = multiprocessing.get_context("fork")
        process = forked.Process(target=_serve, args=(its, ours), daemon=True)
        process.start()
        its.close()
        return cls(process, ours)

    def fork(self, arguments: list[str], env: Mapping[str, str], cwd: str | None) -> Forked:
        """A kernel with the arguments of its command line.

        Raises:
            RuntimeError: The template has ended.
        """
        pid = self.ask("fork", arguments, dict(env), cwd and str(cwd))
        if pid == GONE:
            raise RuntimeError("the template of the kernels has ended")
        return Forked(self, pid)

    def prepare(self, parameters: Mapping[str, Any]) -> None:
        """Have the tables of a run in memory before its notebooks ask for them."""
        if self.process:
            self.ask("prepare", dict(parameters))

    def ask(self, *order: Any) -> Any:
        """What the template answers; `GONE` where it has ended."""
        assert self._orders is not None
        with self._asking:
            try:
                self._orders.send(order)
                return self._orders.recv()
            except (EOFError, OSError):
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


def _load() -> None:
    """Have at hand what every notebook needs: the libraries, and what they load when first used."""
    for name in ("ipykernel.kernelapp", "briefing.documents.sections"):
        import_module(name)
    ones(current_language())
    with style.style():
        drawing, axes = style.sheet(10)
        axes.text(0, 10, "0")
    figure_block(drawing, id="first", title="0", alt="0")._repr_mimebundle_()
    gc.freeze()  # what is loaded stays: no collection looks at it again, here or in a kernel


def _has_one_thread() -> bool:
    """Whether a fork of this process is whole: a thread that holds a lock would be missing."""
    tasks = Path("/proc/self/task")
    count = len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()
    return hasattr(os, "fork") and sys.platform == "linux" and count == 1


def _serve(orders: Connection, of_parent: Connection) -> None:
    """Fork kernels as ordered, until the parent has ended."""
    of_parent.close()
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # nobody steps through these kernels
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit())
    kernels: set[int] = set()
    try:
        while True:
            order, *details = orders.recv()
            if order == "poll":
                orders.send(_ended(*details, kernels))
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
            os.killpg(pid, signal.SIGKILL)
        os._exit(0)


def _prepare(parameters: dict[str, Any]) -> None:
    """What every notebook of a day begins with; one that can't have it will say why."""
    with suppress(BriefingError):
        run = RunParams.checked(parameters)
        day = open_day(run)
        goals(day)
        follow_up(open_eve(run, day), day)


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
    if cwd:
        os.chdir(cwd)
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    try:
        IPKernelApp.launch_instance([*arguments, f"--IPKernelApp.parent_handle={template}"])
    finally:
        os._exit(0)


@contextmanager
def _private() -> Iterator[Config]:
    """A kernel's settings: sockets in a private folder where the system has such.

    Not over the network, so that runs side by side do not meet.
    """
    with tempfile.TemporaryDirectory(prefix="kernel-") as private:
        sockets = {"transport": "ipc", "ip": os.path.join(private, "k")}
        yield Config({} if os.name == "nt" else {"KernelManager": sockets})
