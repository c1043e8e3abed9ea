"""Files that lie beside reports without being any."""

from __future__ import annotations

from pathlib import PurePosixPath

from briefing.messages import Message

LOCK = "~$"  # what the name of a lock file begins with
NAMES = {"thumbs.db", "desktop.ini", "ehthumbs.db"}
ENDINGS = {".lnk", ".tmp", ".part", ".crdownload", ".url"}
MAIL_ENDINGS = {".p7s", ".asc", ".ics", ".vcf"}  # signatures, invitations and cards
FOLDERS = {"__macosx"}


def is_junk(path: str) -> bool:
    """Whether a path is of a lock file, a hidden file, a thumbnail, a shortcut or a part of one.

    Args:
        path: Relative, with forward slashes.
    """
    pieces = PurePosixPath(path)
    return what_junk(pieces.name) is not None or any(
        piece.startswith((".", LOCK)) or piece.lower() in FOLDERS for piece in pieces.parts
    )


def what_junk(name: str) -> Message | None:
    """What a file is that only its name tells apart from a report; None of anything else.

    Args:
        name: Without folders.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if name.startswith(LOCK):
        return Message("a lock file, which Office keeps while a document is open, and no report")
    if name.lower() in NAMES or name.startswith("."):
        return Message("a file that the system keeps for itself, and no report")
    if suffix in (".lnk", ".url"):
        return Message("a shortcut: it only points to the report")
    if suffix in ENDINGS:
        return Message("a file that was not saved or downloaded to its end")
    if suffix in MAIL_ENDINGS:
        return Message("a file that goes with e-mails, and no report")
    return None
