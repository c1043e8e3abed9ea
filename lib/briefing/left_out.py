"""What libraries load, or make when they are loaded, that nothing here asks for."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

ABSENT = ("rfc3987_syntax", "rfc3986_validator", "isoduration", "papermill.s3")
"""nbformat loads jsonschema, which takes these libraries where it finds them, to check IRIs, URIs
and durations: their patterns are compiled in every run, for a second by the first of them, and
nothing of a notebook is any of these. Papermill loads boto3, where it is, for notebooks on S3."""
LATER = ("requests", "fontTools.agl", "PIL.ExifTags")
"""Papermill's, for notebooks on the web; for texts that TeX sets; for what a camera notes."""
STAND_INS: Mapping[str, Mapping[str, Any]] = {
    # Papermill looks twice through every package for engines and stores that others add to it.
    "entrypoints": {"get_group_all": lambda _group: []},
    # Arrow writes help on the options of each of its functions: half of what loading them takes.
    "pyarrow.vendored.docscrape": {"NumpyDocString": lambda _text: {"Parameters": ()}},
}
"""Libraries, and what is put in the place of them."""


class _Later(ModuleType):
    """Stands for a library until somebody asks it for something."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def leave_out() -> None:
    """Put something else in the place of each that is not loaded yet."""
    for name in ABSENT:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # “not there”
    for name in LATER:
        sys.modules.setdefault(name, _Later(name))
    for name, holds in STAND_INS.items():
        if name not in sys.modules:
            stand_in = sys.modules[name] = ModuleType(name)
            vars(stand_in).update(holds)
