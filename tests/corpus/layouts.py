"""One table laid out in any format: its bytes, and where each of its cells then stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.mail import archive, eml
from tests.corpus.makers.pdf import pdf
from tests.corpus.makers.word import Inside, docx
from tests.corpus.makers.workbooks import ods, xls, xlsb, xlsx, xml2003
from tests.corpus.paper import HEAD_ROW, Row, lines, moved

Address = Callable[[int, int], str]  # row and column of the form, from 0


@dataclass(frozen=True)
class Laid:
    """A file, and the address that a cell of the form has in it."""

    file: str
    content: bytes
    where: Address


def in_workbook(make: Callable[[Any], bytes], ending: str, down: int, right: int) -> Callable:
    def lay(rows: Sequence[Row], hidden: Iterable[int] = ()) -> Laid:
        """`hidden`: rows, from 0, that are hidden by hand."""

        def where(row: int, column: int) -> str:
            return f"Sheet1!{chr(ord('A') + column + right)}{row + down + 1}"

        content = make(moved(rows, down=down, right=right), hidden=[r + down + 1 for r in hidden])
        return Laid(f"bao cao.{ending}", content, where)

    return lay


def in_text(by: str, encoding: str) -> Callable:
    def lay(rows: Sequence[Row]) -> Laid:
        content = delimited(rows, by=by, encoding=encoding)
        return Laid("bao cao.csv", content, lambda r, c: f"line {r + 1}, column {c + 1}")

    return lay


def in_document(rows: Sequence[Row]) -> Laid:
    above, table = lines(rows[: HEAD_ROW - 1]), rows[HEAD_ROW - 1 :]
    return Laid("bao cao.docx", docx(*above, _filled(table)), _of_table("1"))


def in_nested_table(rows: Sequence[Row]) -> Laid:
    above, table = lines(rows[: HEAD_ROW - 1]), rows[HEAD_ROW - 1 :]
    return Laid("bao cao.docx", docx(*above, Inside(_filled(table))), _of_table("1.1"))


def in_pages(rows: Sequence[Row]) -> Laid:
    above = [value for row in rows[: HEAD_ROW - 1] for value in row if value is not None]
    table = _filled(rows[HEAD_ROW - 1 :])
    content = pdf(above, table, height=600, widths=[260 // len(table[0])] * len(table[0]))
    return Laid("bao cao.pdf", content, _of_table("1", "page 1, "))


def _filled(rows: Sequence[Row]) -> list[Row]:
    width = max(map(len, rows))
    return [[*row, *[None] * (width - len(row))] for row in rows]


def _of_table(number: str, page: str = "") -> Address:
    return lambda r, c: f"{page}table {number}, row {r - HEAD_ROW + 2}, column {c + 1}"


def zipped(lay: Callable) -> Callable:
    def lay_inside(rows: Sequence[Row]) -> Laid:
        laid = lay(rows)
        return Laid("bao cao.zip", archive({laid.file: laid.content}), laid.where)

    return lay_inside


def mailed(lay: Callable) -> Callable:
    def lay_inside(rows: Sequence[Row]) -> Laid:
        laid = lay(rows)
        return Laid("thu.eml", eml("Gửi.", {laid.file: laid.content}), laid.where)

    return lay_inside


MAKERS = {
    "xlsx": xlsx,
    "xlsm": partial(xlsx, shared=True, macros=True),
    "xls": xls,
    "xlsb": xlsb,
    "ods": ods,
    "xml": xml2003,
}
WORKBOOKS = {
    f"{ending}-{down}-{right}": in_workbook(make, ending, down, right)
    for ending, make in MAKERS.items()
    for down, right in ((0, 0), (7, 0), (2, 4))
}
TEXTS = {
    f"csv-{by}-{encoding}": in_text(by, encoding)
    for by in (";", ",", "|", "\t")
    for encoding in ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1258")
}
LAYOUTS: dict[str, Callable[[Sequence[Row]], Laid]] = {
    **WORKBOOKS,
    **TEXTS,
    "docx": in_document,
    "docx-nested": in_nested_table,
    "pdf": in_pages,
    "zip": zipped(WORKBOOKS["xlsx-0-0"]),
    "eml": mailed(in_document),
}
