"""What the papers of a campaign say, text by text, whatever their format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pypdf
from lxml import etree, html

SAID = ("alt", "aria-label", "title", "descr", "prompt", "promptTitle", "error", "errorTitle")
"""Attributes that a reader sees or hears, of a page, a drawing or a checked cell."""
OF_A_PARAGRAPH = {"p", "si", "is", "comment"}
"""Elements of Word and Excel that hold one text, in pieces."""


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text of the papers in a folder: the paper's path, and the text."""
    for path in sorted(folder.rglob("*")):
        if read := READERS.get(path.suffix):
            where = path.relative_to(folder).as_posix()
            yield from ((where, text) for text in read(path.read_bytes()) if text.strip())


def _page(content: bytes) -> Iterator[str]:
    tree = html.fromstring(content.decode("utf-8"))
    etree.strip_elements(tree, "script", "style", with_tail=False)
    yield from tree.itertext()
    yield from _attributes(tree)


def _office(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                yield from _part(etree.fromstring(package.read(name)))


def _part(tree: etree._Element) -> Iterator[str]:
    for node in tree.iter():
        if etree.QName(node).localname in OF_A_PARAGRAPH:
            pieces = (piece for piece in node.iter() if etree.QName(piece).localname == "t")
            yield "".join(piece.text or "" for piece in pieces)
    yield from _attributes(tree)


def _attributes(tree: etree._Element) -> Iterator[str]:
    for node in tree.iter(etree.Element):
        yield from (value for name in SAID if (value := node.get(name)))


def _paper(content: bytes) -> Iterator[str]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    yield from (" ".join(page.extract_text().split()) for page in reader.pages)


def _plain(content: bytes) -> Iterable[str]:
    return content.decode("utf-8-sig").splitlines()


def _table(content: bytes) -> Iterator[str]:
    _head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    yield from (cell for row in rows for cell in row)


def _notebook(content: bytes) -> Iterator[str]:
    cells = json.loads(content)["cells"]
    yield from ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


READERS: Mapping[str, Callable[[bytes], Iterable[str]]] = {
    ".csv": _table, ".docx": _office, ".eml": _plain, ".html": _page, ".ipynb": _notebook,
    ".pdf": _paper, ".txt": _plain, ".xlsx": _office,
}  # fmt: skip
"""How the texts of each format are read; of a table its cells, since columns bear codes."""
