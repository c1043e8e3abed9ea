"""Data classes and regular expressions, compiled once and kept beside the bytecode.

Python keeps the bytecode of a module, not what the module compiles while it is loaded: patterns,
and the functions of data classes, some two thousand in a run and a sixth of all loading. Nothing
is kept of what is compiled later, for that may hold what reports say.
"""

from __future__ import annotations

import atexit
import dataclasses
import marshal
import re
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER
from re import _compiler as patterns  # type: ignore[attr-defined]
from types import CodeType, FrameType
from typing import Any

from briefing.own_files import KEPT, keep

PLACE = KEPT / f"compiled.{MAGIC_NUMBER.hex()}.{patterns.MAGIC}"
FEW = 50  # so many are not worth writing for: some libraries' patterns are others in each process
MANY = 10_000  # of which most are of versions gone by

Source = str | tuple[str | bytes, int]  # of functions, or of a pattern with its flags
_compile = patterns.compile
_kept: dict[Source, bytes] = {}
_new: dict[Source, bytes] = {}


def compile_once() -> None:
    """From now on what was compiled before is taken from the file; what is new, put there at exit.

    `dataclasses` and `re` compile by names that this gives them, `exec` and `compile`.
    """
    with suppress(OSError, ValueError, EOFError, TypeError):
        _kept.update(marshal.loads(PLACE.read_bytes()))
    dataclasses.exec = _execute  # type: ignore[attr-defined]
    patterns.compile = _pattern
    atexit.register(_put_away)


def _put_away() -> None:
    """Keep what was compiled while modules were loaded, where it is worth it."""
    if len(_new) > FEW:
        keep(PLACE, marshal.dumps(_new if len(_kept) > MANY else _kept | _new))


def _execute(source: str, names: dict[str, Any], local: dict[str, Any]) -> None:
    """`exec`, of the source that `dataclasses` writes."""
    if not isinstance(code := _known(source), CodeType):
        code = compile(source, "<string>", "exec", dont_inherit=True)
        if _is_loading():
            _new[source] = marshal.dumps(code)
    exec(code, names, local)


def _pattern(pattern: Any, flags: int = 0) -> re.Pattern:
    """`compile` of `re`, which may be given what is parsed already, or asked to show its work."""
    if type(pattern) not in (str, bytes) or flags & patterns.SRE_FLAG_DEBUG:
        return _compile(pattern, flags)
    source = (pattern, int(flags))
    if parts := _known(source):
        with suppress(TypeError, ValueError, RuntimeError):
            return patterns._sre.compile(pattern, *parts)
    made = _compile(pattern, flags)
    if _is_loading():
        code = patterns._code(patterns._parser.parse(pattern, flags), flags)
        names = {number: name for name, number in made.groupindex.items()}
        of_groups = tuple(map(names.get, range(made.groups + 1)))
        parts = (made.flags, [*map(int, code)], made.groups, dict(made.groupindex), of_groups)
        _new[source] = marshal.dumps(parts)
    return made


def _known(source: Source) -> Any:
    with suppress(ValueError, EOFError, TypeError):
        return marshal.loads(_kept[source]) if source in _kept else None
    return None


def _is_loading() -> bool:
    """Whether a module is being loaded."""
    frame: FrameType | None = sys._getframe(2)
    while frame:
        spec = frame.f_globals.get("__spec__")
        if frame.f_code.co_name == "<module>" and getattr(spec, "_initializing", False):
            return True
        frame = frame.f_back
    return False
