"""The bytes of one file, read once: of a plain file, and of nothing that a link points to; and
files that lie beside reports without being any."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from briefing.errors import IntakeError
from briefing.mirrors import MAX_BYTES as MAX_BYTES

LOCK = "~$"  # what the name of a lock file begins with
OF_THE_SYSTEM = {"thumbs.db", "desktop.ini", "ehthumbs.db"}
PARTIAL = {".tmp", ".part", ".partial", ".crdownload", ".download", ".opdownload"}
MAIL_ENDINGS = {".p7s", ".asc", ".ics", ".vcf"}  # signatures, invitations and cards
FOLDERS = {"__macosx"}
LOADING = ".download"  # what the name of a folder ends with into which Safari loads a file
Kind = Literal["link", "folder", "file", "other"]
ENDINGS = (
    *(".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"),
    *(".docx", ".doc", ".odt", ".rtf", ".pdf", ".eml", ".msg"),
)
"""Endings that a report has, and no folder."""
# Not waiting for who writes into a pipe, and not following a link that has come meanwhile.
READING = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)
JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: what Windows has for a link to a folder
# Controls, marks of direction, signs without width, letters that look blank, halves of a sign.
UNPRINTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)
WRITTEN_OUT = re.compile(rb"\\x([0-9a-f]{2})")


def is_junk(path: str) -> bool:
    """Whether a path is of a lock file, a hidden file, a thumbnail, a shortcut or a part of one.

    Args:
        path: Relative, with forward slashes.
    """
    pieces = PurePosixPath(path)
    return what_junk(pieces.name) is not None or any(
        piece.startswith((".", LOCK)) or piece.lower() in FOLDERS or piece.lower().endswith(LOADING)
        for piece in pieces.parts
    )


def what_junk(name: str) -> str | None:
    """What a file is that only its name tells apart from a report; None of anything else.

    Args:
        name: Without folders.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if name.startswith(LOCK):
        return "form_unknown.lock"
    if name.lower() in OF_THE_SYSTEM or name.startswith("."):
        return "form_unknown.system"
    if suffix in (".lnk", ".url"):
        return "form_unknown.shortcut"
    if suffix in PARTIAL:
        return "form_unknown.half"
    if suffix in MAIL_ENDINGS:
        return "form_unknown.mail"
    return None


@dataclass(frozen=True)
class Content:
    """What a file held when it was read.

    Attributes:
        data: Its bytes; of one that is too large one more than `MAX_BYTES`, which tells so.
        written: When it was last written, in seconds since 1970.
    """

    data: bytes
    written: float


def content_of(path: Path) -> Content:
    """Read a plain file once: what is hashed, read as a report and kept is this.

    Raises:
        FileNotFoundError: There is nothing at this place.
        IntakeError: `file_unreadable`: a link, a folder, a pipe, a socket, a device, or what the
            system does not let be read.
    """
    try:
        _demand_file(_kind(path.lstat()))
        with open(os.open(path, READING), "rb") as stream:
            status = os.fstat(stream.fileno())
            _demand_file(_kind(status))
            return Content(stream.read(MAX_BYTES + 1), status.st_mtime)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise refused(error) from error


def kind_of(path: Path) -> Kind:
    """What lies at a place, not what a link there points to; of what can't be told: a file."""
    try:
        return _kind(path.lstat())
    except (OSError, ValueError):
        return "file"


def _kind(status: os.stat_result) -> Kind:
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == JUNCTION:
        return "link"
    if stat.S_ISDIR(status.st_mode):
        return "folder"
    return "file" if stat.S_ISREG(status.st_mode) else "other"


NO_FILE: dict[Kind, str] = {
    "link": "file_unreadable.link",
    "folder": "file_unreadable.folder",
    "other": "file_unreadable.no_file",
}


def _demand_file(kind: Kind) -> None:
    if kind != "file":
        raise IntakeError(NO_FILE[kind])


def refused(error: OSError | ValueError) -> IntakeError:
    """What the system said when something was to be read, in words for the office."""
    if isinstance(error, PermissionError):
        return IntakeError("file_unreadable.refused")
    reason = getattr(error, "errno", None) or type(error).__name__
    return IntakeError("file_unreadable.disk", error=reason)


def written_out(path: str) -> str:
    r"""A path in signs that can be stored and printed: a byte that is no letter of UTF-8, or a
    sign that steers a terminal, is written as in \xe3."""
    return UNPRINTED.sub(_as_number, path)


def _as_number(sign: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in sign[0].encode("utf-8", "surrogateescape"))


def as_typed(path: str) -> str:
    """A path that is `written_out`, as it was before."""
    if "\\x" not in path:
        return path
    name = WRITTEN_OUT.sub(lambda found: bytes([int(found[1], 16)]), path.encode())
    return name.decode("utf-8", "surrogateescape")


def place_of(folder: Path, path: str) -> Path:
    """Where a file lies whose path inside a folder is `written_out`."""
    return folder / os.fsdecode(as_typed(path).encode("utf-8", "surrogateescape"))


def as_it_came(folder: Path, path: str, sha256: str) -> bytes | None:
    """The file that came; `None` where it is gone or was saved over.

    Args:
        path: Inside the folder, `written_out`.
    """
    try:
        content = content_of(place_of(folder, path)).data
    except (OSError, IntakeError):
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None
