"""A campaign of four communes, small enough to add up by hand, and reports about it."""

from __future__ import annotations

import csv
import pickle
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from briefing.catalog.rules import CASES
from briefing.intake.parsers.phones import hash_phones
from briefing.intake.submission import Said
from briefing.language import current_language
from briefing.messages import Message
from briefing.params import Campaign
from briefing.params.corrections import Correction
from briefing.register.view import FINDING_TYPES, View
from briefing.tables import Day, build

AN, BINH, CAT, DONG = "00001", "00002", "00003", "00004"
NAMES = {AN: "An Bình", BINH: "Bình Minh", CAT: "Cát Tường", DONG: "Đông Hải"}
DENOMINATOR = {AN: 100, BINH: 200, CAT: 50, DONG: 400}
BODIES = {"CQ1": "Phòng Nội vụ", "CQ2": "Phòng Tư pháp"}

CAMPAIGN = """
code: tiny
name: {vi: Chiến dịch nhỏ, en: A small campaign}
app_name: App
area: {code: T, name: {vi: thị xã, en: the town}, whole: {vi: toàn thị xã, en: the whole town}}
terms:
  units: {vi: "xã, phường", en: communes}
  one_unit: {vi: "xã, phường", en: commune}
  agencies: {vi: "cơ quan, đơn vị", en: agencies}
  rate: {vi: tỷ lệ, en: rate}
  done: {vi: đã cài, en: installed}
  owners: {vi: có điện thoại, en: smartphone owners}
timezone: Asia/Ho_Chi_Minh
dates: {start: 2021-08-15, end: 2021-08-25}
reporting: {from: 2021-08-16, to: 2021-08-19, deadline: "15:00"}
targets:
  - {coverage: 0.60, date: 2021-08-18}
  - {coverage: 0.90, date: 2021-08-20}
body_reporting: {due: 2021-08-19, target: 1.0}
denominator_note: {vi: giả định, en: assumed}
letterhead: {parent: UBND, issuer: PHÒNG, place: Đây}
"""


def params_folder(
    folder: Path,
    campaign_yaml: str = CAMPAIGN,
    *,
    names: Mapping[str, str] = NAMES,
    denominator: Mapping[str, int] = DENOMINATOR,
    adults: Mapping[str, int] | None = None,
    place_denominator: Mapping[tuple[str, str], int] | None = None,
    parents: Mapping[str, str] | None = None,
    bodies: Iterable[Sequence[str]] = tuple((*a, "Phòng, ban") for a in BODIES.items()),
) -> Path:
    """A whole params folder; headings are those of the project's own.

    Args:
        names, owners, adults: Of the communes, by code.
        place_denominator: By code and hamlet.
        parents: What communes lie in, by code; else the whole.
        agencies: Code, name and sector of each.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.yaml").write_text(campaign_yaml, encoding="utf-8")
    _write(
        folder / "communes.csv",
        "unit_code,name,type,full_name,short_label,population,smartphone_owners,"
        "smartphone_owners_status,parent,adults",
        [
            [u, n, "Xã", f"Xã {n}", n, 900, denominator[u], "assumed", (parents or {}).get(u, "T"),
             (adults or {}).get(u, "")]
            for u, n in names.items()
        ],
    )  # fmt: skip
    _write(
        folder / "hamlets.csv",
        "unit_code,hamlet,kind,label,smartphone_owners",
        [
            [unit, n, "thôn", f"Thôn {n}", (place_denominator or {}).get((unit, n), "")]
            for unit in names
            for n in ("1", "2", "3", "4")
        ],
    )
    _write(folder / "agencies.csv", "agency_code,name,sector", [[*body] for body in bodies])
    with (Path(__file__).parents[2] / "params/aliases.csv").open(encoding="utf-8-sig") as stream:
        headings = [[*row] for row in csv.reader(stream) if row[0] == "header"]
    _write(folder / "aliases.csv", "kind,target,alias", headings)
    return folder


def _write(path: Path, head: str, rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([head.split(","), *rows])


def campaign(folder: Path) -> Campaign:
    return Campaign.load(params_folder(folder / "params"))


def moment(text: str) -> pd.Timestamp:
    """`17 14:30` is 17 August 2021, 14:30, as the office's clock shows it."""
    day, clock = text.split()
    return pd.Timestamp(f"2021-08-{day}T{clock}", tz="Asia/Ho_Chi_Minh")


def day(number: int) -> date:
    return date(2021, 8, number)


def days(*numbers: int) -> pd.DatetimeIndex:
    return pd.DatetimeIndex([f"2021-08-{n:02}" for n in numbers], name="report_date")


def report(
    unit: str | None,
    about: int | None,
    at: str,
    numerator: int | None = None,
    *,
    form: str | None = "mau02",
    rows: int = 5,
    letter: str | None = None,
    reading: str = "per_person",
    **facts: Any,
) -> dict[str, Any]:
    """One report as the register keeps it. `about`: day of August; `at`: see `moment`."""
    file = f"{about}/{unit} {at}.xlsx"
    return {
        "file": file,
        "member": "",
        "sha256": f"sha of {file}",
        "part": 0,
        "form": form,
        "owed_by": {"mau02": "units", "mau01": "bodies"}.get(form or ""),
        "unit_code": unit,
        "unit_name": NAMES.get(unit or "", ""),
        "report_date": day(about) if about else None,
        "reading": reading if numerator is not None else None,
        "reading_confidence": "high" if numerator is not None else None,
        "rows_read": rows,
        "rows_used": rows,
        "rows_set_aside": 0,
        "letter": letter or file,
        "joined_to": "",
        "usable": numerator is not None or "staff_numerator" in facts,
        "blank": form == "mau02" and rows == 0,
        "numerator_cumulative": numerator,
        "received_at": moment(at),
        "sources": {"numerator_cumulative": "Sheet1!E12:E16", "staff_numerator": "paragraph 7"},
        "days": {},
        "may_be": (),
        **facts,
    }


FACTS = {
    "numerator_cumulative": "Int64", "numerator_new": "Int64", "distinct_phones": "Int64",
    "denominator_reported": "Int64",
    "staff_total": "Int64", "staff_denominator": "Int64", "staff_numerator": "Int64",
    "qr_code": "string", "qr_creator_phone": "string", "qr_photo": "boolean",
}  # fmt: skip
TEXTS = (
    "file", "member", "sha256", "form", "owed_by", "unit_code", "unit_name", "reading",
    "reading_confidence",
)  # fmt: skip
KEYS = [*report(AN, 16, "16 14:00")]


def reports(*records: Mapping[str, Any]) -> pd.DataFrame:
    """The register's frame of reports, with its types."""
    frame = pd.DataFrame([*records], columns=list(dict.fromkeys([*KEYS, *FACTS])))
    types = (
        FACTS
        | dict.fromkeys([*TEXTS, "letter", "joined_to"], "string")
        | dict.fromkeys(["usable", "blank"], "boolean")
    )
    received = pd.to_datetime(frame["received_at"], utc=True).dt.as_unit("us")
    return frame.astype(types).assign(
        path=frame["file"].astype("string"),
        inside=frame["member"].astype("string"),
        names=pd.Series([{} for _ in range(len(frame))], index=frame.index, dtype=object),
        report_date=pd.to_datetime(frame["report_date"]),
        received_at=received.dt.tz_convert("Asia/Ho_Chi_Minh"),
    )


def rows(*records: Mapping[str, Any]) -> pd.DataFrame:
    """The register's frame of rows: `report` and what is given of the others.

    Any text stands for a person or a phone.
    """
    types = {
        "report": "int64", "cell": "string", "person": "UInt64", "phone": "UInt64",
        "place": "string", "value": "Int64", "used": "boolean",
    }  # fmt: skip
    told = [{"used": True, **r, **_hashed(r)} for r in records]
    return pd.DataFrame(told, columns=list(types), dtype=object).astype(types)


def _hashed(record: Mapping[str, Any]) -> dict[str, int | None]:
    """Whatever stands for a person or a phone, as the register has it."""
    names = [name for name in ("person", "phone") if pd.notna(record.get(name))]
    return dict(zip(names, hash_phones([record[name] for name in names], b"key"), strict=True))


def correction(entry: int = 1, **values: Any) -> Correction:
    """An entry of corrections.yaml as `Campaign.corrections` holds it; days as `day` gives them."""
    known = {
        "file": "", "unit_code": None, "report_date": None, "column": "numerator_cumulative",
        "found": None, "found_given": "found" in values, "value": None, "reason": "Gõ nhầm",
        "by": "CB", "when": day(25), "tz": ZoneInfo("Asia/Ho_Chi_Minh"),
    }  # fmt: skip
    return Correction(entry=entry, **{**known, **values})


def found(*records: Mapping[str, Any]) -> pd.DataFrame:
    """The register's findings; a text may be given as it is."""
    texts = ("message", "suggestion")
    told = [
        {"code": _first_case(one["rule"]), **one}
        | {"said": Said(*(_message(one.get(name, "said")) for name in texts))}
        for one in records
    ]
    return pd.DataFrame(told, columns=[*FINDING_TYPES]).astype(FINDING_TYPES)


def _first_case(rule: str) -> str:
    return next(code for code, case in CASES.items() if case.rule == rule)


def _message(text: Message | str) -> Message:
    return Message(text) if isinstance(text, str) else text


def view(*records: Mapping[str, Any], as_of: str | None = None) -> View:
    """What the register knows of these reports as of a moment, rows and findings left out."""
    come = [r for r in records if as_of is None or r["received_at"] <= moment(as_of)]
    return View(reports(*come), rows(), found())


_BUILT: dict[tuple, Day] = {}


def build_once(view: View, campaign: Campaign, day: date, *, as_of: datetime | None = None) -> Day:
    """As `build`, once for the same reports, campaign and language; not to be changed."""
    known = pickle.dumps((view.reports, view.rows, view.findings))
    key = (known, campaign.model_dump_json(), day, as_of, current_language())
    if key not in _BUILT:
        _BUILT[key] = build(view, campaign, day, as_of=as_of)
    return _BUILT[key]


def assert_table(actual: pd.DataFrame, expected: Mapping[str, list[Any]]) -> None:
    """Every cell of the columns that `expected` names; texts stand for dates and moments."""
    wanted = pd.DataFrame({**expected}, dtype=object)
    for name in wanted:
        dtype = actual[name].dtype
        if isinstance(dtype, pd.DatetimeTZDtype):
            wanted[name] = pd.Series(
                [moment(v) if v else pd.NaT for v in wanted[name]], dtype=dtype
            )
        elif pd.api.types.is_datetime64_any_dtype(dtype):
            wanted[name] = pd.Series(
                [pd.Timestamp(2021, 8, v) if v else pd.NaT for v in wanted[name]]
            )
        wanted[name] = wanted[name].astype(dtype)
    pd.testing.assert_frame_equal(actual[[*wanted]].reset_index(drop=True), wanted)
