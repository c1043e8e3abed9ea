"""Open a document of LibreOffice Writer (.odt): its paragraphs and tables, as grids."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from lxml import etree

from briefing.intake.readers.budget import budget
from briefing.intake.readers.flow import Flow, as_parts, cell_of, is_written
from briefing.intake.readers.grids import Grid, Part, Unread
from briefing.intake.readers.odf_looks import TABLE, UNSEEN, Around, Looks, held, parts_of
from briefing.intake.readers.packages import Package, plain, zipped
from briefing.intake.readers.repairs import MANIFEST
from briefing.intake.readers.word_objects import Objects
from briefing.intake.readers.word_xml import attribute, local

MOST = 1000  # times that one row or cell is repeated, and columns of a table


def read_writer(content: bytes) -> list[Part]:
    """The document's one part; addresses as in a Word document.

    What is struck through, deleted under tracked changes or hidden is told as unread.

    Raises:
        IntakeError: `file_unreadable`, `file_encrypted`, `file_too_large`.
    """
    return as_parts(_grids(_Document(content)))


class _Document:
    """The two parts of the document that are read, as XML."""

    def __init__(self, content: bytes):
        self._package = Package(content)
        self.content = self._tree("content.xml")
        self.styles = self._tree("styles.xml")

    def file_of(self, link: str) -> tuple[str, bytes] | None:
        """Name and bytes of an embedded sheet or document, which is a folder of the archive;
        without bytes where it is a formula or a chart."""
        folder, package = plain(link.removeprefix("./")), self._package
        parts = {name: f"{folder}/{name}" for name in ("content.xml", "styles.xml")}
        if folder in package.names:
            return folder, package.read(folder)
        if parts["content.xml"] not in package.names:
            return None
        held = {name: package.read(at) for name, at in parts.items() if at in package.names}
        sort = next(
            (s for s in ("spreadsheet", "text") if f"<office:{s}".encode() in held["content.xml"]),
            None,
        )
        if sort is None:
            return folder, b""
        kind = f"application/vnd.oasis.opendocument.{sort}".encode()
        return folder, zipped({"mimetype": kind, **held, "META-INF/manifest.xml": MANIFEST}.items())

    def _tree(self, path: str) -> Any:
        if path not in self._package.names and path != "content.xml":
            return etree.Element("none")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self._package.read(path), parser)


def _grids(package: _Document) -> list[Grid]:
    pages, common = package.styles, held(package.styles, "styles")
    looks = Looks([*common, *held(package.content, "automatic-styles")], package.content)
    own = Looks([*common, *held(pages, "automatic-styles")], pages)
    body = next(node for node in package.content.iter("{*}text") if "office" in node.tag)
    story = _Story(looks, objects=Objects(package.file_of))
    return [*_around(pages, "header", own), *story.read(body), *_around(pages, "footer", own)]


def _around(styles: Any, kind: str, looks: Looks) -> list[Grid]:
    """The headers, or the footers, that pages show; each text once."""
    story = _Story(looks, Flow(f"{kind} paragraph", f"{kind} "))
    texts: set[str] = set()
    for page in styles.iter("{*}master-page"):
        for node in page:
            text = "\n".join(node.itertext())
            is_shown = attribute(node, "display") != "false"
            if local(node).removesuffix("-left").removesuffix("-first") == kind and is_shown:
                if text not in texts:
                    story.read(node)
                texts.add(text)
    return [*filter(is_written, story.flow.done())]


class _Story:
    """One flow of text: the body, the headers, the footers, a cell."""

    def __init__(self, looks: Looks, flow: Flow | None = None, objects: Objects | None = None):
        self._looks = looks
        self._objects = objects
        self.flow = flow or Flow()

    def read(self, container: Any, around: Around | None = None) -> list[Grid]:
        """Collect the paragraphs and tables of a body, a section, a list or a cell."""
        around = self._looks.inside(around or self._looks.outermost, container)
        for node in container:
            name = local(node)
            if name in ("p", "h"):
                self.flow.add_line([*self._looks.pieces(node, around)])
                for box in _boxes(node):
                    self.read(box, around)
            elif name == "table":
                self.flow.add_table(partial(self._table, node, around))
            elif name and name not in UNSEEN:
                self.read(node, around)
                continue
            if self._objects and (inside := [*self._objects.within(node)]):
                self.flow.add(inside)
        return self.flow.done()

    def _table(self, table: Any, around: Around, name: str) -> list[Grid]:
        """The grid of a table, then those of tables inside its cells."""
        cells: list[list[Any]] = []
        merged: list[tuple[int, int, int, int]] = []
        unread: list[Unread] = []
        inside: list[Grid] = []
        nested = 0
        for row in parts_of(table, "table-row"):
            line: list[Any] = []
            shown = self._looks.inside(around, row)
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                story = _Story(self._looks, Flow("paragraph", f"{name}.", nested))
                found = story.read(cell, shown)
                nested = story.flow.tables
                inside += [grid for grid in found if grid.kind == "table"]
                top, left = len(cells), len(line)
                height, width = _times(cell, "rows-spanned"), _times(cell, "columns-spanned")
                if height > 1 or width > 1:
                    merged.append((top, left, top + height - 1, left + width - 1))
                text, left_out = cell_of(found, top, left)
                unread += left_out
                line += [text] * _times(cell, "columns-repeated")
            alike = _times(row, "rows-repeated")
            budget().spread(alike, max(1, len(line)) if alike > 1 else 1 + len(line) - len(row))
            cells += [line[:MOST]] * alike
        return [Grid("table", name, cells, tuple(merged), unread=tuple(unread)), *inside]


def _boxes(node: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph, the outermost ones."""
    for inner in node:
        if local(inner) == "text-box":
            yield inner
        elif local(inner) not in UNSEEN:
            yield from _boxes(inner)


def _times(node: Any, name: str) -> int:
    return max(1, min(int(node.get(f"{TABLE}number-{name}") or 1), MOST))
