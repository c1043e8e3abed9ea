"""What this program itself puts into what comes back to it: the list of a return, and the invisible
mark of a form: which form it is, whose, read how.

What is written on the list is not of the sender: it must not be read as a report. Writing
(`briefing.forms`, `briefing.correspondence`) and reading share what is here. A mark that is
missing, broken, of another campaign or said in two ways is no mark: the report is then read like
any other.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from string import ascii_letters, digits
from typing import get_args
from urllib.parse import quote, unquote

from briefing.intake.detection.forms import TableHead
from briefing.intake.detection.identity import Identity
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.disclosure import shown_line
from briefing.intake.parsers.text import clean, fold
from briefing.intake.readers.budget import passed_over
from briefing.intake.readers.grids import Grid, Part
from briefing.intake.submission import Finding
from briefing.language import catalog, languages
from briefing.locale.pack import Worded, pack
from briefing.messages import Message
from briefing.params import Campaign
from briefing.params.forms import BODIES
from briefing.params.readings import Reading

TITLE = Message("What to correct in this report")
BODY = {"paragraph", "line"}  # names of grids of lines that are the text itself
END = Message("End of the list; the report itself follows")
VERSION = 1  # of the forms' layout and of what a mark says
PROPERTY = "briefing_form"
"""Name under which a document keeps its mark: a custom property, and a hidden defined name."""
MARK = re.compile(
    r"briefing-form:(?P<version>\d{1,3}):(?P<form>[\w.-]{1,40}):(?P<unit>[\w.%~-]{1,60})"
    r":(?P<reading>[a-z_]{1,20}|-):(?P<campaign>[0-9a-f]{8})"
)
REPORTED = "reported"
"""Field of the column in which a form shows what its unit last reported."""
CARRIERS = ("docProps/custom.xml", "xl/workbook.xml", "word/document.xml", "meta.xml")
NOBODY = Worded(r"(?:«offices.nobody»|[\d ]*)")  # a heading that names no unit
OLE = b"\xd0\xcf\x11\xe0"  # how Office files of before 2007 begin


def without_list(parts: Iterable[Part]) -> list[Part]:
    """The parts without the list that an earlier return put in front; addresses stay the same.

    The list begins with its title and ends with its closing line, or, where a document has lost
    that, with its table. A sheet or a text without a closing line is the list alone.
    """
    return [cut for part in parts if (cut := _cut(part))]


def _cut(part: Part) -> Part | None:
    body = [grid for grid in part.grids if grid.name in BODY or grid.kind == "sheet"]
    first = next((text for grid in body if (text := _first_text(grid))), "")
    if not _says(first, TITLE):
        return part
    closed = any(_says(_text(line), END) for grid in _lines(body) for line in grid.cells)
    if not closed and not any(grid.kind == "table" for grid in part.grids):
        return None
    return replace(part, grids=tuple(_below_list(part.grids, closed=closed)))


def _below_list(grids: tuple[Grid, ...], *, closed: bool) -> Iterator[Grid]:
    """The grids around the list: headers of pages before it, the report after it."""
    inside = False
    done = False
    for grid in grids:
        inside = inside or (not done and _says(_first_text(grid), TITLE))
        if not inside:
            yield grid
        elif grid.kind == "lines" and closed:
            end = next((i for i, line in enumerate(grid.cells) if _says(_text(line), END)), None)
            if end is not None:
                inside, done = False, True
                yield replace(grid, cells=[[] for _line in range(end + 1)] + grid.cells[end + 1 :])
        elif grid.kind == "table" and not closed:
            inside, done = False, True


def _lines(grids: Iterable[Grid]) -> Iterator[Grid]:
    return (grid for grid in grids if grid.kind == "lines")


def _first_text(grid: Grid) -> str:
    return next((clean(value) for _row, _column, value in grid.filled()), "")


def _text(line: list) -> str:
    return clean(line[0]) if line else ""


def _says(text: str, wanted: Message) -> bool:
    """Whether a text is this one, in any language that a list may have been written in."""
    return bool(text) and fold(text) in {
        fold(catalog(code).get(wanted.msgid, wanted.msgid)) for code in languages()
    }


@dataclass(frozen=True)
class FormMark:
    """What a form says of itself.

    Attributes:
        unit_code: The unit, or the body, that it was made for.
        reading: What it asks for under Lũy kế, where its rows can be read in several ways.
    """

    form: str
    unit_code: str
    reading: str | None = None

    def text(self, campaign: Campaign) -> str:
        """The mark as it is written into a form: at most 64 characters for a code of up to 20."""
        fields = (VERSION, self.form, quote(self.unit_code, safe=""), self.reading or "-")
        return ":".join(["briefing-form", *map(str, fields), _short(campaign)])


def _short(campaign: Campaign) -> str:
    return hashlib.blake2b(campaign.code.encode(), digest_size=4).hexdigest()


def read_mark(content: bytes, campaign: Campaign) -> FormMark | None:
    """The mark in a file's bytes; None where it carries none that is to be relied on."""
    for text in _texts(content):
        found = {match.group() for match in MARK.finditer(text)}
        if found:
            return _checked(found.pop(), campaign) if len(found) == 1 else None
    return None


def _texts(content: bytes) -> Iterator[str]:
    if content.startswith(OLE):
        yield content.decode("latin-1")
        yield content[: len(content) // 2 * 2].decode("utf-16-le", "replace")
    if not content.startswith(b"PK"):
        return
    with passed_over():  # no mark can be had
        archive = zipfile.ZipFile(io.BytesIO(content))
        for name in filter({*archive.namelist()}.__contains__, CARRIERS):
            yield archive.read(name).decode("utf-8", "replace")


def _checked(text: str, campaign: Campaign) -> FormMark | None:
    match = MARK.fullmatch(text)
    if not match or match["campaign"] != _short(campaign) or int(match["version"]) > VERSION:
        return None
    form, code = campaign.forms.get(match["form"]), unquote(match["unit"])
    if form is None:
        return None
    if form.owed_by == BODIES:
        codes = {row.body_code for row in campaign.body_rows}
    else:
        codes = {row.unit_code for row in campaign.unit_rows}
    if code not in codes:
        return None
    several = form.reads == "persons" and match["reading"] in get_args(Reading)
    return FormMark(match["form"], code, match["reading"] if several else None)


def marked(
    unit: Identity, mark: FormMark | None, form: str | None, words: Vocabulary, file: str
) -> Identity:
    """Whose a report is, its form's mark counted as evidence.

    What is written in the heading is taken before the mark: it was signed. Where that names
    nobody who is known, and before the file's name, the mark counts. The two disagreeing is a
    finding.
    """
    if mark is None or mark.form != form or unit.value == mark.unit_code:
        return unit
    by_name = unit.text in (file, shown_line(file))
    if unit.value is not None and not by_name:
        conflict = _conflict(unit, unit.value, mark, file, words)
        return Identity(unit.value, unit.text, (*unit.findings, conflict))
    findings = tuple(f for f in unit.findings if f.rule not in ("unit_unknown", "unit_ambiguous"))
    if unit.value is not None or (not by_name and not NOBODY.fullmatch(fold(unit.text))):
        findings += (_conflict(unit, mark.unit_code, mark, file, words),)
    return Identity(mark.unit_code, words.names[mark.unit_code], findings)


def without_own_words(part: Part) -> Part:
    """A form without its note, and without a word on the sums that it came with."""
    own = fold(pack().printed.note)
    otherwise = {*ascii_letters, *digits} - {own[:1], own[:1].upper()}  # most texts are not folded

    def is_own(value: object) -> bool:
        if not isinstance(value, str) or value[:1] in otherwise:
            return False
        return fold(value[:99]).startswith(own)

    grids = (
        replace(
            grid,
            unread=tuple(u for u in grid.unread if u.look != "uncalculated"),
            cells=[[None if is_own(value) else value for value in line] for line in grid.cells],
        )
        for grid in part.grids
    )
    return replace(part, grids=tuple(grids))


def with_reported(head: TableHead) -> TableHead:
    """The head of a form's table with the column of what was last reported, if it has one."""
    heading = fold(pack().printed.reported)
    for row in range(head.top, head.first_row):
        for column, value in enumerate(head.grid.cells[row]):
            if isinstance(value, str) and fold(clean(value)) == heading:
                return replace(head, columns=head.columns | {REPORTED: column})
    return head


def _conflict(unit: Identity, taken: str, mark: FormMark, file: str, words: Vocabulary) -> Finding:
    values = {
        "own": words.names[mark.unit_code],
        "heading": unit.text or words.names.get(unit.value or "", ""),
        "taken": words.names[taken],
    }
    return Finding("unit_conflict.form", file, unit.text, values)
