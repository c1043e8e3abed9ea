"""Packages (OPC): the archives that Word and Excel have written since 2007.

What a part is, is told by its content type and by what refers to it, and never by its name. The
readers that come after ask for parts by their usual names: a package that names them otherwise
is put into that form once (`plainly_named`).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

from lxml import etree

from briefing.errors import IntakeError
from briefing.intake.readers.budget import check_tags, demand_memory

Office = Literal["xlsx", "xlsb", "docx"]
TYPES = "[content_types].xml"
# What the content type of the main part says → kind, and the main part's usual name.
MAIN: dict[str, tuple[Office, str]] = {
    "spreadsheetml": ("xlsx", "xl/workbook.xml"),
    "ms-excel.sheet.binary": ("xlsb", "xl/workbook.bin"),
    "ms-excel": ("xlsx", "xl/workbook.xml"),  # with macros
    "wordprocessingml": ("docx", "word/document.xml"),
    "ms-word": ("docx", "word/document.xml"),
}
# Parts that readers ask for by name: the end of the relationship's type → usual name, in a
# workbook.
USUAL = {"sharedStrings": "xl/sharedStrings", "styles": "xl/styles"}
XML = re.compile(r"\.(?:xml|rels)$")
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0?\0", b"\0<\0?")  # how XML of two bytes a letter begins


class Link(NamedTuple):
    """What one part says of another.

    Attributes:
        kind: The end of the relationship's type.
        to: The folded name of the part that it leads to.
        key: By which the part refers to it.
    """

    kind: str
    to: str
    key: str


class Package:
    """An archive as a package.

    Args:
        archive: Its entries, or its bytes; names are told apart as packages do, without their
            case and with either slash.
        strict: References that are damaged end the reading; else what is left of them counts.
    """

    def __init__(self, archive: zipfile.ZipFile | bytes, *, strict: bool = False):
        if isinstance(archive, bytes):
            archive = zipfile.ZipFile(io.BytesIO(archive))
        self._archive = archive
        self._parsed = ElementTree.fromstring if strict else _tree
        self._entries = {plain(name): name for name in archive.namelist()}
        self._found: dict[str, list[Link]] = {}

    @property
    def names(self) -> frozenset[str]:
        """The folded names of all parts."""
        return frozenset(self._entries)

    @cached_property
    def main(self) -> tuple[Office, str] | None:
        """The kind of the package and the folded name of its main part; `None` of other ones."""
        types = self._content_types()
        for kind, target, _key in self.links(""):
            if kind == "officeDocument" and target in self._entries:
                content_type = types.get(target, types.get(target.rpartition(".")[2], ""))
                known = (office for word, (office, _path) in MAIN.items() if word in content_type)
                if office := next(known, None) or self.kind_by_names():
                    return office, target
        office = self.kind_by_names()
        return (office, next(p for o, p in MAIN.values() if o == office)) if office else None

    def kind_by_names(self) -> Office | None:
        """The kind by the usual names of parts: of a package that can't be looked into, or that
        lacks its main part."""
        usual = next((office for office, path in MAIN.values() if path in self._entries), None)
        if usual or TYPES not in self._entries:
            return usual
        folders = {name.partition("/")[0] for name in self._entries}
        return "docx" if "word" in folders else "xlsx" if "xl" in folders else None

    @property
    def is_plain(self) -> bool:
        """Whether every reader finds the parts under the names that it asks for."""
        names = self._entries.values()
        if any("\\" in name or name.startswith("/") for name in names):
            return False
        if not self.main:
            return True
        renamed = self._names()
        return all(renamed[folded] == name for folded, name in self._entries.items()) and not any(
            self._is_wide(name) for name in self._entries if XML.search(name)
        )

    def links(self, source: str) -> list[Link]:
        """What a part refers to."""
        if source not in self._found:
            self._found[source] = [
                Link(_kind(node), plain(self._target(source, node)), node.get("Id", ""))
                for node in self._links(source)
            ]
        return self._found[source]

    def tables_of(self, sheet: str) -> Iterator[bytes]:
        """The parts of a sheet's tables, which have filters of their own."""
        return (self.read(link.to) for link in self.links(sheet) if link.kind == "table")

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """The same package with other contents of some parts, by their folded names."""
        parts = ((name, changed.get(folded)) for folded, name in self._entries.items())
        return zipped((name, self.read(plain(name)) if new is None else new) for name, new in parts)

    def plainly_named(self) -> bytes:
        """The same package with each part under its usual name, in UTF-8, and every reference by
        the full name of what it refers to."""
        names = self._names()
        return zipped((names[folded], self._rewritten(folded, names)) for folded in self._entries)

    def unpacked(self) -> bytes:
        """The same package with each part as it is, not packed, and at its true size.

        One that is locked, or damaged, stays so: reading it fails as before.

        Raises:
            IntakeError: `file_too_large`.
        """
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as out:
            for name in self._entries.values():
                try:
                    content = self._archive.read(name)
                except IntakeError:
                    raise
                except Exception as error:  # whatever a damaged part makes of the parser
                    demand_memory(error)
                    out.writestr(zipfile.ZipInfo(name), b"damaged")
                    written, flags = out.getinfo(name), self._archive.getinfo(name).flag_bits
                    written.CRC, written.flag_bits = ~written.CRC & 0xFFFFFFFF, flags
                    continue
                if content.lstrip()[:1] in b"<\xff\xfe\xef":
                    check_tags(content)
                out.writestr(zipfile.ZipInfo(name), content)
        return stream.getvalue()

    def _names(self) -> dict[str, str]:
        """Folded name → the name that it is written under."""
        names = {
            plain(name): name.replace("\\", "/").lstrip("/") for name in self._entries.values()
        }
        if not self.main:
            return names
        office, main = self.main
        for source in ("", main):
            for link in self._links(source):
                target = self._target(source, link)
                if plain(target) in names:
                    names[plain(target)] = target
                    if office != "docx" and _kind(link) in USUAL:
                        names[plain(target)] = USUAL[_kind(link)] + posixpath.splitext(target)[1]
        names[main] = next(path for known, path in MAIN.values() if known == office)
        for folded in self._entries:
            if folded.endswith(".rels"):
                source = _source(folded)
                names[folded] = _rels_of(names.get(source, ""))
        return names

    def _rewritten(self, folded: str, names: Mapping[str, str]) -> bytes:
        content = self.read(folded)
        if not folded.endswith(".rels"):
            if XML.search(folded) and self._is_wide(folded):
                return etree.tostring(_tree(content), encoding="UTF-8", standalone=True)
            return content
        root = _tree(content)
        for link in root:
            target = plain(self._target(_source(folded), link))
            if target in names:
                link.set("Target", f"/{names[target]}")
        return etree.tostring(root, encoding="UTF-8", standalone=True)

    def read(self, folded: str) -> bytes:
        """A part's bytes.

        Raises:
            IntakeError: `file_too_large`.
            Exception: It is damaged.
        """
        return self._archive.read(self._entries.get(folded, folded))

    def held(self, folded: str) -> bytes:
        """The same; nothing of a part that is not there."""
        return self.read(folded) if folded in self._entries else b""

    def _content_types(self) -> dict[str, str]:
        """Folded name of a part, or ending of its name → its content type."""
        if TYPES not in self._entries:
            return {}
        return {
            plain(node.get("PartName") or node.get("Extension") or ""): node.get("ContentType", "")
            for node in _tree(self.read(TYPES))
            if isinstance(node.tag, str)
        }

    def _links(self, source: str) -> Iterator[Any]:
        rels = plain(_rels_of(source))
        if rels in self._entries:
            for node in self._parsed(self.read(rels)):
                if isinstance(node.tag, str) and node.get("TargetMode") != "External":
                    yield node

    def _target(self, source: str, link: Any) -> str:
        target = link.get("Target", "").replace("\\", "/")
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target))[1:]
        return path if plain(path) in self._entries else unquote(path)

    def _is_wide(self, folded: str) -> bool:
        with self._archive.open(self._entries[folded]) as stream:
            return stream.read(4).startswith(WIDE)


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of these names and contents."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as out:
        for name, content in parts:
            out.writestr(name, content)
    return stream.getvalue()


def plain(name: str) -> str:
    """A part's name as packages compare them."""
    return name.replace("\\", "/").lstrip("/").lower()


def _kind(link: Any) -> str:
    return link.get("Type", "").rpartition("/")[2]


def _rels_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _source(rels: str) -> str:
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _tree(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    return etree.fromstring(content, parser)
