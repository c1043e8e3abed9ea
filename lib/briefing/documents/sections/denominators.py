"""Of how many: what would be otherwise by other denominators."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Cell, Column, Paragraph, Table
from briefing.documents.sections.wording import listed, sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.denominators import flips, stress_test


def denominators(day: Day) -> Table:
    """Each unit by the denominator of params, by the one it states itself, and of its people."""
    tested = stress_test(day)
    owners = day.campaign.terms.owners
    return Table(
        id="denominators",
        caption=sentence(_("{rate} by other denominators", rate=day.campaign.terms.rate)),
        columns=(
            Column("unit_name", sentence(str(day.campaign.terms.units)), width=2.6),
            Column("owners_params", _("In params"), "right", 1.2),
            Column("coverage_params", _("Rate"), "right", 1.1),
            Column("rank_params", _("Rank"), "right", 0.8),
            Column("owners_reported", _("By the unit"), "right", 1.2),
            Column("coverage_reported", _("Rate"), "right", 1.1),
            Column("rank_reported", _("Rank"), "right", 0.8),
            Column("coverage_population", _("Of all people"), "right", 1.2),
        ),
        rows=tuple(_row(unit) for _i, unit in tested.iterrows()),
        note=" ".join([_("The denominator: {owners}.", owners=owners), *_said(day, tested)]),
    )


def denominators_doubt(day: Day) -> Paragraph | None:
    """What the other denominator would change; nothing where it changes nothing."""
    tested = stress_test(day)
    return None if flips(tested).empty else Paragraph(" ".join(_said(day, tested)))


def _row(unit: pd.Series) -> tuple[Cell, ...]:
    target = unit["target_coverage"]
    return (
        Cell(unit["unit_name"], unit["unit_code"]),
        Cell(formats.integer(unit["owners_params"]), unit["owners_params"]),
        Cell(formats.percent(unit["coverage_params"], bounds=[target]), unit["coverage_params"]),
        Cell(formats.integer(unit["rank_params"]), unit["rank_params"]),
        Cell(formats.integer(unit["owners_reported"]), unit["owners_reported"]),
        Cell(
            formats.percent(unit["coverage_reported"], bounds=[target]), unit["coverage_reported"]
        ),
        Cell(formats.integer(unit["rank_reported"]), unit["rank_reported"]),
        Cell(formats.percent(unit["coverage_population"]), unit["coverage_population"]),
    )


def _said(day: Day, tested: pd.DataFrame) -> Iterator[str]:
    stated = int(tested["owners_reported"].notna().sum())
    if not stated:
        yield _("No report has stated a denominator of its own.")
        return
    changed = flips(tested)
    reached = changed[changed["reached_flips"]]
    target = formats.target(tested["target_coverage"].iloc[0])
    if reached.empty:
        yield _(
            "By the denominators that {n} units state themselves, no unit would reach {target} or "
            "fall short of it that does not now.",
            n=stated,
            target=target,
        )
    else:
        yield _(
            "By the denominators that {n} units state themselves, it would be otherwise with "
            "{target} for: {names}.",
            n=stated,
            target=target,
            names=listed(list(reached["unit_name"])),
        )
    moved = int(changed["rank_params"].ne(changed["rank_reported"]).sum())
    if moved:
        yield _("{n} units would have another rank.", n=moved)
    own = day.campaign.owners_from == "reports"
    used = _("those of the units") if own else _("those of params")
    yield _("The figures of this page rest on {which}.", which=used)
