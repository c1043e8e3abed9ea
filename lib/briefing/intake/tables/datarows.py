"""Which rows under the head of the list are data, which are totals, and which are neither."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from briefing.intake.detection.forms import TableHead, is_repeated_head
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.nil import is_increase, is_marked
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.phones import parse_phone
from briefing.intake.parsers.text import clean, fold
from briefing.intake.tables.rows import (
    DataRows,
    TotalRow,
    count_of,
    is_carried,
    rows_under,
    total_row,
)

SIGNATURE = re.compile(
    r"^(nguoi (lap|bao cao|tong hop|viet|thuc hien)|(tm|kt|tl|tuq) |thu truong|(pho )?chu tich"
    r"|ghi chu|noi nhan|luu (vt|tru)|ky ten|ky ghi ro|xac nhan)"
)
GROUP_NUMBER = re.compile(r"[IVX]{1,5}|[A-E]")  # of a subheading, where persons have 1, 2, 3
GROUP_NAME = re.compile(r"^(thon|khu pho|kp|to|xom|khoi|ap|dia ban|khu vuc)\b")
COLUMN_NUMBER = re.compile(r"[(\[]?\s*+(\d{1,2}|[A-E])\s*+[)\]]?(\s*+=.*)?")
FEWEST_COLUMNS = 3  # numbered, that make a row of column numbers
NEARLY = 0.2  # of the sum, by which a total in the last row may be wrong
SHORTEST_NAME = 3  # characters; shorter, and a row is looked at twice
FIGURES = {"luy_ke", "trong_ngay", "so_denominator", "ty_le"}

Kind = Literal[
    "numbered", "reachable", "counted", "figure", "named", "total", "group", "signature", "other"
]
ALWAYS: set[Kind] = {"numbered", "reachable"}  # data wherever they stand, also below a total
DATA: set[Kind] = {"numbered", "reachable", "counted", "named"}


@dataclass(frozen=True)
class Found:
    """What stands under a head: the rows of data, and the totals in their order."""

    rows: DataRows
    totals: tuple[TotalRow, ...] = ()


def find_rows(head: TableHead, words: Vocabulary) -> Found:
    """The data rows under a head, and its rows of totals.

    A row that carries a serial number or a phone is data. One with a count or a name alone is
    data too, but not below the last row of totals nor below a signature, where remarks stand; a
    name alone must have data below it or stand right under data.
    """
    rows = rows_under(head)
    odd = {i: _kind(rows, i, head, words) for i in _not_plain(rows, words)}
    _name_sums(rows, odd)
    wanted = _wanted(rows, odd)
    above, totals = 0, []
    before = 0
    for i, kind in sorted(odd.items()):
        above, before = above + sum(wanted[before:i]), i
        if kind in ("total", "figure", "group"):
            totals.append(total_row(rows, i, above, words, kind))
    return Found(rows if all(wanted) else rows.only(wanted), tuple(totals))


def _not_plain(rows: DataRows, words: Vocabulary) -> list[int]:
    """Rows that are not at a glance a numbered or reachable person's; nearly all rows are."""
    nothing = [None] * len(rows)
    numbers, phones = (rows.values.get(field, nothing) for field in ("stt", "so_dien_thoai"))
    names = rows.values.get("ho_ten") or rows.values.get("dia_chi", nothing)
    return [
        i
        for i, (number, name, phone) in enumerate(zip(numbers, names, phones, strict=True))
        if not (
            type(name) is str
            and len(name) >= SHORTEST_NAME
            and (_is_number(number) or (_is_digits(phone) and len(phone) == 10))
            and (phone or name[0] not in "TtCc" or not _is_total_name(name, words))
        )
    ]  # fmt: skip


def _is_number(value: object) -> bool:
    return type(value) is float or type(value) is int or _is_digits(value)


def _is_digits(value: object) -> bool:
    return type(value) is str and value.isdigit()


def _is_total_name(name: str, words: Vocabulary) -> bool:
    """Whether a numbered row without a phone is a total all the same; “Công” is somebody's name."""
    return words.is_grand_total(name) and (" " in name.strip() or words.is_total(f"{name} ."))


def _kind(rows: DataRows, i: int, head: TableHead, words: Vocabulary) -> Kind:
    grid, row = rows.places[i]
    line = grid.cells[row]
    if (
        not any(value not in ("", None) for value in line)
        or is_repeated_head(grid, row, head, words)
        or _numbers_the_columns(line)
    ):
        return "other"
    texts = {name: text for name in rows.values if (text := clean(rows.value(name, i)))}
    numbered = texts.get("stt", "").rstrip(".)").isdigit() and len(texts) > 1
    phone = texts.get("so_dien_thoai", "")
    reachable = len(texts) > 1 and _like_a_phone(phone)
    placed = texts.keys() & {"so_dien_thoai", "dia_chi"}
    if numbered and not placed and _is_total_name(texts.get("ho_ten", ""), words):
        return "total"
    if not numbered and parse_phone(rows.value("so_dien_thoai", i)).status != "ok":
        cells = [value for value in line if isinstance(value, str) and value]
        if any(words.is_total(cell) or is_carried(cell) for cell in cells):
            return "total"
        if any(SIGNATURE.match(fold(cell)) for cell in cells):
            return "signature"
    if numbered or reachable:
        return "numbered" if numbered else "reachable"
    value = rows.value("luy_ke" if "luy_ke" in rows.columns else "trong_ngay", i)
    if isinstance(parse_number(value), Number) or is_marked(value) or is_increase(value):
        return "counted" if texts.keys() - FIGURES else "figure"
    place = texts.get("dia_chi", "")  # and not a moment or an amount that stands in that column
    named = "ho_ten" in texts and (bool(phone) or bool(place and not _like_a_phone(place)))
    return "named" if named else "other"


def _like_a_phone(text: str) -> bool:
    """More digits than letters, as in a number that was at least meant to be one, or a moment."""
    digits = sum(char.isdigit() for char in text)
    return digits > sum(char.isalpha() for char in text) and digits > 3


def _name_sums(rows: DataRows, odd: dict[int, Kind]) -> None:
    """Tell, among rows with a count alone, the sums from the data.

    Where the persons of a table have numbers or phones, a row with neither is the sum of a group
    when it is worded so, and a total when it says no more than a figure, or just what the rows
    above it add up to.
    """
    if len(odd) == len(rows) and not ALWAYS & set(odd.values()):
        odd |= {i: "counted" for i, kind in odd.items() if kind == "figure"}
        return
    for i in [i for i, kind in odd.items() if kind == "counted"]:
        if rows.value("so_dien_thoai", i) in ("", None):
            if _heads_a_group(rows, i):
                odd[i] = "group"
            elif _adds_up(rows, i, odd):
                odd[i] = "total"


def _heads_a_group(rows: DataRows, i: int) -> bool:
    """Whether a row heads a group of rows (“I. Khu phố 1 … 120”): its count is theirs."""
    number, name = clean(rows.value("stt", i)), fold(clean(rows.value("ho_ten", i)))
    if GROUP_NUMBER.fullmatch(number.rstrip(".")) or GROUP_NAME.match(fold(number)):
        return True
    return not number and "stt" in rows.values and bool(GROUP_NAME.match(name))


def _adds_up(rows: DataRows, i: int, odd: Mapping[int, Kind]) -> bool:
    """Whether a row without a number says what the rows above it add up to, or nearly."""
    if any(map(str.isdigit, clean(rows.value("stt", i)))):
        return False  # a number is a person's; a word, “T/cộng”, may stand there too
    above = [j for j in range(i) if odd.get(j, "numbered") in DATA]
    counts = [n for j in above if (n := count_of(rows.value("luy_ke", j))) is not None]
    stated = count_of(rows.value("luy_ke", i))
    if len(counts) < 2 or stated is None:
        return False
    last = not any(odd.get(j, "numbered") in DATA for j in range(i + 1, len(rows)))
    close = stated > max(counts) and abs(stated - sum(counts)) <= NEARLY * sum(counts)
    return stated == sum(counts) or (last and close and not clean(rows.value("dia_chi", i)))


def _wanted(rows: DataRows, odd: Mapping[int, Kind]) -> list[bool]:
    """Which rows are data."""
    wanted = [True] * len(rows)
    if not odd:
        return wanted
    closing = _closing(len(rows), odd)
    last = next((i for i in reversed(range(len(rows))) if odd.get(i, "numbered") in ALWAYS), -1)
    for i, kind in sorted(odd.items()):
        wanted[i] = kind in DATA and (kind in ALWAYS or i <= closing)
        if kind == "named" and i > last:
            wanted[i] = wanted[i] and i > 0 and wanted[i - 1]
    return wanted


def _closing(rows: int, odd: Mapping[int, Kind]) -> int:
    """The place of the row that closes the table: the last total, or a signature before it."""
    data = ALWAYS | {"counted"}
    first = next((i for i in range(rows) if odd.get(i, "numbered") in data), rows)
    ends = [i for i, kind in sorted(odd.items()) if kind in ("total", "figure") and i > first]
    signed = [i for i, kind in sorted(odd.items()) if kind == "signature"]
    return min([*ends[-1:], *signed[:1]], default=rows)


def _numbers_the_columns(line: Sequence[Any]) -> bool:
    """Whether a row counts the columns: (1) (2) (3), A B 1 2 3."""
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
