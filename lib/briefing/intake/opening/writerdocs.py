"""Open a document of LibreOffice Writer (.odt): its paragraphs and tables, as grids."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from typing import Any

from briefing.errors import IntakeError
from briefing.intake.opening import limits
from briefing.intake.opening.flow import Flow, as_parts, text_in
from briefing.intake.opening.grids import Grid, Part
from briefing.intake.opening.word_xml import attribute, local
from briefing.messages import Message

UNSEEN = {
    "tracked-changes", "annotation", "annotation-end", "note", "hidden-text", "page-number",
    "page-count", "forms", "sequence-decls", "desc", "title",
}  # fmt: skip
MOST = 1000  # times that one row or cell is repeated, and columns of a table


def open_writer(content: bytes) -> list[Part]:
    """The document's one part; addresses as in a Word document.

    Raises:
        IntakeError: `file_unreadable`, `file_encrypted`, `file_too_large`.
    """
    try:
        return as_parts(_read(_body(content), Flow()))
    except IntakeError:
        raise
    except Exception as error:  # whatever a damaged document makes of the parsers
        raise IntakeError(
            "file_unreadable", Message("the file is damaged or was not sent whole")
        ) from error


def _body(content: bytes) -> Any:
    from lxml import etree

    archive = zipfile.ZipFile(io.BytesIO(content))
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        raise IntakeError("file_encrypted", Message("the file is protected by a password"))
    if archive.getinfo("content.xml").file_size > limits.MAX_XML:
        limit = {"mb": limits.MAX_XML >> 20}
        raise IntakeError("file_too_large", Message("the file is larger than {mb} MB", limit))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(archive.read("content.xml"), parser)
    return next(node for node in root.iter() if local(node) == "text" and _is_office(node))


def _is_office(node: Any) -> bool:
    return "office" in node.tag


def _read(container: Any, flow: Flow) -> list[Grid]:
    """Collect the paragraphs and tables of a body, a section, a list or a cell."""
    for node in container:
        name = local(node)
        if name in ("p", "h"):
            flow.add_line(_text(node))
            for box in node.iter():
                if local(box) == "text-box":
                    _read(box, flow)
        elif name == "table":
            flow.add_table(partial(_table, node))
        elif name and name not in UNSEEN:
            _read(node, flow)
    return flow.done()


def _text(node: Any) -> str:
    pieces = [node.text or ""]
    for inner in node:
        name = local(inner)
        if name == "s":
            pieces.append(" " * min(int(attribute(inner, "c") or 1), MOST))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name and name not in UNSEEN and name != "text-box":
            pieces.append(_text(inner))
        pieces.append(inner.tail or "")
    return "".join(pieces)


def _table(table: Any, name: str) -> list[Grid]:
    """The grid of a table, then those of tables inside its cells."""
    cells: list[list[Any]] = []
    merged: list[tuple[int, int, int, int]] = []
    inside: list[Grid] = []
    nested = 0
    for row in _rows(table):
        line: list[Any] = []
        for cell in row:
            if local(cell) not in ("table-cell", "covered-table-cell"):
                continue
            flow = Flow("paragraph", f"{name}.", nested)
            found = _read(cell, flow)
            nested = flow.tables
            inside += [grid for grid in found if grid.kind == "table"]
            height, width = _times(cell, "rows-spanned"), _times(cell, "columns-spanned")
            if height > 1 or width > 1:
                top, left = len(cells), len(line)
                merged.append((top, left, top + height - 1, left + width - 1))
            line += [text_in(found) or None] * _times(cell, "columns-repeated")
        cells += [line[:MOST]] * _times(row, "rows-repeated")
    return [Grid("table", name, cells, tuple(merged)), *inside]


def _rows(table: Any) -> list[Any]:
    rows = []
    for node in table:
        if local(node) == "table-row":
            rows.append(node)
        elif local(node) in ("table-header-rows", "table-row-group", "table-rows"):
            rows += _rows(node)
    return rows


def _times(node: Any, name: str) -> int:
    return max(1, min(int(attribute(node, f"number-{name}") or 1), MOST))
