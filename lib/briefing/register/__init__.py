"""What has arrived, by content: parsed once, kept, and seen as it was known at any moment."""

from briefing.register.arrivals import Arrival, arriving, scan
from briefing.register.kept import Kept, key_of, read_files, write_files
from briefing.register.store import Register

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
