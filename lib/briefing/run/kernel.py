"""Execute notebooks, each in a kernel of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import papermill
from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_core.utils import run_sync
from nbclient.exceptions import DeadKernelError
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

from briefing.run.template import template

KERNEL, FORKED = "python3", "briefing-fork"
QUIET = ["--log-level=50", "--HistoryManager.enabled=False"]  # its errors are in the cells
# Nothing that lies in the current folder, and nobody's own start of Python or IPython.
OURS = ["--InteractiveShellApp.ignore_cwd=True", "--InteractiveShellApp.exec_PYTHONSTARTUP=False"]
OWN = {"PYTHONSAFEPATH": "1", "PYTHONSTARTUP": "", "PYTHONINSPECT": ""}


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
                resources={"metadata": {"path": str(notebook.parent)}},  # where it is run
            )
        finally:
            if kernel.has_kernel:
                run_sync(kernel.shutdown_kernel)(now=True)


class Engine(NBClientEngine):  # type: ignore[misc]  # papermill tells no types
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
        spec = get_kernel_dict(extra_arguments=[*QUIET, *OURS])
        own = OWN | {"IPYTHONDIR": os.path.dirname(self.connection_file)}
        how = {"kernel_provisioner": {"provisioner_name": FORKED}} if template().process else {}
        return KernelSpec(resource_dir=RESOURCES, **(spec | {"metadata": how, "env": own}))


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of this process's template, as long as that is there."""

    parent: Any

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        arguments = cmd[cmd.index("-f") :]
        forked = template().fork(arguments, kwargs.get("env") or {}, kwargs.get("cwd"))
        self.process = forked  # type: ignore[assignment]  # it shows itself as a Popen
        if forked is None:
            os.makedirs(os.path.dirname(arguments[1]), mode=0o700, exist_ok=True)
            self.parent.write_connection_file()  # where they went with the template
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs.get("cwd")
        return self.connection_info


@contextmanager
def _private() -> Iterator[Config]:
    """A kernel's settings: its key and sockets in a private folder where the system has such.

    Not over the network, so that runs side by side do not meet.
    """
    with tempfile.TemporaryDirectory(
        prefix="kernel-", dir=template().folder, ignore_cleanup_errors=True
    ) as private:
        said = {"connection_file": os.path.join(private, "kernel.json")}
        sockets = {"transport": "ipc", "ip": os.path.join(private, "k")}
        yield Config({"KernelManager": said if os.name == "nt" else said | sockets})
