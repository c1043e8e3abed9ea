"""What each unit last reported before a day: what its form for that day begins with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from briefing.correspondence.wording import doubted_before
from briefing.forms.counts import Figure
from briefing.forms.wording import Last
from briefing.intake.apart import Typed, typed_in
from briefing.intake.files import as_it_came
from briefing.intake.tables.nil import NIL
from briefing.language import language
from briefing.params import RunParams
from briefing.register.view import View
from briefing.run.day import day_of
from briefing.run.snapshot import take_snapshot
from briefing.tables import Day


def last_reports(run: RunParams, about: date) -> dict[str, Last]:
    """Unit's code → its newest counted report before a day, that nothing is new passed over.

    The register keeps no names: the rows are read again from the sender's own file. Where that is
    gone, or was told by telephone, there are none.

    Raises:
        ParamsError: The day lies outside the campaign, or the inbox does not exist.
    """
    run = run.at(about, run.as_of)
    snapshot = take_snapshot(run)
    with language(run.campaign.language):  # as the forms are
        day = day_of(run, snapshot)
        known = day.history.dropna(subset=["report", "numerator_cumulative"])
        before = known[known["report_date"].lt(f"{about}") & known["reading"].ne(NIL)]
        newest = before.drop_duplicates("unit_code", keep="last")
        rows = _rows(run, day, snapshot.register.reader, newest["report"])
        figures = _figures(snapshot.view)
        return {
            unit["unit_code"]: Last(
                (unit["carried_from"] or unit["report_date"]).date(),
                unit["reading"],
                int(unit["numerator_cumulative"]),
                tuple(rows.get(unit["report"], ())),
                doubted_before(day, unit["unit_code"]),
                day.illustrative,
                figures.get(unit["report"], {}),
            )
            for unit in newest.astype(object).where(newest.notna(), None).to_dict("records")
        }


def _rows(run: RunParams, day: Day, reader: Any, numbers: Iterable[int]) -> dict[int, list[Typed]]:
    """Number of a report → its rows, as they were typed."""
    reports = day.reports.loc[list(numbers)]
    files = reports.loc[~reports["told"], ["path", "sha256"]].drop_duplicates()
    found = ((path, as_it_came(run.inbox, path, sha256)) for path, sha256 in files.to_numpy())
    there = [(path, content) for path, content in found if content is not None]
    typed = dict(zip((path for path, _content in there), typed_in(reader, there), strict=True))
    return {
        number: typed[path][part]
        for number, path, part in zip(reports.index, reports["path"], reports["part"], strict=True)
        if part < len(typed.get(path, ()))
    }


def _figures(view: View) -> dict[int, dict[Figure, int]]:
    """Number of a report of counts → its figures."""
    figures: dict[int, dict[Figure, int]] = {}
    columns = ["report", "indicator", "group", "measure", "value"]
    for number, indicator, group, measure, value in view.values[columns].to_numpy():
        figures.setdefault(number, {})[Figure(indicator, group, measure)] = int(value)
    return figures
