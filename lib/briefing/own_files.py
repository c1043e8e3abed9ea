"""What the program reads from files of its own: worked out once, and kept beside its bytecode."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parent / "__pycache__"


def may_keep(folder: Path) -> bool:
    """Whether something may lie in this folder, as Python's bytecode may."""
    return not sys.dont_write_bytecode and os.access(folder, os.W_OK)


def read_once(name: str, sources: Iterable[str | Path], read: Callable[[], Any]) -> Any:
    """What these files say, read again only where one of them has another time or size.

    Args:
        name: Under which it is kept.
        read: Gives what JSON can hold: texts, numbers, lists, and dicts whose keys are texts.
    """
    known = [[str(path), (of := os.stat(path)).st_mtime_ns, of.st_size] for path in sources]
    kept = KEPT / f"{name}.json"
    with suppress(OSError, ValueError, TypeError):
        before, holds = json.loads(kept.read_bytes())
        if before == known:
            return holds
    holds = read()
    keep(kept, json.dumps([known, holds]).encode())
    return holds


def keep(place: Path, content: bytes) -> None:
    """Write a file that may be lacking, whole or not at all, where something may be kept."""
    if may_keep(place.parent):
        made = place.with_name(f"{place.name}.{os.getpid()}")
        with suppress(OSError):
            made.write_bytes(content)
            made.replace(place)


def hash_once(name: str, folders: Iterable[Path], suffixes: Collection[str]) -> str:
    """A hash of what the files below these folders hold that end in one of the suffixes."""
    files = (
        os.path.join(folder, file)
        for top in folders
        for folder, _folders, names in os.walk(top)
        for file in names
    )
    sources = sorted(path for path in files if os.path.splitext(path)[1] in suffixes)

    def hashed() -> str:
        return hashlib.blake2b(b"".join(Path(one).read_bytes() for one in sources)).hexdigest()

    return str(read_once(name, sources, hashed))
