"""Which rows under the head of Mẫu 02 are data, which are totals, and which are neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from briefing.intake.forms import TableHead, is_repeated_head
from briefing.intake.numbers import Number, parse_number
from briefing.intake.phones import parse_phone
from briefing.intake.text import clean, fold
from briefing.intake.vocabulary import Vocabulary

MARKS = {"x", "✓", "✔", "√", "v", "co", "da cai", "da cai dat", "1", "roi"}
SIGNATURE = re.compile(
    r"^(nguoi (lap|bao cao|tong hop|viet|thuc hien)|(tm|kt|tl|tuq) |thu truong|(pho )?chu tich"
    r"|ghi chu|noi nhan|luu (vt|tru)|ky ten|ky ghi ro|xac nhan)"
)
GROUP_NUMBER = re.compile(r"[IVX]{1,5}|[A-E]")  # of a subheading, where persons have 1, 2, 3
COLUMN_NUMBER = re.compile(r"[(\[]?\s*(\d{1,2}|[A-E])\s*[)\]]?(\s*=.*)?")
FEWEST_COLUMNS = 3  # numbered, that make a row of column numbers

Kind = Literal["numbered", "reachable", "counted", "named", "total", "signature", "other"]
ALWAYS: set[Kind] = {"numbered", "reachable"}  # data wherever they stand, also below a total
Values = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What stands under a head.

    Attributes:
        data: Each data row: its number, and its values by field.
        total: What the row of totals says (persons), `None` without one.
        total_cell: Where.
    """

    data: list[tuple[int, Values]]
    total: int | None = None
    total_cell: str = ""


def find_rows(head: TableHead, words: Vocabulary) -> Found:
    """The data rows under a head, and the total.

    A row that carries a serial number or a phone is data. One with a count or a name alone is
    data too, but not below the last row of totals nor below a signature, where remarks stand; a
    name alone must have data below it or stand right under data.
    """
    rows = [(row, _values(head, row), _kind(head, row, words)) for row in _under(head, words)]
    closing = _closing([kind for _row, _values, kind in rows])
    persons = any(kind == "numbered" for _row, _values, kind in rows)
    last = max((i for i, (_r, _v, kind) in enumerate(rows) if kind in ALWAYS), default=-1)
    data: list[tuple[int, Values]] = []
    for i, (row, values, kind) in enumerate(rows):
        if kind in ("total", "signature", "other") or (kind not in ALWAYS and i > closing):
            continue
        if kind == "counted" and persons and _is_group(values):
            continue
        if kind == "named" and i > last and not (data and data[-1][0] == row - 1):
            continue
        data.append((row, values))
    total, cell = _total(head, [row for row, _values, kind in rows if kind == "total"], words)
    return Found(data, total, cell)


def _under(head: TableHead, words: Vocabulary) -> list[int]:
    """Rows under the head that are neither blank, nor the head again, nor column numbers."""
    grid = head.grid
    return [
        row
        for row in range(head.first_row, len(grid.cells))
        if any(value not in ("", None) for value in grid.cells[row])
        and not is_repeated_head(grid, row, head, words)
        and not _numbers_the_columns(head, row)
    ]


def _values(head: TableHead, row: int) -> Values:
    return {name: head.grid.value(row, column) for name, column in head.columns.items()}


def _kind(head: TableHead, row: int, words: Vocabulary) -> Kind:
    values = _values(head, row)
    texts = {name: text for name, value in values.items() if (text := clean(value))}
    numbered = texts.get("stt", "").rstrip(".)").isdigit() and len(texts) > 1
    phone = texts.get("so_dien_thoai", "")
    reachable = len(texts) > 1 and _like_a_phone(phone)
    if not numbered and parse_phone(values.get("so_dien_thoai")).status != "ok":
        cells = [value for value in head.grid.cells[row] if isinstance(value, str) and value]
        if any(map(words.is_total, cells)):
            return "total"
        if any(SIGNATURE.match(fold(cell)) for cell in cells):
            return "signature"
    if numbered or reachable:
        return "numbered" if numbered else "reachable"
    if isinstance(parse_number(values.get("luy_ke")), Number) or is_marked(values.get("luy_ke")):
        return "counted"
    named = "ho_ten" in texts and ("dia_chi" in texts or bool(phone))
    return "named" if named else "other"


def is_marked(value: object) -> bool:
    """Whether a cell says “yes”: x, ✓, có, 1."""
    text = clean(value)
    return text in MARKS or fold(text) in MARKS


def _like_a_phone(text: str) -> bool:
    """More digits than letters, as in a number that was at least meant to be one."""
    digits = sum(char.isdigit() for char in text)
    return digits > sum(char.isalpha() for char in text) and digits > 3


def _is_group(values: Values) -> bool:
    """Whether a row heads a group of rows (“I. Khu phố 1 … 120”): its count is theirs."""
    return bool(GROUP_NUMBER.fullmatch(clean(values.get("stt")).rstrip(".)")))


def _closing(kinds: list[Kind]) -> int:
    """The place of the row that closes the table: the last total, or a signature before it."""
    data = [i for i, kind in enumerate(kinds) if kind in ("numbered", "reachable", "counted")]
    ends = [i for i, kind in enumerate(kinds) if kind == "total" and data and i > data[0]]
    signed = [i for i, kind in enumerate(kinds) if kind == "signature"]
    return min([*ends[-1:], *signed[:1]], default=len(kinds))


def _numbers_the_columns(head: TableHead, row: int) -> bool:
    """Whether a row counts the columns: (1) (2) (3), A B 1 2 3."""
    line = head.grid.cells[row]
    first = next((value for value in line if value not in ("", None)), None)
    if clean(first).strip("([ )]") not in ("1", "A"):
        return False
    texts = [text for value in line if (text := clean(value))]
    found = [COLUMN_NUMBER.fullmatch(text) for text in texts]
    if len(found) < FEWEST_COLUMNS or not all(found):
        return False
    numbers = [int(match[1]) for match in found if match and match[1].isdigit()]
    letters = [match[1] for match in found if match and not match[1].isdigit()]
    return numbers == list(range(1, len(numbers) + 1)) and letters == sorted(set(letters))


def _total(head: TableHead, rows: list[int], words: Vocabulary) -> tuple[int | None, str]:
    """The total of the whole table and its cell: its last grand total, else its only total."""
    grand = [row for row in rows if any(map(words.is_grand_total, head.grid.cells[row]))]
    for row in reversed(grand or (rows if len(rows) == 1 else [])):
        number, column = _total_value(head, row, words)
        if number is not None:
            return number, head.grid.where(row, column)
    return None, ""


def _total_value(head: TableHead, row: int, words: Vocabulary) -> tuple[int | None, int]:
    """The total under Lũy kế, or behind its label; else, where a merged cell moved it, the last."""
    wanted = head.columns.get("luy_ke", head.columns.get("trong_ngay", 0))
    others = {head.columns.get(name) for name in ("trong_ngay", "ghi_chu")} - {wanted}
    line = head.grid.cells[row]
    if (number := _count(head.grid.value(row, wanted))) is not None:
        return number, wanted
    for column, value in enumerate(line):
        behind = words.is_grand_total(value) and re.search(r"\d[\d., ]*", clean(value))
        if behind:
            return _count(behind[0].strip(" .,")), column
    for column in reversed(range(len(line))):
        if column not in others and (number := _count(line[column])) is not None:
            return number, column
    return None, wanted


def _count(value: object) -> int | None:
    number = parse_number(value)
    return int(number.value) if isinstance(number, Number) and number.kind == "count" else None
