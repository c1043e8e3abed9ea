"""matplotlib's classes, loaded without the lists of properties that their help shows.

They are written as each class is loaded, which is a third of what loading takes; nobody asks for
help in a run. A kernel in which somebody works has them.
"""

import sys
from importlib import import_module

from matplotlib import artist

if "ipykernel" not in sys.modules:
    _written = artist.kwdoc
    artist.kwdoc = lambda artist: ""
    try:
        import_module("matplotlib.axes")
    finally:
        artist.kwdoc = _written
