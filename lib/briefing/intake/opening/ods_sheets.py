"""The sheets of a workbook of LibreOffice (.ods): what its fast reader leaves out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from briefing.errors import IntakeError
from briefing.intake.opening import limits
from briefing.intake.opening.surveys import Survey
from briefing.messages import Message

TAG = re.compile(
    rb"<(table:table-cell|table:covered-table-cell|table:table-row|table:table|/table:table)"
    rb"(?=[ >/])([^>]*)>"
)
REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d+)"')
SPANNED = re.compile(rb'table:number-(rows|columns)-spanned="(\d+)"')
FORMULA = re.compile(rb'table:formula="([^"]*)"')
HIDDEN = re.compile(rb'table:visibility="(?:collapse|filter)"')
ERROR = b'calcext:value-type="error"'
TEXT = re.compile(rb"<text:p[^>]*>([^<]+)<")
MOST_REPEATED = 10_000  # an error or a merged range is not written out more often


def surveys(content: bytes) -> list[Survey]:
    """Every sheet in the workbook's order.

    Raises:
        IntakeError: `file_encrypted`, `file_too_large`.
        KeyError, ValueError: The workbook is damaged.
    """
    archive = zipfile.ZipFile(io.BytesIO(content))
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        raise IntakeError("file_encrypted", Message("the file is protected by a password"))
    if archive.getinfo("content.xml").file_size > limits.MAX_XML:
        limit = {"mb": limits.MAX_XML >> 20}
        raise IntakeError("file_too_large", Message("the file is larger than {mb} MB", limit))
    return list(_walk(archive.read("content.xml")))


@dataclass
class _Sheet:
    """What has been met of one sheet so far."""

    row: int = -1  # the last row begun, and how many rows alike it stands for
    alike: int = 1
    column: int = 0
    rows: int = 0
    columns: int = 0
    texts: list[tuple[int, int, str]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def begin_row(self, attributes: bytes) -> None:
        self.row += self.alike if self.row >= 0 else 1
        self.alike = _times(attributes)
        self.column = 0
        if b"visibility" in attributes and HIDDEN.search(attributes):
            self.hidden.update(range(self.row, self.row + min(self.alike, MOST_REPEATED)))

    def put(self, attributes: bytes, times: int, text: str) -> None:
        """A cell that holds anything."""
        self.rows = self.row + self.alike
        self.columns = max(self.columns, self.column + times)
        if text:
            below = range(self.row, self.row + min(self.alike, MOST_REPEATED))
            beside = range(self.column, self.column + min(times, MOST_REPEATED))
            self.texts += [(row, column, text) for row in below for column in beside]

    def merge(self, attributes: bytes) -> None:
        spans = {name: int(count) for name, count in SPANNED.findall(attributes)}
        height, width = spans.get(b"rows", 1), spans.get(b"columns", 1)
        if height > 1 or width > 1:
            last = self.row + height - 1, self.column + width - 1
            self.merged.append((self.row, self.column, *last))

    def survey(self) -> Survey:
        texts, hidden = tuple(self.texts), frozenset(self.hidden)
        return Survey(self.rows, self.columns, texts, hidden, tuple(self.merged))


def _walk(xml: bytes) -> Iterator[Survey]:
    sheet = _Sheet()
    depth = 0
    for match in TAG.finditer(xml):
        tag, attributes = match.groups()
        if tag == b"table:table":
            depth += 1
            sheet = _Sheet() if depth == 1 else sheet
        elif tag == b"/table:table":
            depth -= 1
            if depth == 0:
                yield sheet.survey()
        elif depth > 1:  # a table inside a cell or a drawing
            continue
        elif tag == b"table:table-row":
            sheet.begin_row(attributes)
        elif b"table:n" in attributes or b"table:f" in attributes:
            _cell(sheet, attributes, xml, match.end())
        else:  # neither repeated nor merged nor a formula, as nearly every cell is
            sheet.column += 1
            if b"office:v" in attributes:
                sheet.rows = sheet.row + sheet.alike
                if sheet.columns < sheet.column:
                    sheet.columns = sheet.column


def _cell(sheet: _Sheet, attributes: bytes, xml: bytes, end: int) -> None:
    times = _times(attributes)
    formula = b"table:formula" in attributes
    if b"office:value-type" in attributes or formula:
        text = ""
        if formula or ERROR in attributes:
            text = _left_out(attributes, xml, end)
        sheet.put(attributes, times, text)
    if b"-spanned" in attributes:
        sheet.merge(attributes)
    sheet.column += times


def _left_out(attributes: bytes, xml: bytes, at: int) -> str:
    """The sign of an error, or the formula of a cell that holds no value."""
    alone = attributes.endswith(b"/")
    inside = b"" if alone else xml[at : xml.find(b"</table:table-cell>", at)]
    if ERROR in attributes:
        shown = TEXT.search(inside)
        return unescape(shown[1].decode("utf-8", "replace")) if shown else "#ERROR!"
    if b"office:value-type" in attributes or b"<text:p" in inside:
        return ""
    formula = FORMULA.search(attributes)
    text = unescape(formula[1].decode("utf-8", "replace")) if formula else ""
    return "=" + text.partition("=")[2]


def _times(attributes: bytes) -> int:
    """How many rows or cells alike an element stands for."""
    if b"-repeated" not in attributes:
        return 1
    found = REPEATED.search(attributes)
    return max(1, int(found[1])) if found else 1
