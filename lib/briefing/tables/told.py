"""Figures told by telephone: reports without a file, whose source is the entry that notes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from briefing.params import Campaign
from briefing.params.corrections import FILE, Correction

READING = "told"


def with_told(
    reports: pd.DataFrame, known: Iterable[Correction]
) -> tuple[pd.DataFrame, dict[int, int]]:
    """The register's reports, and below them those that were told.

    One counts as received when it was told, or, where that is not noted, from when its entry is
    known.

    Args:
        reports: The register's view, received_at local.
        known: Entries, of any kind.

    Returns:
        `reports` with `told` (boolean), indexed on; and entry → the report that it is.
    """
    entries = [one for one in known if one.told]
    out = reports.assign(told=False)
    if not entries:
        return out, {}
    first = 0 if out.empty else int(out.index.max()) + 1
    numbers = {one.entry: first + n for n, one in enumerate(entries)}
    records = [_report(one) for one in entries]
    frame = pd.DataFrame(records, columns=list(out.columns), index=list(numbers.values()))
    frame["received_at"] = pd.to_datetime(frame["received_at"], utc=True)
    frame["report_date"] = pd.to_datetime(frame["report_date"])
    frame["received_at"] = frame["received_at"].dt.tz_convert(out["received_at"].dt.tz)
    return pd.concat([out, frame.astype(out.dtypes)]), numbers


def named(reports: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """The reports with the names of those who told theirs, as the params have them."""
    called = pd.concat([
        campaign.communes.set_index("unit_code")["full_name"],
        campaign.agencies.set_index("agency_code")["name"],
    ])  # fmt: skip
    names = reports["unit_code"].map(called).astype("string")
    return reports.assign(unit_name=reports["unit_name"].mask(reports["told"], names))


def _report(one: Correction) -> dict[str, Any]:
    daily = "installs_cumulative" in one.told
    place = f"entry {one.entry}"
    return {
        "file": f"params/{FILE}",
        "member": "",
        "sha256": "",
        "part": one.entry,
        "form": "mau02" if daily else "mau01",
        "unit_code": one.unit_code,
        "unit_name": "",
        "report_date": one.report_date,
        "reading": READING if daily else None,
        "reading_confidence": "high" if daily else None,
        "rows_read": 0,
        "rows_used": 0,
        "rows_set_aside": 0,
        "letter": "",
        "joined_to": "",
        "usable": True,
        "blank": False,
        "received_at": one.received_at or one.known_from,
        "sources": dict.fromkeys(one.told, place),
        "rules": {"installs_cumulative": READING} if daily else {},
        "candidates": {},
        "days": {},
        "may_be": (),
        "vouched": False,
        "silenced": False,
        "told": True,
        **one.told,
    }
