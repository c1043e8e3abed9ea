"""Everything that a day publishes as tables, and how a table is written as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from briefing.catalog.datapackage import FILE, Resource, datapackage
from briefing.catalog.naming import Naming
from briefing.catalog.tables import COLUMNS, LEVEL, TABLES
from briefing.tables.changes import own_changes
from briefing.tables.chart_data import OF_INDICATOR, chart_data
from briefing.tables.day import Day
from briefing.tables.denominators import stress_test
from briefing.tables.follow_up import concerned, follow_up
from briefing.tables.goals import goals
from briefing.tables.groups import groups
from briefing.tables.headline import headline
from briefing.tables.levels import levels
from briefing.tables.outcomes import of_figures
from briefing.tables.reporting import shown_verdicts
from briefing.tables.trace import trace_of
from briefing.writing import FORMULA_LIKE

OF_DAY = (
    "units", "whole", "bodies", "places", "reports", "corrections", "projection", "findings",
    "anomalies",
)  # fmt: skip
CHARTS = "charts/"  # the folder of the numbers of charts, among the tables
NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:[eE][+-]?\d+)?")


def published(day: Day, previous_day: Day | None) -> dict[str, pd.DataFrame]:
    """The contract's tables of a day, those of the levels above, and those made from them.

    Args:
        previous_day: As it was known at its own end; `None` before the campaign begins.
    """
    made = {} if day.values.empty else {"values": day.values}
    judged = _judged(day, day)
    return contract_tables(day) | judged | follow_up(previous_day, day) | made


def contract_tables(day: Day) -> dict[str, pd.DataFrame]:
    """The contract's tables by name, with exactly the contract's columns."""
    names = [name for name in OF_DAY if name != "bodies" or day.campaign.body_rows]
    tables = {name: getattr(day, name)[COLUMNS[name]] for name in names}
    shown = tables["reports"].assign(verdict=shown_verdicts(day.reports))
    return tables | {"reports": shown, "trace": trace_of(day)}


def _judged(whole: Day, day: Day) -> dict[str, pd.DataFrame]:
    """What is made of an indicator's figures."""
    made = {"headline": headline(day), "goals": goals(day)[COLUMNS["goals"]]}
    made |= {"groups": groups(whole, day)} if day.indicator.groups else {}
    return levels(day) | made | {"denominators": stress_test(day)}


def of_indicator(whole: Day, day: Day, previous_day: Day | None = None) -> dict[str, pd.DataFrame]:
    """What is published of each further indicator, by the names of the first one's tables.

    Args:
        whole: The day of all.
        previous_day: As for `published`.
    """
    names = ("units", "whole", "projection", "anomalies")
    own = {name: getattr(day, name)[COLUMNS[name]] for name in names}
    own["corrections"] = day.corrections.loc[of_figures(day.corrections), COLUMNS["corrections"]]
    changed = (
        own_changes(previous_day, day) if previous_day else pd.DataFrame(columns=COLUMNS["changes"])
    )
    return own | _judged(whole, day) | {"changes": changed, "trace": trace_of(day)}


def outside(
    day: Day, tables: Mapping[str, pd.DataFrame], previous_day: Day | None = None
) -> list[Named]:
    """All tables by the names that they have outside: see `naming`.

    Args:
        tables: Of the first indicator; those of a further one have its code behind their names.
        previous_day: As for `published`.
    """
    of_calls = {"actions": concerned(day, None)[0]}
    of_calls |= {"actions_followed_up": concerned(previous_day, None)[0]} if previous_day else {}
    named = [
        Named(naming.outside(name), name, naming, table)
        for name, table in tables.items()
        for naming in [of_calls.get(name, day).campaign.naming]
    ]
    for other in day.others:
        own = further(other)
        named += [
            Named(own.table(name), name, own, table)
            for name, table in of_indicator(day, other, previous_day).items()
        ]
    return named


@dataclass(frozen=True)
class Named:
    """A table as it is published.

    Attributes:
        path: Of its file without the suffix, from the folder of the tables.
        inside: What the table is called inside; that of a level by the level's code.
        own: The table with the names that it has inside.
    """

    path: str
    inside: str
    naming: Naming
    own: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        """The table with the names that it has outside."""
        return self.naming.frame(self.own)

    @property
    def resource(self) -> Resource:
        """How other programs are told of it."""
        is_known = self.inside in TABLES or self.path.startswith(CHARTS)
        inside = self.inside if is_known else LEVEL
        return Resource(f"{self.path}.csv", self.own.columns, self.naming, inside)


def of_charts(day: Day) -> list[Named]:
    """The numbers of each chart of the day, in a folder of their own.

    Of a further indicator those that its chapter draws; its code stands behind their ids.
    """
    naming = day.campaign.naming
    named = [Named(f"{CHARTS}{id}", id, naming, table) for id, table in chart_data(day).items()]
    for other in day.others:
        known, code = chart_data(other), other.indicator.code
        named += [
            Named(f"{CHARTS}{id}-{code}", id, further(other), known[id]) for id in OF_INDICATOR
        ]
    return named


def further(day: Day) -> Naming:
    """The names of the tables of a further indicator."""
    return replace(day.campaign.naming, further=True)


def write_csv(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write each table as the contract has it: UTF-8 with BOM, unformatted, missing empty."""
    for name, frame in tables.items():
        _write_csv(frame, folder / f"{name}.csv")


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    plain(frame).to_csv(path, index=False, lineterminator="\n", encoding="utf-8-sig")


def write_tables(day: Day, named: Iterable[Named], folder: Path) -> None:
    """Write the tables of a day or period, and beside them what they hold, for other programs.

    Args:
        day: Whose campaign and date name the whole.
    """
    every = [*named]
    for one in every:
        _write_csv(one.frame, folder / f"{one.path}.csv")
    name = f"{day.campaign.code}-{day.date}"
    described = datapackage(name, str(day.campaign.name), [one.resource for one in every])
    (folder / FILE).write_text(described, encoding="utf-8", newline="\n")


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Moments as ISO texts to the second, dates as ISO dates, fractions to 6 places, texts that a
    program would take for a formula behind an apostrophe."""
    out = frame.copy(deep=False)
    for name, column in frame.items():
        if isinstance(column.dtype, pd.DatetimeTZDtype):
            out[name] = [m.isoformat(timespec="seconds") if pd.notna(m) else pd.NA for m in column]
        elif pd.api.types.is_datetime64_any_dtype(column):
            out[name] = column.dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_float_dtype(column):
            out[name] = column.round(6)
        elif not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)):
            if isinstance(column.dtype, pd.StringDtype) and not _any_formula(column):
                continue
            values = column.to_numpy(object)
            texts = [_no_formula(value) for value in values]
            if any(text is not value for text, value in zip(texts, values, strict=True)):
                out[name] = pd.Series(texts, column.index, object)
    return out


def _any_formula(texts: pd.Series) -> bool:
    return bool(texts.str.startswith(FORMULA_LIKE).any())


def _no_formula(value: Any) -> Any:
    """A text as no program works it out; numbers, negative ones too, stay as they are."""
    if not isinstance(value, str) or not value.startswith(FORMULA_LIKE) or NUMBER.fullmatch(value):
        return value
    return f"'{value}"
