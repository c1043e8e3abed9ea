"""Files inside a document: objects of other programs, and files that were put in whole."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from briefing.errors import IntakeError
from briefing.intake.readers import compound, read_parts, unpack
from briefing.intake.readers.budget import budget, passed_over
from briefing.intake.readers.grids import Grid, Unread
from briefing.intake.readers.word_xml import attribute, local

OBJECTS = ("OLEObject", "altChunk", "object", "object-ole")  # of Word, of Writer
MOST_OBJECTS = 50  # of one document
NO_TEXT = ("equation", "mathtype", "package.icon", "forms.", "shell.explorer")


class Objects:
    """Reads the objects of one document, each where it stands.

    Args:
        file_of: The key of a reference → name and bytes of the part that it leads to; `None`
            where it leads nowhere, no bytes where nothing is to be read there.
    """

    def __init__(self, file_of: Callable[[str], tuple[str, bytes] | None]):
        self._file_of = file_of
        self._count = 0

    def within(self, block: Any) -> Iterator[Grid]:
        """The grids of the objects in a paragraph, or of a file that stands between paragraphs.

        Their addresses begin with the number of the object: `object 1, Sheet1!E5`. One that can't
        be read is told as such.
        """
        for node in block.iter():
            key = attribute(node, "href" if local(node).startswith("object") else "id")
            if local(node) not in OBJECTS or not key or self._count >= MOST_OBJECTS:
                continue
            program = attribute(node, "ProgID") or ""
            if program.lower().startswith(NO_TEXT):
                continue
            self._count += 1
            yield from self._grids(key, program)

    def _grids(self, key: str, program: str) -> Iterator[Grid]:
        name = f"object {self._count}"
        found = self._file_of(key)
        try:
            if found and not found[1]:
                return
            if found:
                with budget().inside():
                    grids = _opened(*found)
                for grid in grids:
                    between = "." if grid.kind == "table" else ", "
                    yield replace(grid, name=f"{name}{between}{grid.name}")
                return
        except IntakeError as error:
            program = program or error.rule
        row = self._count - 1
        what = (Unread(row, 0, "unopened", program or "?"),)
        yield Grid("lines", "object", [[] for _row in range(row + 1)], unread=what)


def _opened(path: str, content: bytes) -> list[Grid]:
    """The grids of a file; of an archive or an e-mail, those of all in it.

    Raises:
        IntakeError: It can't be read.
    """
    suffix = posixpath.splitext(path)[1]
    if content.startswith(compound.MAGIC):
        with passed_over():  # else it is no wrapping: the file itself, or damaged
            content = compound.packed_file(content)
    members = [member for member in unpack(content, path) if not member.error]
    parts = [part for m in members for part in read_parts(m.content, suffix) if part.visible]
    return [grid for part in parts for grid in part.grids]
