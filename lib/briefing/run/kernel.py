"""Execute a notebook in a kernel of this very Python, spoken to by nobody else."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

KERNEL = "python3"


class OwnKernel(AsyncKernelManager):
    """The kernel of the Python that runs this, whatever kernels the machine has registered."""

    @property
    def kernel_spec(self) -> KernelSpec:
        quiet = get_kernel_dict(extra_arguments=["--log-level=50"])  # its errors are in the cells
        return KernelSpec(resource_dir=RESOURCES, **quiet)


def execute(notebook: Path, executed: Path, parameters: Mapping[str, Any]) -> None:
    """Run a notebook with papermill, and save it as executed.

    The kernel talks over sockets in a private folder where the system has such, not over the
    network, so that runs side by side do not meet.

    Raises:
        PapermillExecutionError: A cell failed; the notebook is saved up to it.
    """
    with tempfile.TemporaryDirectory(prefix="kernel-") as private:
        sockets = {"transport": "ipc", "ip": os.path.join(private, "k")}
        papermill.execute_notebook(
            notebook,
            executed,
            parameters=dict(parameters),
            kernel_name=KERNEL,
            kernel_manager_class=OwnKernel,
            config=Config({} if os.name == "nt" else {"KernelManager": sockets}),
            progress_bar=False,
        )
