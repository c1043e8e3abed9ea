"""A limit on how long a piece of work may take, on any system and in any thread."""

from __future__ import annotations

import contextvars
import ctypes
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")
LOOKED_AT = 0.1  # seconds between two looks at what the work has spent
PATIENCE = 10  # times as long, by the wall's clock, for work that waits or a machine that is busy


class _TooLong(BaseException):
    """Raised inside the work; of no kind that a library's own handlers would swallow."""


def _spent(thread: threading.Thread, begun: float) -> float:
    """Seconds of processor time; of the whole process where the system does not tell threads'."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time() - begun
    try:
        return time.clock_gettime(time.pthread_getcpuclockid(thread.ident or 0))
    except OSError:  # it has just ended
        return 0.0


def within(seconds: float, work: Callable[..., Result], *arguments: Any) -> Result:
    """The result of a piece of work in Python code that may take so much of the processor's time.

    Raises:
        TimeoutError: It took longer, and was ended.
        Exception: Whatever the work itself raises.
    """
    outcome: dict[str, Any] = {}

    def run() -> None:
        try:
            outcome["result"] = work(*arguments)
        except BaseException as error:
            outcome["error"] = error

    own = contextvars.copy_context()  # with the account of the arrival
    thread = threading.Thread(target=own.run, args=(run,), daemon=True)
    thread.start()
    begun, started = time.process_time(), time.monotonic()
    while (
        thread.is_alive()
        and _spent(thread, begun) < seconds > (time.monotonic() - started) / PATIENCE
    ):
        thread.join(min(seconds, LOOKED_AT))
    if thread.is_alive():
        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        raise_in(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_TooLong))
        raise TimeoutError(f"longer than {seconds} s")
    if "error" in outcome:
        raise outcome["error"]
    return outcome["result"]
