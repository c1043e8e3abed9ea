"""What a file is, by its content: a renamed file is still what it is. Of a text, which markup it is
in, if any: told by its root or by its elements, as parsers see them."""

from __future__ import annotations

import email
import io
import re
import zipfile
from contextlib import suppress
from email import policy
from html.parser import HTMLParser
from typing import Any, Literal

from lxml import etree

from briefing.intake.readers import compound
from briefing.intake.readers.budget import demand_memory, passed_over
from briefing.intake.readers.encodings import text_of, wide_encoding
from briefing.intake.readers.packages import TYPES, Package

Markup = Literal["xls_xml", "doc", "html", "package", "flat_odf", "xml"]
HEAD = 60_000  # bytes by which it is told
MAIL_HEAD = 20_000  # bytes
SENT = ("to", "received", "message-id", "delivered-to")  # what only a letter has
LOCATED = re.compile(rb"^content-location:", re.IGNORECASE | re.MULTILINE)
DECLARATION = re.compile(r"^[\s\ufeff]*<\?xml[^>]{0,200}>")  # whose encoding may not be the text's
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
ROOTS: dict[tuple[str, str], Markup] = {
    (SPREADSHEET, "Workbook"): "xls_xml",
    ("http://schemas.microsoft.com/office/word/2003/wordml", "wordDocument"): "doc",
    ("http://schemas.microsoft.com/office/word/2003/2/wordml", "wordDocument"): "doc",
    ("http://schemas.microsoft.com/office/2006/xmlPackage", "package"): "package",
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "document"): "flat_odf",
}
DOCUMENT = {"html", "head", "body", "frameset"}
TABLE = {"tr", "td", "th"}
FIRST = {
    *DOCUMENT, *TABLE, "meta", "title", "style", "link", "script", "table", "thead", "tbody",
    "caption", "col", "colgroup", "p", "div", "span", "font", "center", "br", "hr", "pre",
    "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em", "u", "ul", "ol", "li",
    "section", "article", "main", "header", "footer", "a", "img", "form", "blockquote", "o:p",
}  # fmt: skip  # elements that a page may begin with, wherever a program cut it out
Kind = Literal[
    "xlsx", "xlsb", "ods", "xls", "xls_xml", "slk", "dif", "docx", "odt", "doc", "rtf", "html",
    "mht", "pdf", "image", "zip", "mail", "mailbox", "uuencoded", "csv", "text", "xml", "outlook",
    "rar", "encrypted", "broken", "unknown",
]  # fmt: skip

DELIMITED = {".csv", ".tsv", ".tab"}
MAIL = re.compile(
    rb"\A(?:From [^\n]*\n(?=[A-Za-z-]+:)|(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?"
    rb"(?:From|Received|Subject|MIME-Version|Message-ID):)",
    re.IGNORECASE,
)
PDF = re.compile(rb"(?:[\r\n\0\t ]|\xef\xbb\xbf)%PDF-\d")
SYLK = b"ID;P"
DIF = re.compile(rb"TABLE\r?\n0,1\r?\n")
UUENCODED = re.compile(rb"^begin [0-7]{3,4} [^\r\n]{1,200}\r?\nM", re.MULTILINE)
LOCKED = 0x1  # flag of an entry of an archive
# The line before each e-mail of a mailbox: “From a@b Mon Aug 16 14:30:00 2021”.
PARTS_MAILS = re.compile(
    rb"(?m)^From (?=[^\r\n]*\d\d:\d\d)[^\r\n]*+\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)"
)
RAR_OR_7Z = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
OUTLOOK_ATTACHMENT = b"\x78\x9f\x3e\x22"  # what Outlook wraps into winmail.dat
IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*")
PHONE_PICTURES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
PRINTED = frozenset({9, 10, 12, 13, 27, *range(32, 256)})  # bytes that a text may hold
MOST_CONTROLS = 0.02  # share of other bytes in what is still a text


def markup_of(content: bytes) -> Markup | None:
    """The markup of a text; `None` where it is a text as people type it.

    Args:
        content: Its bytes, in any encoding; what stands before the markup is passed over.
    """
    head = text_of(content[:HEAD]).lstrip("\ufeff \t\r\n\0")
    if head.startswith("<?xml") or re.match(r"<[\w.:-]{1,100}\s[^<>]{0,2000}?xmlns", head):
        space, name = _root(DECLARATION.sub("", head))
        if found := ROOTS.get((space, name)):
            return found
        if name and name.lower() not in FIRST:
            return "xml"
    return "html" if _is_page(head) else None


def _root(head: str) -> tuple[str, str]:
    """Namespace and name of the first element; two empty texts where there is none."""
    parser = etree.XMLPullParser(
        ("start",), resolve_entities=False, no_network=True, recover=True, load_dtd=False
    )
    try:
        parser.feed(head)
        root = next((node for _event, node in parser.read_events()), None)
    except etree.XMLSyntaxError as error:
        demand_memory(error)
        return "", ""
    if root is None or not isinstance(root.tag, str):
        return "", ""
    space, _brace, name = root.tag.rpartition("}")  # as it stands: a damaged name is none for lxml
    return space.removeprefix("{"), name


def _is_page(head: str) -> bool:
    """Whether a text is HTML: it says so, begins with an element of a page, or holds a table."""
    if "<" not in head:
        return False
    seen = _Elements()
    with suppress(AssertionError):  # of the parser, at a “<![” that begins no section
        seen.feed(head)
    if seen.doctype or DOCUMENT & seen.names or ("table" in seen.names and TABLE & seen.names):
        return True
    return seen.first in FIRST and not seen.before


class _Elements(HTMLParser):
    """Collects the elements that a page really holds, and whether text stands before them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.first = ""
        self.before = self.doctype = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.first = self.first or tag
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.before = self.before or (not self.first and bool(data.strip()))

    def handle_decl(self, decl: str) -> None:
        self.doctype = self.doctype or decl.lower().startswith("doctype html")


def kind_of(content: bytes, suffix: str) -> Kind:
    """The kind of a file.

    Args:
        suffix: The file's ending with the dot; counts only where the content does not tell.
    """
    if content.startswith(b"PK"):
        return _archive(content)
    if content.startswith(compound.MAGIC):
        return _compound(content)
    if content.startswith(b"%PDF-") or (PDF.search(content, 0, 1024) and b" obj" in content):
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
    with passed_over():
        archive = zipfile.ZipFile(io.BytesIO(content))  # counted where it was put right
        locked = any(member.flag_bits & LOCKED for member in archive.infolist())
        office = _office(Package(archive), locked)
        return "encrypted" if office and locked else office or "zip"
    return "broken"


def _office(package: Package, locked: bool) -> Kind | None:
    other: Kind | None = None
    with passed_over():
        if {"content.xml", "mimetype"} <= package.names:
            return "ods" if locked else _open_document(package)
        if package.main and not locked:
            return package.main[0]
        other = "unknown" if TYPES in package.names else None  # slides, a drawing
    return package.kind_by_names() or other


def _open_document(package: Package) -> Kind:
    mimetype = package.read("mimetype")
    if b"encryption-data" in package.held("meta-inf/manifest.xml"):
        return "encrypted"
    if b"opendocument.text" in mimetype:
        return "odt"
    return "ods" if b"opendocument.spreadsheet" in mimetype else "unknown"


def _compound(content: bytes) -> Kind:
    """An Office file of before 2007, or one of today that is locked by a password."""
    with passed_over():
        names = compound.names_in(content)
        if compound.DOCUMENT in names:
            return "encrypted" if compound.is_locked_document(content) else "doc"
        if compound.LOCKED_OFFICE in names:
            return "encrypted"
        if compound.MESSAGE in names:
            return "outlook"
        return "xls" if names & {*compound.BOOKS} else "unknown"
    return "broken"


def _text(content: bytes, suffix: str) -> Kind:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_encoding(content)
    controls = 0 if wide else sum(byte not in PRINTED for byte in content[:20_000])
    if controls > MOST_CONTROLS * min(len(content), 20_000):
        return "unknown"
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if suffix not in DELIMITED and PARTS_MAILS.match(content.lstrip()[:1000]):
        return "mailbox"
    if suffix == ".eml" or (suffix not in DELIMITED and MAIL.match(content)):
        return "mht" if _is_web_archive(content) else "mail"
    if found := markup_of(content):
        return "xml" if found == "package" or found == "flat_odf" else found
    if content.startswith(SYLK):
        return "slk"
    if DIF.match(content):
        return "dif"
    if suffix not in DELIMITED and UUENCODED.search(content):
        return "uuencoded"
    return "csv" if suffix in DELIMITED else "text"


def _is_web_archive(content: bytes) -> bool:
    """Whether what looks like an e-mail is a page that a program saved, and was never sent."""
    if not LOCATED.search(content):
        return False
    head = email.message_from_bytes(content[:MAIL_HEAD], policy=policy.compat32)
    sort = head.get_content_type()
    return sort in ("multipart/related", "text/html") and not any(map(head.get, SENT))
