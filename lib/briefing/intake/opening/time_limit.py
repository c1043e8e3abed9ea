"""A limit on how long a piece of work may take, on any system and in any thread."""

from __future__ import annotations

import contextvars
import ctypes
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")


class _TooLong(BaseException):
    """Raised inside the work; of no kind that a library's own handlers would swallow."""


def within(seconds: float, work: Callable[..., Result], *arguments: Any) -> Result:
    """The result of a piece of work in Python code.

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
    thread.join(seconds)
    if thread.is_alive():
        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        raise_in(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_TooLong))
        raise TimeoutError(f"longer than {seconds} s")
    if "error" in outcome:
        raise outcome["error"]
    return outcome["result"]
