"""matplotlib's classes, loaded without what help says of their properties.

That is written as each class is loaded, and is half of what loading takes; nobody asks for help in
a run. A kernel in which somebody works has it.
"""

import sys
from importlib import import_module

from matplotlib.artist import Artist

_WRITES_HELP = "_update_set_signature_and_docstring"

if _WRITES_HELP in vars(Artist) and "ipykernel" not in sys.modules:
    _writes = vars(Artist)[_WRITES_HELP]
    setattr(Artist, _WRITES_HELP, classmethod(lambda _cls: None))
    try:
        import_module("matplotlib.figure")
    finally:
        setattr(Artist, _WRITES_HELP, _writes)
