"""Execute notebooks in a kernel of this very Python, spoken to by nobody else."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

import papermill
from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient.exceptions import DeadKernelError
from traitlets.config import Config

KERNEL = "python3"
FORGET = "get_ipython().reset(new_session=True)"


class OwnKernel(AsyncKernelManager):
    """The kernel of the Python that runs this, whatever kernels the machine has registered."""

    @property
    def kernel_spec(self) -> KernelSpec:
        quiet = get_kernel_dict(extra_arguments=["--log-level=50"])  # its errors are in the cells
        return KernelSpec(resource_dir=RESOURCES, **quiet)


class WarmKernel:
    """A kernel that stays for several notebooks, so that each finds the libraries loaded.

    Every notebook begins with no name of the one before.
    """

    def __init__(self) -> None:
        self._open = ExitStack()
        self._manager: _Staying | None = None

    def execute(self, notebook: Path, executed: Path, parameters: Mapping[str, Any]) -> None:
        """Run a notebook with papermill, and save it as executed.

        Raises:
            PapermillExecutionError: A cell failed; the notebook is saved up to it.
            DeadKernelError: The kernel is gone; the next notebook gets a new one.
        """
        if self._manager is None:
            self._manager = _Staying(config=self._open.enter_context(_private()))
        elif self._manager.has_kernel:
            self._manager.forget()
        try:
            papermill.execute_notebook(
                notebook,
                executed,
                parameters=dict(parameters),
                kernel_name=KERNEL,
                progress_bar=False,
                km=self._manager,
            )
        except DeadKernelError:
            self.stop()
            raise

    def stop(self) -> None:
        """End the kernel; another notebook would start a new one."""
        manager, self._manager = self._manager, None
        if manager is not None and manager.has_kernel:
            manager.end()
        self._open.close()


class _Staying(OwnKernel):
    """The kernel of a `WarmKernel`, with at most one client open at a time."""

    _last: AsyncKernelClient | None = None

    def client(self, **options: Any) -> AsyncKernelClient:
        if self._last is not None:
            self._last.stop_channels()
        self._last = super().client(**options)
        return self._last

    def forget(self) -> None:
        """Delete the names and the history of the notebook before."""
        client = self.client()
        client.start_channels()
        run_sync(client.wait_for_ready)(timeout=60)
        run_sync(client.execute_interactive)(FORGET, silent=True, store_history=False)

    def end(self) -> None:
        if self._last is not None:
            self._last.stop_channels()
        run_sync(self.shutdown_kernel)(now=True)


def standing() -> WarmKernel:
    """The kernel of this process: started for its first notebook, ended with the process."""
    return _of(os.getpid())


@cache
def _of(_process: int) -> WarmKernel:
    kernel = WarmKernel()
    Finalize(None, kernel.stop, exitpriority=1)  # a worker process runs no `atexit`
    return kernel


@contextmanager
def _private() -> Iterator[Config]:
    """A kernel's settings: sockets in a private folder where the system has such.

    Not over the network, so that runs side by side do not meet.
    """
    with tempfile.TemporaryDirectory(prefix="kernel-") as private:
        sockets = {"transport": "ipc", "ip": os.path.join(private, "k")}
        yield Config({} if os.name == "nt" else {"KernelManager": sockets})
