"""Keys that are pressed while a command works on; none where there is no terminal."""

from __future__ import annotations

import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

if sys.platform == "win32":
    import msvcrt
else:
    import termios
    import tty


@contextmanager
def keys() -> Iterator[Callable[[], str]]:
    """In the block: the key that was pressed last, in lower case, or nothing; without waiting."""
    if not sys.stdin.isatty():
        yield lambda: ""
    elif sys.platform == "win32":
        yield lambda: msvcrt.getwch().lower() if msvcrt.kbhit() else ""
    else:
        before = termios.tcgetattr(sys.stdin)
        try:
            tty.setcbreak(sys.stdin)  # each key at once, none of them shown; Ctrl-C as ever
            yield _pressed
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _pressed() -> str:
    key = ""
    while select.select([sys.stdin], [], [], 0)[0] and (read := sys.stdin.read(1)):
        key = read
    return key.lower()
