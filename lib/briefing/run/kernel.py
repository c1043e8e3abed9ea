"""Execute notebooks, each in a kernel of its own."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import papermill
from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

from briefing.run.template import template

KERNEL = "python3"
QUIET = ["--log-level=50", "--HistoryManager.enabled=False"]  # its errors are in the cells
# Nothing that lies in the current folder, and nobody's own start of Python or IPython.
OURS = ["--InteractiveShellApp.ignore_cwd=True", "--InteractiveShellApp.exec_PYTHONSTARTUP=False"]
OWN = {"PYTHONSAFEPATH": "1", "PYTHONSTARTUP": "", "PYTHONINSPECT": ""}
# What a kernel tells of itself (`IPythonKernel.language_info`).
LANGUAGE = {
    "name": "python",
    "version": platform.python_version(),
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


def execute(notebook: Path, executed: Path, parameters: Mapping[str, Any]) -> None:
    """Run a notebook with papermill, and save it as executed.

    A kernel that ends with the template it was forked from is replaced by one that starts as usual.

    Raises:
        PapermillExecutionError: A cell failed; the notebook is saved up to it.
        DeadKernelError: The kernel is gone.
    """
    forked = template().process is not None
    try:
        _execute(notebook, executed, parameters)
    except DeadKernelError:
        if not forked or template().process:
            raise
        _execute(notebook, executed, parameters)


def _execute(notebook: Path, executed: Path, parameters: Mapping[str, Any]) -> None:
    papermill.execute_notebook(
        notebook,
        executed,
        parameters=dict(parameters),
        kernel_name=KERNEL,
        engine_name=Engine.NAME,
        request_save_on_cell_execute=False,
        kept=executed,
        progress_bar=False,
        resources={"metadata": {"path": str(notebook.parent)}},  # where it is run
    )


class Engine(NBClientEngine):  # type: ignore[misc]  # papermill tells no types
    """Papermill's own, which saves a notebook once: with its pages it is large."""

    NAME = "briefing"

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        kept: Path,
        resources: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        """Execute the cells; `kept` is where the notebook goes if the kernel dies."""
        cwd = resources["metadata"]["path"]
        try:
            with template().fork(os.environ | OWN, cwd) as pipe:
                if pipe:
                    ForkedKernel(nb_man, pipe).execute()
                    return
            with _started() as kernel:
                super().execute_managed_notebook(
                    nb_man, kernel_name, km=kernel, resources=resources, **kwargs
                )
        except DeadKernelError:
            nb_man.output_path = str(kept)
            nb_man.save()
            raise


papermill_engines.register(Engine.NAME, Engine)


class ForkedKernel(PapermillNotebookClient):  # type: ignore[misc]  # papermill tells no types
    """Papermill's client of a kernel that was forked: the same messages, through a pipe."""

    def __init__(self, nb_man: NotebookExecutionManager, pipe: Connection):
        super().__init__(nb_man, record_timing=False)  # papermill records its own
        self._pipe = pipe

    def execute(self) -> None:
        """Execute the cells, until one of them fails.

        Raises:
            DeadKernelError: The kernel is gone.
        """
        self.reset_execution_trackers()
        try:
            self.papermill_execute_cells()
        except (EOFError, OSError) as error:
            raise DeadKernelError("Kernel died") from error
        self.nb.metadata["language_info"] = LANGUAGE

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> None:
        """Execute a cell and take what it shows.

        Raises:
            CellExecutionError: It failed, and has no tag that allows that.
        """
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return
        self.clear_before_next_output = False
        self._pipe.send_bytes(json.dumps(cell.source).encode())
        while True:
            message = json.loads(self._pipe.recv_bytes())
            if message["msg_type"] == "execute_reply":
                break
            self.process_message(message, cell, cell_index)
        if message["content"]["status"] == "error" and "raises-exception" not in tags:
            raise CellExecutionError.from_cell_and_msg(cell, message["content"])


@contextmanager
def _started() -> Iterator[OwnKernel]:
    """A kernel that starts as usual, ended with the block.

    Its key and sockets are in a private folder where the system has such, not on the network, so
    that runs side by side do not meet.
    """
    with tempfile.TemporaryDirectory(prefix="kernel-", ignore_cleanup_errors=True) as private:
        connection = {"connection_file": os.path.join(private, "kernel.json")}
        sockets = {"transport": "ipc", "ip": os.path.join(private, "k")}
        config = Config({"KernelManager": connection if os.name == "nt" else connection | sockets})
        kernel = OwnKernel(config=config)
        try:
            yield kernel
        finally:
            if kernel.has_kernel:
                run_sync(kernel.shutdown_kernel)(now=True)


class OwnKernel(AsyncKernelManager):
    """The kernel of the Python that runs this, whatever kernels the machine has registered."""

    @property
    def kernel_spec(self) -> KernelSpec:
        spec = get_kernel_dict(extra_arguments=[*QUIET, *OURS])
        own = OWN | {"IPYTHONDIR": os.path.dirname(self.connection_file)}
        return KernelSpec(resource_dir=RESOURCES, **(spec | {"env": own}))
