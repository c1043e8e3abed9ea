"""Files that lie beside reports without being any."""

from __future__ import annotations

from pathlib import PurePosixPath

NAMES = {"thumbs.db", "desktop.ini", "ehthumbs.db"}
ENDINGS = {".lnk", ".tmp", ".part", ".crdownload", ".url"}
FOLDERS = {"__macosx"}


def is_junk(path: str) -> bool:
    """Whether a path is of a lock file, a hidden file, a thumbnail, a shortcut or a part of one.

    Args:
        path: Relative, with forward slashes.
    """
    pieces = PurePosixPath(path)
    return (
        any(piece.startswith((".", "~$")) or piece.lower() in FOLDERS for piece in pieces.parts)
        or pieces.name.lower() in NAMES
        or pieces.suffix.lower() in ENDINGS
    )
