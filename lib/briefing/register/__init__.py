"""What has arrived, by content: parsed once, kept, and seen as it was known at any moment."""

from typing import TYPE_CHECKING

import lazy_loader as lazy

from briefing.register.arrivals import Arrival, arriving, scan
from briefing.register.kept import Kept, key_of, read_files, write_files
from briefing.register.store import Register

if TYPE_CHECKING:
    from briefing.register import view as view
else:  # loaded when first asked for: with pandas
    __getattr__, __dir__, _names = lazy.attach(__name__, ["view"])

__all__ = [
    "Arrival",
    "Kept",
    "Register",
    "arriving",
    "key_of",
    "read_files",
    "scan",
    "write_files",
]
