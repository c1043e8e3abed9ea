"""Open a Word document: its paragraphs and tables in their order, as grids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from briefing.intake.readers.flow import Flow, Look, as_parts, is_written
from briefing.intake.readers.grids import Grid, Part
from briefing.intake.readers.packages import Package
from briefing.intake.readers.word_definitions import Looks, Numbers
from briefing.intake.readers.word_objects import Objects
from briefing.intake.readers.word_tables import Definitions, table_grids
from briefing.intake.readers.word_text import boxes_in, text_of
from briefing.intake.readers.word_xml import attribute, local, members, prune

SHARED = 2**20  # bytes of styles and numbering up to which they are kept for the next document


def read_word(content: bytes) -> list[Part]:
    """The document's one part; none where nothing is written in it.

    Body, headers and footers, tables at any depth, text boxes, content controls and form fields;
    without prompts still unanswered. What is struck through, deleted under tracked changes or
    hidden, by itself or by its style, is told as unread.
    Addresses: `paragraph 7` and `table 2, row 4, column 3` count as they are seen in the body
    (a table in a cell of it is `table 2.1`); `header paragraph 1`, `footer paragraph 1`,
    `text box 1, paragraph 2` count for themselves, and so do tables in
    those: `table header 1`, `table text box 1.1`.

    Raises:
        IntakeError: `file_unreadable`, `file_too_large`.
    """
    return as_parts(_grids(_Document(content)))


def _grids(package: _Document) -> list[Grid]:
    stories: dict[str, list[Grid]] = {}
    for kind in ("header", "footer"):
        story = _Story(package.definitions, kind, " ")
        for root in package.around(kind):
            story.read(root)
        stories[kind] = [*filter(is_written, story.flow.done())]
    body = next(node for node in package.document if local(node) == "body")
    story = _Story(package.definitions, objects=Objects(package.file_of))
    return [*stories["header"], *story.read(body), *stories["footer"]]


class _Story:
    """One flow of text: the body, the headers, the footers, a text box.

    Args:
        name: Before the names of its paragraphs and tables; "" for the body.
        join: Between that name and the number of a table.
        within: The look of what the flow stands in.
        objects: Reads the files inside the document, of a flow that may hold any.
    """

    def __init__(
        self, definitions: Definitions, name: str = "", join: str = "", within: Look = "",
        objects: Objects | None = None,
    ):  # fmt: skip
        self._definitions = definitions
        self._within = within
        self._objects = objects
        self._name = f"{name}{join}"
        self._boxes = 0
        between = ", " if join == "." else join
        self.flow = Flow(f"{name}{between}paragraph", f"{name}{join}")

    def read(self, container: Any) -> list[Grid]:
        """The grids of a flow that goes on in this container."""
        for block in members(container, "p", "tbl", "altChunk"):
            if local(block) == "p":
                self._paragraph(block)
            elif local(block) == "tbl":
                self.flow.add_table(self._table(block))
            if self._objects and (inside := [*self._objects.within(block)]):
                self.flow.add(inside)
        return self.flow.done()

    def _table(self, table: Any) -> Callable[[str], list[Grid]]:
        return lambda name: table_grids(table, self._definitions, name, self._within)

    def _paragraph(self, paragraph: Any) -> None:
        numbers, looks = self._definitions.numbers, self._definitions.looks
        numbers.number(paragraph)  # counted, not shown: it is no part of what was typed
        self.flow.add_line(text_of(paragraph, looks, self._within))
        for box, look in boxes_in(paragraph, looks, self._within):
            self._boxes += 1
            name = f"{self._name}text box {self._boxes}"
            story = _Story(self._definitions, name, ".", look)
            self.flow.add(filter(is_written, story.read(box)))


class _Document:
    """The parts of the document that are read, as XML without what is no content."""

    def __init__(self, content: bytes):
        self._package = Package(content, strict=True)
        self._at = ""
        self._at = next(self._linked("officeDocument"), "word/document.xml")
        self.document = _parsed(self._package.read(self._at))
        self.definitions = _definitions(self._link("numbering"), self._link("styles"))

    def around(self, kind: str) -> Iterator[Any]:
        """The roots of the headers, or of the footers, that sections show; each text once."""
        texts: set[str] = set()
        shown = {attribute(node, "id") for node in self.document.iter(f"{{*}}{kind}Reference")}
        for path in self._linked(kind, among=shown):
            root = _parsed(self._package.read(path))
            looks = self.definitions.looks
            text = repr([text_of(node, looks) for node in root.iter("{*}p")])
            if text not in texts:
                texts.add(text)
                yield root

    def file_of(self, key: str) -> tuple[str, bytes] | None:
        """Name and bytes of the part that the document refers to by a key."""
        path = next(self._linked("", among={key}), None)
        return (path, self._package.read(path)) if path else None

    def _link(self, kind: str) -> bytes | None:
        path = next(self._linked(kind), None)
        return self._package.read(path) if path else None

    def _linked(self, kind: str, among: set[str | None] | None = None) -> Iterator[str]:
        """The places of the parts that the document refers to as of this kind; "": of any."""
        for link in self._package.links(self._at):
            is_meant = (link.kind == kind or not kind) and (among is None or link.key in among)
            if is_meant and link.to in self._package.names:
                yield link.to


def _parsed(content: bytes) -> Any:
    root = etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    )
    prune(root)
    return root


def _definitions(numbering: bytes | None, styles: bytes | None) -> Definitions:
    """What those two parts say: once for the many forms that are filled in from one."""
    small = len(numbering or b"") + len(styles or b"") < SHARED
    numbers, looks = (_read if small else _read.__wrapped__)(numbering, styles)
    return Definitions(numbers.uncounted(), looks)


@lru_cache(maxsize=8)
def _read(numbering: bytes | None, styles: bytes | None) -> tuple[Numbers, Looks]:
    numbers_root = None if numbering is None else _parsed(numbering)
    styles_root = None if styles is None else _parsed(styles)
    return Numbers(numbers_root, styles_root), Looks(styles_root)
