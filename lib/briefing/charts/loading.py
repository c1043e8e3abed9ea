"""matplotlib's classes, loaded without what help says of their properties; each text measured once.

Help is written as each class is loaded, and is half of what loading takes; nobody asks for it in a
run. A kernel in which somebody works has it. Drawings measure all of their texts anew, most of them
names of units and days that others have as well.
"""

import sys
from functools import lru_cache
from importlib import import_module
from typing import Any

from matplotlib.artist import Artist

_WRITES_HELP, _MEASURES = "_update_set_signature_and_docstring", "get_text_width_height_descent"

if _WRITES_HELP in vars(Artist) and "ipykernel" not in sys.modules:
    _writes = vars(Artist)[_WRITES_HELP]
    setattr(Artist, _WRITES_HELP, classmethod(lambda _cls: None))
    try:
        import_module("matplotlib.figure")
    finally:
        setattr(Artist, _WRITES_HELP, _writes)

from matplotlib.textpath import TextToPath, text_to_path  # noqa: E402 - after the classes

_measure = getattr(TextToPath, _MEASURES)


@lru_cache(maxsize=4096)
def _measured(text: str, font: Any, ismath: Any) -> Any:
    return _measure(text_to_path, text, font, ismath)


def _measured_once(_of_drawing: TextToPath, s: str, prop: Any, ismath: Any) -> Any:
    return _measured(s, prop, ismath)


setattr(TextToPath, _MEASURES, _measured_once)
