"""What is wrong: inside a report, and between a report and the days before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing import spoken
from briefing.messages import Message
from briefing.tables.reporting import SUPERSEDED, holds

if TYPE_CHECKING:
    from briefing.intake import Finding

COLUMNS = ["file", "unit_code", "severity", "rule", "where", "found", "message", "suggestion"]


def findings(
    day: date,
    judged: pd.DataFrame,
    inside: pd.DataFrame,
    units: pd.DataFrame,
    inbox: Iterable[Finding] = (),
) -> pd.DataFrame:
    """All that is to be said on one day, texts in the current language.

    Args:
        day: Findings of daily reports about this day count; those of reports of no known unit or
            about a day outside the campaign, and of agencies, count on every day.
        judged: Reports with `placed`, `verdict` and `copy`.
        inside: Findings inside reports: `report` and the fields of a finding.
        units: One row per unit on `day` with `report`, `status`, `installs_new`, `coverage`,
            `received_at`.
        inbox: What is wrong with the inbox itself, of no report.

    Returns:
        The contract's columns of findings.csv, errors first.
    """
    concerned = judged["report_date"].eq(pd.Timestamp(day)) | ~judged["placed"]
    own = inside[inside["report"].isin(judged.index[concerned])]
    own = own.join(judged[["file", "unit_code"]], on="report")
    today = judged[judged["report_date"].eq(pd.Timestamp(day))]
    between = pd.DataFrame([*_of_units(judged, units), *_of_reports(today)], columns=COLUMNS)
    general = pd.DataFrame([vars(f) | {"file": "received.csv"} for f in inbox], columns=COLUMNS)
    frame = pd.concat([own[COLUMNS], between, general], ignore_index=True)
    for name in ("message", "suggestion"):
        frame[name] = [str(text) for text in frame[name]]
    weight = frame["severity"].map({"error": 0, "warning": 1, "info": 2})
    order = frame.assign(weight=weight).sort_values(["weight", "unit_code", "file"], kind="stable")
    return frame.loc[order.index].reset_index(drop=True).astype("string")


def _of_units(judged: pd.DataFrame, units: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Between a unit's figure and the days before it, its denominator, the deadline."""
    for unit in units[units["report"].notna() & units["carried_from"].isna()].itertuples():
        file = judged.at[unit.report, "file"]
        if pd.notna(unit.installs_new) and unit.installs_new < 0:
            yield _row(
                file, unit.unit_code, "warning", "cumulative_decrease",
                str(unit.installs_cumulative),
                Message(
                    "{n} fewer than the day before; the figure is shown as it was sent",
                    {"n": -unit.installs_new},
                ),
                Message("Ask the unit: a correction, or a mistake?"),
            )  # fmt: skip
        if unit.coverage > 1:
            yield _row(
                file, unit.unit_code, "warning", "over_denominator", str(unit.installs_cumulative),
                Message(
                    "more than the {owners} people who can install",
                    {"owners": unit.smartphone_owners},
                ),
                Message("Check the figure, and the denominator in params/communes.csv."),
            )  # fmt: skip
    for unit in units[units["status"].eq("late")].itertuples():
        file = judged.at[unit.report, "file"] if pd.notna(unit.report) else ""
        yield _row(
            file, unit.unit_code, "info", "late", f"{unit.received_at:%H:%M %d/%m/%Y}",
            Message("the report came after the deadline"),
            Message("Remind the unit of the deadline."),
        )  # fmt: skip


def _of_reports(today: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Between a report of the day and the others of its unit."""
    for report in today[today["copy"]].itertuples():
        yield _row(
            report.file, report.unit_code, "error", "copy_of_yesterday", "",
            Message("the rows are those of an earlier day's report, to the letter"),
            Message("Ask the unit for this day's figures."),
        )  # fmt: skip
    for report in today[holds(today["reading"] != today["reading_alone"])].itertuples():
        yield _row(
            report.file, report.unit_code, "warning", "reading_from_history", report.reading,
            Message(
                "beside the days before, the column is read as “{reading}”",
                {"reading": spoken.READING[report.reading]},
            ),
            Message("Ask the unit what it counts, then set it in params/readings.yaml."),
        )  # fmt: skip
    for report in today[today["verdict"].eq(SUPERSEDED) & today["form"].eq("mau02")].itertuples():
        yield _row(
            report.file, report.unit_code, "info", "superseded", "",
            Message("a newer report of the same unit and day is used"), Message("Nothing to do."),
        )  # fmt: skip


def _row(
    file: str, unit_code: str, severity: str, rule: str, found: str, message: Message, ask: Message
) -> dict[str, Any]:
    whole = PurePosixPath(file).name
    values = (file, unit_code, severity, rule, whole, found, message, ask)
    return dict(zip(COLUMNS, values, strict=True))
