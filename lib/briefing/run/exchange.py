"""Two folders that change places in one step, where the system has such a step."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

HERE = -100  # AT_FDCWD of Linux: paths are as they are
IN_ONE_STEP = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
UNABLE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV}


def exchange(one: Path, other: Path) -> bool:
    """Let two folders of one disk change places; nobody ever sees one of them missing.

    Returns:
        False where the system or the disk can't (Windows, some network disks): nothing was done.

    Raises:
        OSError: They can't be renamed.
    """
    call = _call()
    if call is None:
        return False
    if call(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    number = ctypes.get_errno()
    if number in UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(one))


def _call() -> Callable[[bytes, bytes], int] | None:
    if os.name == "nt":
        return None
    system = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        swap = getattr(system, "renamex_np", None)
        return swap and (lambda one, other: swap(one, other, IN_ONE_STEP))
    swap = getattr(system, "renameat2", None)
    return swap and (lambda one, other: swap(HERE, one, HERE, other, IN_ONE_STEP))
