"""A province of three levels, small enough to add up by hand: two districts of two communes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

PROVINCE, AN_LAO, HOAI_AN = "BD", "AL", "HA"
AN_HOA, AN_TRUNG, AN_HOA_TOO, BOK_TOI = "21701", "21702", "21801", "21802"
"""Two communes are called An Hòa, one in each district."""

LEVELS = """
levels:
  - {code: province, vi: tỉnh, en: province}
  - {code: districts, vi: huyện, en: districts}
  - {code: communes, vi: xã, en: communes}
"""
CAMPAIGN = """
code: tiny-province
name: {vi: Chiến dịch nhỏ, en: A small campaign}
app_name: App
area: {code: BD, name: {vi: tỉnh Bé, en: Small province}, whole: {vi: toàn tỉnh, en: the province}}
terms:
  units: {vi: xã, en: communes}
  rate: {vi: tỷ lệ, en: rate}
  done: {vi: đã cài, en: installed}
  owners: {vi: có điện thoại, en: smartphone owners}
timezone: Asia/Ho_Chi_Minh
dates: {start: 2021-08-15, end: 2021-08-25}
reporting: {from: 2021-08-16, to: 2021-08-19, deadline: "15:00"}
targets:
  - {coverage: 0.60, date: 2021-08-18}
  - {coverage: 0.90, date: 2021-08-20}
letterhead: {issuer: SỞ, place: Đây}
"""
UNITS = (
    (PROVINCE, "Bé", "province", "", "Tỉnh"),
    (AN_LAO, "An Lão", "districts", PROVINCE, "Huyện"),
    (HOAI_AN, "Hoài Ân", "districts", PROVINCE, "Huyện"),
    (AN_HOA, "An Hòa", "communes", AN_LAO, "Xã"),
    (AN_TRUNG, "An Trung", "communes", AN_LAO, "Xã"),
    (AN_HOA_TOO, "An Hòa", "communes", HOAI_AN, "Xã"),
    (BOK_TOI, "Bok Tới", "communes", HOAI_AN, "Xã"),
)
DENOMINATOR = {AN_HOA: 100, AN_TRUNG: 300, AN_HOA_TOO: 200, BOK_TOI: 400}


def province_folder(
    folder: Path,
    *,
    units: Iterable[Sequence[str]] = UNITS,
    denominator: Mapping[str, int] = DENOMINATOR,
    status: str = "official",
    campaign_yaml: str = CAMPAIGN + LEVELS,
) -> Path:
    """A params folder of units with parents, without agencies.

    Args:
        units: Code, name, level, parent and type of each.
        owners: Denominator of units, by code.
        status: Of the denominators.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.yaml").write_text(campaign_yaml, encoding="utf-8")
    write(folder / "units.csv", "code,name,level,parent,type", units)
    lines = [(code, "smartphone_owners", value, status) for code, value in denominator.items()]
    write(folder / "denominators.csv", "unit_code,denominator,value,status", lines)
    with (Path(__file__).parents[2] / "params/aliases.csv").open(encoding="utf-8-sig") as stream:
        headings = [[*row] for row in csv.reader(stream) if row[0] == "header"]
    write(folder / "aliases.csv", "kind,target,alias", headings)
    return folder


def many(folder: Path, count: int) -> Path:
    """The folder of two districts of `count` communes each, AL00, … and HA00, …, of 100 owners."""
    codes = {code: [f"{code}{n:02}" for n in range(count)] for code in (AN_LAO, HOAI_AN)}
    units = [
        *UNITS[:3],
        *((code, code, "communes", parent, "Xã") for parent, own in codes.items() for code in own),
    ]
    denominator = {code: 100 for own in codes.values() for code in own}
    return province_folder(folder, units=units, denominator=denominator)


def write(path: Path, head: str, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([head.split(","), *rows])
