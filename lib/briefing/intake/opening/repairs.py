"""What is put right about a file before it is read: how it is wrapped, never what it says."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from briefing.errors import IntakeError
from briefing.intake.opening import compound
from briefing.intake.opening.archives import Archive
from briefing.intake.opening.budget import check_tags
from briefing.intake.opening.markup import markup_of
from briefing.intake.opening.packages import TYPES, Package, zipped
from briefing.intake.opening.sheet_repairs import close_up

BLANK = re.compile(rb"(?:\xef\xbb\xbf|[\s\0])+")
LONGEST_LEAD = 4096  # bytes
MAGIC = (b"PK\x03\x04", compound.MAGIC, b"{\\rtf", b"<?xml", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
MANIFEST = b'<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
ODF = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def put_right(content: bytes) -> bytes:
    """The file as its readers expect it; the very same where nothing is odd, or all of it.

    A mark or blank lines before its beginning go. The parts of an Office file are unpacked and
    get their usual names. One that is a single text of XML becomes the archive that it stands for.

    Raises:
        IntakeError: `file_too_large`.
    """
    lead = BLANK.match(content, 0, LONGEST_LEAD)
    if lead and content.startswith(MAGIC, lead.end()):
        content = content[lead.end() :]
    try:
        if content.startswith(b"PK"):
            return _package(content)
        if content.startswith(compound.MAGIC):
            return compound.plainly_named(content)
        if content[:1] in b"<\xff\xfe\xef":
            return _flat(content)
    except (IntakeError, MemoryError):
        raise
    except Exception:  # whatever a damaged file makes of the parsers: its reader says what it is
        return content
    return content


def _package(content: bytes) -> bytes:
    """A document with its parts unpacked: once, by us, so that no reader unpacks any by itself."""
    package = Package(Archive(content))
    if not (package.main or {"mimetype", "content.xml"} <= package.names):
        return content
    is_plain, content = package.is_plain, package.unpacked()
    if is_plain:
        return content
    return Package(zipfile.ZipFile(io.BytesIO(content))).plainly_named()


def _flat(content: bytes) -> bytes:
    kind = markup_of(content)
    if kind in ("package", "flat_odf"):
        check_tags(content)
    if kind == "package":
        return zipped(_parts(_root(content)))
    if kind == "flat_odf":
        root = _root(content)
        close_up(root)
        said = root.get(f"{ODF}mimetype", "").encode()
        parts = {"mimetype": said, "content.xml": _bytes(root), "META-INF/manifest.xml": MANIFEST}
        return zipped(parts.items())
    return content


def _parts(root: Any) -> Iterator[tuple[str, bytes]]:
    """The parts of a package that is written as one text, and their types."""
    types = etree.Element("Types")
    for part in root:
        said = {etree.QName(name).localname: value for name, value in part.items()}
        inside = part[0]
        if etree.QName(inside).localname == "xmlData":
            data = _bytes(inside[0])
        else:
            data = base64.b64decode(inside.text or "")
        name = said["name"]
        etree.SubElement(types, "Override", PartName=name, ContentType=said["contentType"])
        yield name.lstrip("/"), data
    yield TYPES, _bytes(types)


def _root(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(content, parser)


def _bytes(node: Any) -> bytes:
    return etree.tostring(node, encoding="UTF-8", xml_declaration=True, with_tail=False)
