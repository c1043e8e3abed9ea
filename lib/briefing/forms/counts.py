"""What a form of counts asks of a unit: its columns and rows, and which figure belongs where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from briefing import formats
from briefing.locale.pack import pack
from briefing.params import Campaign
from briefing.params.forms import Form, FormField
from briefing.params.indicators import Group

COUNTED = ("count", "share")
RISES = "cumulative"  # what cannot fall from one report to the next


class Figure(NamedTuple):
    """What a number says: of what, of whom, how counted, and where below the unit."""

    indicator: str
    group: str
    measure: str
    place: str = ""


class Line(NamedTuple):
    """A row: the texts that name it, and the figure of each of its other cells."""

    labels: tuple[str, ...]
    figures: tuple[Figure, ...]


class Column(NamedTuple):
    """One of the table: `figure` says which of a line's stands in it, None that it names the line.

    Attributes:
        reported: It shows what was reported last time, and is not filled in.
    """

    heading: str
    figure: int | None = None
    reported: bool = False

    @property
    def filled_in(self) -> bool:
        return self.figure is not None and not self.reported


@dataclass(frozen=True)
class Layout:
    """A table to fill in.

    Attributes:
        keys: Headings of the columns that name a row; none where each row is one figure.
        headings: Of the columns of figures; of the one column, where each row is one.
        lines: The rows, without that of the totals.
    """

    keys: tuple[str, ...]
    headings: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the rows have a total."""
        return bool(self.keys) and len(self.lines) > 1

    def total(self, n: int) -> Figure:
        """What the figures of a column come to."""
        every = {one.figures[n] for one in self.lines}
        groups = {figure.group for figure in every}
        group = groups.pop() if len(groups) == 1 else ""
        return next(iter(every))._replace(group=group, place="")

    def columns(self, last: Mapping[Figure, int], words: Mapping[str, Any]) -> list[Column]:
        """From left to right: what names a row, and each figure, beside what it was last time.

        Args:
            last: What was last reported; `words`: headings of what has none in the form itself.
        """
        item, number = words["head"]
        columns = [Column(heading) for heading in self.keys or (item,)]
        for n, heading in enumerate(self.headings):
            figures = [*(one.figures[n] for one in self.lines), self.total(n)]
            rising = (figure for figure in figures if figure.measure == RISES)
            if any(added_up(last, figure) is not None for figure in rising):
                columns.append(Column(pack().printed.reported, n, reported=True))
            columns.append(Column(heading or number, n))
        return columns


def layout(campaign: Campaign, form: Form, unit: str, day: date) -> Layout:
    """The table that a unit is asked for: a row per place and group, or one per figure."""
    counted = [field for field in form.fields if field.role in COUNTED]
    named = [field for field in form.fields if field.role not in COUNTED]
    rows = [*_rows(campaign, named, unit)]
    if rows == [("", "", "", "")]:
        figure = [_figure(campaign, field, "", "") for field in counted]
        lines = [Line((field.headings[0],), (f,)) for field, f in zip(counted, figure, strict=True)]
        return Layout((), ("",), tuple(lines))
    fixed = {"unit": campaign.full_names.get(unit, unit), "day": formats.day(day)}
    return Layout(
        tuple(field.headings[0] for field in named),
        tuple(field.headings[0] for field in counted),
        tuple(
            Line(
                tuple(
                    (fixed | {"key": str(n), "place": place, "group": label}).get(field.role, "")
                    for field in named
                ),
                tuple(_figure(campaign, field, group, code) for field in counted),
            )
            for n, (code, place, group, label) in enumerate(rows, start=1)
        ),
    )


def groups_of(campaign: Campaign, unit: str) -> list[Group]:
    """The groups that a unit reports on: those of which it has any, where that is known."""
    every = {group.code: group for one in campaign.indicators for group in one.groups}
    own = {row.group for row in campaign.denominator_rows if row.unit_code == unit} & every.keys()
    return [group for code, group in every.items() if not own or code in own]


def _rows(
    campaign: Campaign, named: list[FormField], unit: str
) -> Iterator[tuple[str, str, str, str]]:
    """Place and how it is called, group and how it is called; one row of nothing without either."""
    roles = {field.role for field in named}
    own = [row for row in campaign.place_rows if row.unit_code == unit]
    places = [(row.place, row.label) for row in own] if "place" in roles else []
    groups = groups_of(campaign, unit) if "group" in roles else []
    written = [(group.code, (*group.headings, str(group))[0]) for group in groups]
    for code, place in places or [("", "")]:
        for group, label in written or [("", "")]:
            yield code, place, group, label


def _figure(campaign: Campaign, field: FormField, group: str, place: str) -> Figure:
    indicator = field.indicator or campaign.indicators[0].code
    return Figure(indicator, field.group or group, field.measure, place)


def added_up(figures: Mapping[Figure, int], wanted: Figure) -> int | None:
    """The figure itself, or what its parts come to: groups, or places."""
    if wanted in figures:
        return figures[wanted]
    parts = [
        value
        for figure, value in figures.items()
        if (figure.indicator, figure.measure) == (wanted.indicator, wanted.measure)
        and wanted.group in ("", figure.group)
        and wanted.place in ("", figure.place)
    ]
    return sum(parts) if parts else None
