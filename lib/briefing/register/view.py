"""What the register knows as of a moment, as tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from briefing import arrow
from briefing.intake.labels.photos import with_photos_beside
from briefing.intake.submission import SHOWN, Submission
from briefing.params.indicators import TOTAL, Indicator
from briefing.register.arrivals import Arrival
from briefing.register.names import Names
from briefing.register.store import Register
from briefing.texts import hold_texts_of

SINGLE = (
    "file", "member", "sha256", "part", "form", "owed_by", "unit_code", "unit_name", "report_date",
    "reading", "reading_confidence", "rows_read", "rows_used", "rows_set_aside", "letter",
    "joined_to", "usable", "blank",
)  # fmt: skip
TEXTS = (
    "file", "member", "sha256", "form", "owed_by", "unit_code", "unit_name", "reading",
    "reading_confidence", "letter", "joined_to", "path", "inside",
)  # fmt: skip
FACTS = {
    "numerator_cumulative": "Int64", "numerator_new": "Int64", "distinct_phones": "Int64",
    "denominator_reported": "Int64",
    "staff_total": "Int64", "staff_denominator": "Int64", "staff_numerator": "Int64",
    "qr_code": "string", "qr_creator_phone": "string", "qr_photo": "boolean",
    "qr_photo_decoded": "string",
}  # fmt: skip
ROW_TYPES = {
    "report": "int64", "cell": "string", "person": "UInt64", "phone": "UInt64",
    "place": "string", "value": "Int64", "used": "boolean",
}  # fmt: skip

FINDING_TYPES = {"report": "int64", **dict.fromkeys(SHOWN, "string"), "said": "object"}
VALUE_TYPES = {
    "report": "int64", "indicator": "string", "group": "string", "measure": "string",
    "value": "Int64", "where": "string",
}  # fmt: skip
MEASURES = {
    "cumulative": "numerator_cumulative", "new": "numerator_new",
    "denominator": "denominator_reported",
}  # fmt: skip
"""Measure of a value → the fact of a report that stands for it."""
NIL = "nil"  # the reading of a report that nothing is new


@dataclass(frozen=True)
class View:
    """What the register knows as of a moment.

    Attributes:
        reports: One row per submission, in order of arrival, indexed from 0: the fields of
            `Submission` that are single values, one column per fact, `received_at`; names
            that senders chose as they may be shown, `path`, `inside` and `names` (shown → name) as
            true.
        rows: One row per data row of a unit's table: `report` (index in `reports`), `cell`,
            `person`, `phone`, `place`, `value` (persons), `used`.
        findings: One row per finding: `report` and what `Finding.to_row` has of it; few have
            objects, the others are texts alone.
        values: One row per figure of a form of counts: `report` and the fields of `Value`.
    """

    reports: pd.DataFrame
    rows: pd.DataFrame
    findings: pd.DataFrame
    values: pd.DataFrame = field(default_factory=lambda: typed_values([]))

    def of(self, indicator: Indicator, group: str = TOTAL) -> View:
        """The same as if each report gave these figures alone, where its counts stand.

        A report that says that nothing is new says it of every indicator. Rows and phones are of
        the first indicator, and left out.
        """
        figures = reported_values(self.values, indicator, group)
        given = {fact: {n: value for n, (value, _) in figures[fact].items()} for fact in figures}
        number = self.reports.index.to_series()
        facts = {fact: number.map(given[fact]).astype("Int64") for fact in figures}
        known = facts["numerator_cumulative"].notna()
        nil = self.reports["reading"].where(self.reports["reading"].eq(NIL))
        read = nil.mask(facts["numerator_new"].notna(), "increment").mask(known, "total")
        cells = [
            {fact: figures[fact][n][1] for fact in figures if n in figures[fact]} for n in number
        ]
        reports = self.reports.assign(
            **facts,
            distinct_phones=pd.array([pd.NA] * len(number), "Int64"),
            reading=read,
            usable=known & self.reports["owed_by"].notna(),
            sources=cells,
        )
        return replace(self, reports=reports, rows=self.rows.head(0))


Reported = dict[str, dict[int, tuple[int, str]]]


def reported_values(values: pd.DataFrame, indicator: Indicator, group: str = TOTAL) -> Reported:
    """Fact → report → what it gives of an indicator and group (persons), and in which cells.

    Of a report that gives every group and no total, the total is their sum.
    """
    by_group: dict[tuple[str, int], dict[str, tuple[int, str]]] = defaultdict(dict)
    for one in values[values["indicator"].eq(indicator.code)].itertuples():
        by_group[MEASURES[one.measure], one.report][one.group] = one.value, one.where
    figures: Reported = {fact: {} for fact in MEASURES.values()}
    parts = [part.code for part in indicator.groups]
    for (fact, report), known in by_group.items():
        if group in known:
            figures[fact][report] = known[group]
        elif group == TOTAL and parts and known.keys() >= {*parts}:
            figures[fact][report] = (
                sum(known[part][0] for part in parts),
                ", ".join(known[part][1] for part in parts),
            )
    return figures


def view_of(submissions: list[tuple[Arrival, Submission]], register: Register) -> View:
    """What arrivals said, as tables: with all rows, each form with the photos beside it.

    Args:
        submissions: Of `Register.submissions`; the list is taken, since so many findings are not
            held twice.
        register: Which has their rows.

    Raises:
        RunError: What an arrival said is no longer in the register.
    """
    hold_texts_of(register.campaign)
    joined = with_photos_beside([submission for _arrival, submission in submissions])
    come = [(arrival, alone.part) for arrival, alone in submissions]
    submissions.clear()
    joined.reverse()

    def each() -> Iterator[tuple[Submission, Arrival, pa.Table | None]]:
        for arrival, part in come:
            yield joined.pop(), arrival, register.rows_of(arrival, part)
        register.packs.let_go()

    return assemble(each(), register.names)


def assemble(loaded: Iterable[tuple[Submission, Arrival, pa.Table | None]], names: Names) -> View:
    """The tables of what arrivals said, each report with its rows."""
    reports: list[dict[str, Any]] = []
    numbers: list[int] = []
    rows: list[pa.Table] = []
    findings: dict[str, list[Any]] = {name: [] for name in ("report", *SHOWN)}
    values: list[dict[str, Any]] = []
    for number, (own, arrival, own_rows) in enumerate(loaded):
        submission, true = names.in_report(own)
        reports.append(
            {name: getattr(submission, name) for name in SINGLE}
            | {name: submission.facts.get(name) for name in FACTS}
            | {
                "received_at": arrival.received_at,
                "sources": dict(submission.sources),
                "days": dict(submission.days),
                "may_be": tuple(submission.may_be),
                "file": names.shown(arrival.path),
                "path": arrival.path,
                "inside": own.member,
                "names": true,
            }
        )
        for finding in submission.findings:
            findings["report"].append(number)
            for name, value in finding.to_row().items():
                findings[name].append(value)
        values += [{"report": number, **vars(one)} for one in submission.values]
        if own_rows is not None:
            numbers.append(number)
            rows.append(_named(own_rows, own.sheets))
    return View(
        _typed_reports(reports),
        _put_together(numbers, rows),
        pd.DataFrame(findings).astype(FINDING_TYPES),
        typed_values(values),
    )


def typed_values(values: list[dict[str, Any]]) -> pd.DataFrame:
    """The figures of forms of counts, each with its `report`; see `View.values`."""
    return pd.DataFrame(values, columns=[*VALUE_TYPES]).astype(VALUE_TYPES)


def _named(rows: pa.Table, sheets: Mapping[str, str]) -> pa.Table:
    """Rows with their cells in sheets that are called so."""
    cells = named = rows["cell"]
    for title, shown in sheets.items():
        address = pc.utf8_slice_codeunits(cells, len(title) + 1)
        here = pc.and_not(pc.starts_with(cells, f"{title}!"), pc.match_substring(address, "!"))
        named = pc.if_else(here, pc.binary_join_element_wise(f"{shown}!", address, ""), named)
    return rows.set_column(rows.column_names.index("cell"), "cell", named)


def _put_together(numbers: Sequence[int], rows: list[pa.Table]) -> pd.DataFrame:
    """`View.rows`; takes the rows of each report, so that one column at most is held twice."""
    if not rows:
        return pd.DataFrame(columns=[*ROW_TYPES]).astype(ROW_TYPES)
    of_each = pd.Series(numbers).repeat([len(one) for one in rows])
    made = {"report": of_each.reset_index(drop=True)}
    names = [name for name in ROW_TYPES if name not in made]
    columns = {name: [chunk for one in rows for chunk in one[name].chunks] for name in names}
    rows.clear()
    for name in names:
        column = pa.concat_arrays(columns.pop(name))
        made[name] = pd.Series(pd.array([], ROW_TYPES[name]).dtype.__from_arrow__(column))
    arrow.give_back()
    return pd.DataFrame(made, copy=False).astype(ROW_TYPES)


def _typed_reports(records: list[dict[str, Any]]) -> pd.DataFrame:
    columns = [*SINGLE, *FACTS, "received_at", "sources", "days", "may_be"]
    columns += ["path", "inside", "names"]
    frame = pd.DataFrame(records, columns=columns)
    flags = dict.fromkeys(("usable", "blank"), "boolean")
    return frame.astype(FACTS | dict.fromkeys(TEXTS, "string") | flags).assign(
        report_date=pd.to_datetime(frame["report_date"]),
        received_at=pd.to_datetime(frame["received_at"], utc=True).dt.as_unit("us"),
    )
