"""Whether a sheet of the annex holds its table: each cell against the value that it is made of."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from briefing.catalog.figures import FIGURES, figure_of
from briefing.catalog.naming import HOLD_NAMES, WORD
from briefing.documents.annex.sheet import HEAD_ROW
from briefing.documents.annex.words import word
from briefing.params import Campaign

STATUS = {
    "on_time": "đúng hạn", "late": "trễ hạn", "missing": "chưa báo cáo",
    "empty": "không có số liệu mới", "unreadable": "đã nhận, chưa dùng được",
    "not_due": "chưa đến hạn", "open": "chờ xác minh", "overtaken": "đã vượt mức cũ",
}  # fmt: skip
WORDS = {
    "status": STATUS,
    "status_now": STATUS,
    "outlook": {
        "reached": "đã đạt", "on_track": "kịp tiến độ", "behind": "chậm tiến độ",
        "out_of_reach": "nguy cơ không đạt", "missed": "không đạt", "unknown": "chưa đủ số liệu",
    },
    "ask": {
        "report": "gửi số liệu", "install": "vận động thêm người", "check": "kiểm tra lại số liệu",
    },
    "outcome": {
        "done": "hoàn thành", "partly": "đang thực hiện", "nothing": "chưa chuyển biến",
        "waiting": "chờ số liệu",
    },
    "verdict": {
        "used": "được dùng", "superseded": "đã thay bằng bản mới hơn", "rejected": "để riêng",
    },
    "severity": {"error": "lỗi", "warning": "cần kiểm tra", "info": "ghi nhận"},
    "reading_confidence": {"high": "chắc chắn", "low": "chưa chắc chắn"},
    "table": {
        "communes": "Xã, phường", "town": "Toàn thị xã", "agencies": "Cơ quan, đơn vị",
        "hamlets": "Thôn, khu phố", "period": "Kỳ báo cáo", "period_units": "Từng đơn vị trong kỳ",
    },
    "form": {"mau01": "Mẫu 01", "mau02": "Mẫu 02"},
    "reached_params": {"True": "có", "False": "không"},
    "reached_reported": {"True": "có", "False": "không"},
}  # fmt: skip
"""Words of the sheets, as the office reads them; other codes as `annex.words` says them."""
OF_ITS_ROW = {"trace": {"value"}, "changes": {"known_then", "known_now"}}
"""Columns of a table whose values are of the column that the row names."""
DIGITS = 16  # of a hash
NAMING = Campaign.load(Path(__file__).parents[2] / "params").naming


def opened(path: Path) -> pd.DataFrame:
    """A published table, as written."""
    return pd.read_csv(path, encoding="utf-8-sig", dtype=str)


def differences(name: str, table: pd.DataFrame, sheet: Worksheet) -> dict[str, tuple[Any, Any]]:
    """Where a sheet differs from its table: cell → what it holds, and what it should.

    Args:
        name: Of the table among the published ones.
    """
    name, table = NAMING.inside(name), table.rename(columns=NAMING.inside)
    wanted = {(HEAD_ROW, n): figure_of(column, name).heading for n, column in enumerate(table, 1)}
    if table.empty:
        wanted[HEAD_ROW + 1, 1] = "Không có."
    for number, row in enumerate(table.to_dict("records"), HEAD_ROW + 1):
        for place, (column, value) in enumerate(row.items(), 1):
            own = NAMING.inside(row["column"]) if column in OF_ITS_ROW.get(name, ()) else column
            wanted[number, place] = None if pd.isna(value) else _typed(name, own, value)
    rows = sheet.iter_rows(min_row=HEAD_ROW)
    held = {(cell.row, cell.column): cell.value for row in rows for cell in row}
    return {
        f"{get_column_letter(place[1])}{place[0]}": (held.get(place), wanted.get(place))
        for place in sorted(held.keys() | wanted.keys())
        if held.get(place) != wanted.get(place)
    }


def _inside(text: str) -> str:
    """A name, or a formula of such, as it is called inside."""
    return WORD.sub(lambda found: NAMING.inside(found[0]), text)


def _typed(name: str, column: str, value: str) -> Any:
    """A value of a table as its sheet holds it; tables have six decimal places."""
    kind = FIGURES[column].kind
    if kind in ("count", "share", "pace", "points"):
        times = 100 if kind == "points" else 1
        return pytest.approx(float(value) * times, rel=0, abs=times * 1e-6)
    if kind in ("day", "moment"):
        return datetime.fromisoformat(value).replace(tzinfo=None)
    if kind in ("code", "yes_no"):
        code = _inside(value) if column in HOLD_NAMES else value
        return WORDS[column][value] if column in WORDS else word(name, column, code)
    return value[:DIGITS] if column == "sha256" else value
