"""Processes with one thread, which can be forked: how to stay one, and whether this is one."""

from __future__ import annotations

import threading
from pathlib import Path

# With these in the environment the libraries start no threads when they are imported: threads
# would forbid the fork that kernels and readers are made by; on tables of this size they gain
# nothing.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}


def has_one_thread() -> bool:
    """Whether a fork of this process is whole: a thread that holds a lock would be missing."""
    tasks = Path("/proc/self/task")
    count = len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()
    return count == 1
