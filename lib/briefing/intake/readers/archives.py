"""The files in a .zip, with the names that their sender saw, and those that an old mail program
wrote into the text of a letter, between “begin” and “end”."""

from __future__ import annotations

import binascii
import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.errors import IntakeError
from briefing.intake.files import is_junk, written_out
from briefing.intake.readers import limits
from briefing.intake.readers.budget import demand_memory, unpacked
from briefing.intake.readers.encodings import text_of
from briefing.intake.readers.sniff import Kind

BEGIN = re.compile(r"begin [0-7]{3,4} (\S.{0,199})")
UTF8_NAME = 0x800  # flag: the name is UTF-8, as newer programs say
ENCRYPTED = 0x1  # flag
ENTRY = b"PK\1\2"  # begins an entry of the list of members
UNICODE_PATH = 0x7075  # extra field in which some programs repeat the name in UTF-8


@dataclass(frozen=True)
class Member:
    """One file inside another, or a file that holds no others.

    Attributes:
        path: Inside the archive or e-mail, with forward slashes; "" for the file itself.
        content: Its bytes; of one that can't be taken out, none, and `error` says why.
        kind: What the bytes are, as `sniff.kind_of` tells it.
        hint: What is written on its wrapping, such as the subject of an e-mail: evidence as the
            name of a folder is.
        optional: It may hold a report and may as well hold none: the text of an e-mail beside
            its attachments.
        earlier: A letter with the one that it answers or passes on: read only where nothing else
            in it is a report.
    """

    path: str
    content: bytes
    error: IntakeError | None = None
    hint: str = ""
    optional: bool = False
    earlier: bool = False
    kind: Kind = "unknown"


def members_of_text(content: bytes) -> Iterator[Member]:
    """The text without the files in it, then those; a line that is damaged ends its file."""
    text: list[str] = []
    files: list[tuple[str, list[bytes]]] = []
    inside = False
    for line in text_of(content).splitlines():
        begin = BEGIN.fullmatch(line.rstrip())
        if begin:
            files.append((safe_path(begin[1]), []))
        elif not inside:
            text.append(line)
        elif line.strip() not in ("end", "", "`"):
            files[-1][1].append(_bytes_of(line))
        inside = bool(begin) or (inside and line.strip() != "end")
    if any(map(str.strip, text)):
        yield Member("body.txt", "\n".join(text).encode(), optional=True)
    for name, pieces in files:
        yield Member(name, b"".join(pieces))


def _bytes_of(line: str) -> bytes:
    try:
        return binascii.a2b_uu(line.encode("ascii", "replace"))
    except binascii.Error:  # some programs count a line's bytes wrongly
        length = ((ord(line[0]) - 32) & 63) * 4 + 5
        try:
            return binascii.a2b_uu(line[: length // 3].encode("ascii", "replace"))
        except binascii.Error:
            return b""


class Archive(zipfile.ZipFile):
    """An archive whose members are paid for as they are unpacked (`budget`).

    Raises:
        IntakeError: `file_too_large`, here and on reading.
        Exception: It is damaged.
    """

    def __init__(self, content: bytes):
        if content.count(ENTRY) > limits.MAX_ENTRIES:
            raise IntakeError("file_too_large.entries", n=limits.MAX_ENTRIES)
        super().__init__(io.BytesIO(content))

    def read(self, name: Any, pwd: bytes | None = None, most: int | None = None) -> bytes:
        with self.open(name, "r", pwd) as stream:
            return unpacked(stream, limits.MAX_XML if most is None else most)


def members_of_zip(content: bytes) -> Iterator[Member]:
    """The files of an archive that may be reports; one error where it holds none."""
    archive = Archive(content)
    empty = True
    for entry in archive.infolist():
        path = safe_path(name_of(entry))
        if entry.filename.endswith("/") or is_junk(path):  # is_dir() fails on an empty name
            continue
        empty = False
        try:
            yield Member(path, _take_out(archive, entry))
        except IntakeError as error:
            yield Member(path, b"", error)
        except Exception as error:  # whatever a damaged archive makes of the parser
            demand_memory(error)
            yield Member(path, b"", IntakeError("file_unreadable.damaged_member"))
    if empty:
        yield Member("", b"", IntakeError("empty_report.archive"))


def _take_out(archive: Archive, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & ENCRYPTED:
        raise IntakeError("file_encrypted.member")
    return archive.read(entry, most=limits.MAX_BYTES)


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name of an entry as its sender saw it, composed (NFC).

    Programs of before the Unicode flag, and macOS to this day, write a name's bytes without
    saying in which encoding: UTF-8 where it fits, else the code page of Vietnamese Windows.
    """
    name = _unicode_path(entry.extra) or entry.orig_filename
    if not entry.flag_bits & UTF8_NAME and not name.isascii():
        name = _redecoded(name)
    return unicodedata.normalize("NFC", name)


def _redecoded(name: str) -> str:
    try:
        raw = name.encode("cp437")  # what zipfile takes names without the flag for
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _unicode_path(extra: bytes) -> str:
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""


def safe_path(name: str) -> str:
    """A path that stays inside the archive, whatever its entry is called."""
    pieces = re.sub(r"^[A-Za-z]:", "", name.replace("\\", "/").replace("\0", "")).split("/")
    return written_out("/".join(p for p in pieces if p.strip() not in ("", ".", ".."))) or "?"
