"""Of how many: what would be otherwise by other denominators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Paragraph, Table
from briefing.documents.sections.listing import listing, named
from briefing.documents.wording import listed, sentence
from briefing.messages import _
from briefing.params.settings import Effective
from briefing.tables import Day
from briefing.tables.denominators import OfAdults, flips, of_adults, stress_test
from briefing.tables.levels import notable
from briefing.tables.reporting import holds

SHOWN = (
    "unit_name", "denominator_params", "coverage_params", "rank_params", "denominator_reported",
    "coverage_reported", "rank_reported", "coverage_adults", "coverage_population",
)  # fmt: skip


def denominators(day: Day, columns: Sequence[str] = SHOWN) -> Table:
    """Each unit by the denominator of params, by the one it states itself, and of its people. Of
    more than a page lists, the notable ones, and those that their own denominator would change.

    Args:
        columns: Those shown, of denominators.csv.
    """
    tested = stress_test(day)
    codes = {*notable(day)["unit_code"], *flips(tested)["unit_code"]}
    denominator = day.campaign.terms.denominator
    return listing(
        "denominators",
        sentence(_("{rate} by other denominators", rate=day.campaign.terms.rate)),
        tested[holds(tested["unit_code"].isin(codes))],
        columns,
        heads=named(day.campaign),
        bounds=tested["target_coverage"].head(1),
        note=" ".join(
            [
                _("The denominator: {denominator}.", denominator=denominator),
                *_sentences(day, tested),
            ]
        ),
    )


def effective(day: Day) -> Paragraph | None:
    """Whether there are enough of all adults for the campaign to have its effect, and what the
    targets come to of them; nothing where the campaign names no such share."""
    rule = day.campaign.effective
    if rule is None:
        return None
    whole, share = of_adults(day), formats.target(rule.coverage)
    if whole is None:
        text = _("It has its effect from {share} of {people} on; their number is not known.",
                 share=share, people=rule.of)  # fmt: skip
        return Paragraph(text)
    return Paragraph(" ".join(_effect(day, rule, whole)))


def _effect(day: Day, rule: Effective, whole: OfAdults) -> Iterator[str]:
    share, people = formats.target(rule.coverage), rule.of
    yield _(
        "Of {people}: {rate} ({numerator} of {adults}); it has its effect from {share} on.",
        people=people,
        rate=formats.percent(whole.coverage, bounds=[rule.coverage]),
        numerator=whole.numerator_cumulative,
        adults=whole.adults,
        share=share,
    )
    if needed := whole.needed(rule.coverage):
        yield _("For that {n} {persons} are still needed.", n=needed)
    targets = zip(day.campaign.targets, whole.at_targets, strict=True)
    rates = [
        _(
            "{target} comes to {rate}",
            target=formats.target(t.coverage),
            rate=formats.percent(at, 1),
        )
        for t, at in targets
    ]
    yield _("Of {people}, the target of {targets}.", people=people, targets="; ".join(rates))
    if day.campaign.units["adults_status"].eq("assumed").any():
        yield str(rule.note)


def denominators_doubt(day: Day) -> Paragraph | None:
    """What the other denominator would change; nothing where it changes nothing."""
    tested = stress_test(day)
    return None if flips(tested).empty else Paragraph(" ".join(_sentences(day, tested)))


def _sentences(day: Day, tested: pd.DataFrame) -> Iterator[str]:
    stated = int(tested["denominator_reported"].notna().sum())
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
    own = day.campaign.denominator_from == "reports"
    used = _("those of the units") if own else _("those of params")
    yield _("The figures of this page rest on {which}.", which=used)
