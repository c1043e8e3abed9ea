"""Archives and e-mails: the files inside one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from briefing.errors import IntakeError
from briefing.intake.opening.junk import is_junk
from briefing.intake.opening.limits import MAX_DEPTH, MAX_MEMBERS
from briefing.intake.opening.sniff import kind_of
from briefing.messages import Message


@dataclass(frozen=True)
class Member:
    """One file inside another, or a file that holds no others.

    Attributes:
        path: Inside the archive or e-mail, with forward slashes; "" for the file itself.
        content: Its bytes; of one that can't be taken out, none, and `error` says why.
    """

    path: str
    content: bytes
    error: IntakeError | None = None


def unpack(content: bytes, file: str, *, depth: int = 0) -> Iterator[Member]:
    """The files to read in a file: those of an archive or an e-mail, else the file alone.

    Args:
        file: Its name: the ending counts where the content does not tell what it is.
        depth: How many archives it already lies in.
    """
    kind = kind_of(content, PurePosixPath(file).suffix)
    if kind != "zip" or depth >= MAX_DEPTH:
        yield Member("", content)
        return
    for inside in _of_zip(content):
        if inside.error:
            yield inside
            continue
        for member in unpack(inside.content, inside.path, depth=depth + 1):
            path = f"{inside.path}/{member.path}" if member.path else inside.path
            yield Member(path, member.content, member.error)


def _of_zip(content: bytes) -> Iterator[Member]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    entries = [
        entry for entry in archive.infolist() if not entry.is_dir() and not is_junk(entry.filename)
    ]
    for entry in entries[:MAX_MEMBERS]:
        path = entry.filename.replace("\\", "/").lstrip("/")
        try:
            if entry.flag_bits & 1:
                raise IntakeError("file_encrypted", Message("the file is protected by a password"))
            yield Member(path, archive.read(entry))
        except IntakeError as error:
            yield Member(path, b"", error)
        except Exception:  # whatever a damaged archive makes of the parser
            text = Message("the file is damaged or was not sent whole")
            yield Member(path, b"", IntakeError("file_unreadable", text))
