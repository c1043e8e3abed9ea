"""What a file is, by its content: a renamed file is still what it is."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from briefing.intake.opening import limits
from briefing.intake.opening.charsets import wide_encoding

Kind = Literal[
    "xlsx", "xlsb", "ods", "xls", "xls_xml", "docx", "odt", "doc", "rtf", "html", "pdf", "image",
    "zip", "mail", "csv", "text", "outlook", "rar", "encrypted", "broken", "bomb", "unknown",
]  # fmt: skip

DELIMITED = {".csv", ".tsv", ".tab"}
MAIL = re.compile(
    rb"\A(?:From |(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?"
    rb"(?:From|Received|Subject|MIME-Version|Message-ID):)",
    re.IGNORECASE,
)
HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|meta|body|table|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
WORD_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml.{0,400}?Word\.Document", re.DOTALL)
EXCEL_XML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<\?xml.{0,600}?schemas-microsoft-com:office:spreadsheet", re.DOTALL
)
OLE = b"\xd0\xcf\x11\xe0"
SECTOR = 512  # bytes
RAR_OR_7Z = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
OUTLOOK_ATTACHMENT = b"\x78\x9f\x3e\x22"  # what Outlook wraps into winmail.dat
IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*")
PHONE_PICTURES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
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
    if _is_image(content):
        return "image"
    if content.startswith(RAR_OR_7Z):
        return "rar"
    if content.startswith(OUTLOOK_ATTACHMENT):
        return "outlook"
    return _text(content, suffix.lower())


def _is_image(content: bytes) -> bool:
    bitmap = content.startswith(b"BM") and content[6:10] == b"\0\0\0\0"
    return (
        bitmap
        or content.startswith(IMAGES)
        or content[8:12] == b"WEBP"
        or (content[4:8] == b"ftyp" and content[8:12] in PHONE_PICTURES)
    )


def _archive(content: bytes) -> Kind:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except Exception:  # whatever a damaged archive makes of the parser
        return "broken"
    names = {member.filename for member in members}
    if sum(member.file_size for member in members) > limits.MAX_UNPACKED:
        return "bomb"
    if "xl/workbook.bin" in names:
        office: Kind = "xlsb"
    elif "xl/workbook.xml" in names:
        office = "xlsx"
    elif "word/document.xml" in names or (
        "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)
    ):
        office = "docx"
    elif "content.xml" in names and "mimetype" in names:
        office = "odt" if _declares(archive, b"opendocument.text") else "ods"
    else:
        return "zip"
    return "encrypted" if any(member.flag_bits & 1 for member in members) else office


def _declares(archive: zipfile.ZipFile, kind: bytes) -> bool:
    try:
        with archive.open("mimetype") as stream:
            return kind in stream.read(200)
    except Exception:  # whatever a damaged archive makes of the parser
        return False


def _compound(content: bytes) -> Kind:
    """An Office file of before 2007, or one of today that is locked by a password."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("__properties_version1.0"):
        return "outlook"
    if holds("WordDocument"):
        return "encrypted" if _is_locked(content) else "doc"
    return "xls" if holds("Workbook") or holds("Book") else "unknown"


def _is_locked(document: bytes) -> bool:
    """Whether the head of a document of old Word says that its text is encrypted."""
    for at in range(SECTOR, len(document) - SECTOR, SECTOR):
        head = document[at : at + SECTOR]
        if head.startswith(b"\xec\xa5") and head[18] == 0:  # a byte that is zero in every head
            return bool(head[11] & 1)
    return False


def _text(content: bytes, suffix: str) -> Kind:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_encoding(content)
    controls = 0 if wide else sum(byte not in PRINTED for byte in content[:20_000])
    if controls > MOST_CONTROLS * min(len(content), 20_000):
        return "unknown"
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if WORD_XML.match(content):
        return "doc"
    if EXCEL_XML.match(content):
        return "xls_xml"
    if HTML.match(content):
        return "html"
    if suffix == ".eml" or (suffix not in DELIMITED and MAIL.match(content)):
        return "mail"
    return "csv" if suffix in DELIMITED else "text"
