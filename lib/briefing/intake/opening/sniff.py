"""What a file is, by its content: a renamed file is still what it is."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from briefing.intake.opening import limits

Kind = Literal[
    "xlsx", "xlsb", "ods", "docx", "xls", "doc", "pdf", "image", "zip", "mail", "csv", "text",
    "encrypted", "broken", "bomb", "unknown",
]  # fmt: skip

DELIMITED = {".csv", ".tsv", ".tab"}
MAIL = re.compile(
    rb"\A(?:From |(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?"
    rb"(?:From|Received|Subject|MIME-Version|Message-ID):)",
    re.IGNORECASE,
)
OLE = b"\xd0\xcf\x11\xe0"
IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\0", b"MM\0*")
PRINTED = frozenset({9, 10, 12, 13, 27, *range(32, 256)})  # bytes that a text may hold
MOST_CONTROLS = 0.02  # share of other bytes in what is still a text


def kind_of(content: bytes, suffix: str) -> Kind:
    """The kind of a file.

    Args:
        suffix: The file's ending with the dot; counts only where the content does not tell.
    """
    if len(content) > limits.MAX_BYTES:
        return "bomb"
    if content.startswith(b"PK"):
        return _archive(content)
    if content.startswith(OLE):
        return _compound(content)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(IMAGES) or content[8:12] == b"WEBP" or content[4:11] == b"ftyphei":
        return "image"
    return _text(content, suffix.lower())


def _archive(content: bytes) -> Kind:
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except Exception:  # whatever a damaged archive makes of the parser
        return "broken"
    names = {member.filename for member in members}
    if sum(member.file_size for member in members) > limits.MAX_UNPACKED:
        return "bomb"
    if "xl/workbook.bin" in names:
        office: Kind = "xlsb"
    elif "xl/workbook.xml" in names:
        office = "xlsx"
    elif "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        office = "docx"
    elif "content.xml" in names and "mimetype" in names:
        office = "ods"
    else:
        return "zip"
    return "encrypted" if any(member.flag_bits & 1 for member in members) else office


def _compound(content: bytes) -> Kind:
    """An Office file of before 2007, or one of today that is locked by a password."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("WordDocument"):
        return "doc"
    return "xls" if holds("Workbook") or holds("Book") else "unknown"


def _text(content: bytes, suffix: str) -> Kind:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[1:60:2].count(0) > 20
    controls = 0 if wide else sum(byte not in PRINTED for byte in content[:20_000])
    if controls > MOST_CONTROLS * min(len(content), 20_000):
        return "unknown"
    if suffix == ".eml" or (suffix in ("", ".msg", ".mht", ".txt") and MAIL.match(content)):
        return "mail"
    return "csv" if suffix in DELIMITED else "text"
