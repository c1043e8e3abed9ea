"""One report of counts: its figures, what they are of their denominators, and what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from briefing.intake.chat.statement import Statement, daily_of, fraction_of
from briefing.intake.counts.annotations import PLACE
from briefing.intake.counts.cells import WHOLE, Cell
from briefing.intake.counts.totals import Figure, Part, Totals, values_of
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.disclosure import shown_cell
from briefing.intake.parsers.numbers import Number
from briefing.intake.parsers.text import fold
from briefing.intake.submission import Finding, Rows, Submission, Value
from briefing.intake.tables.nil import Remark
from briefing.messages import Message
from briefing.params import Campaign
from briefing.params.indicators import TOTAL, Group, Indicator
from briefing.params.indicators import values_of as lines_of

LEFT_OUT = ("row_left_out.group", "row_left_out.column")  # they may belong to the figures
ENOUGH = 5  # figures that are not zero, from which on a report can be known for a copy


@dataclass(frozen=True)
class Drawn:
    """What was read of a report: its cells, where they begin, and what says that nothing is new."""

    cells: Sequence[Cell]
    where: str
    nil: Remark | None = None


def report_of(drawn: Drawn, known: Submission, campaign: Campaign, words: Vocabulary) -> Submission:
    """The report that cells make.

    Args:
        known: Whose report it is and about which day.
    """
    if drawn.nil is None and all(cell.number is None for cell in drawn.cells):
        return _blank(drawn, known)
    own = {one.code: _denominators(campaign, one, known.unit_code) for one in campaign.indicators}
    groups = {one.code: _groups(one, own[one.code]) for one in campaign.indicators}
    places = _known_places(drawn.cells, known.unit_code, words)
    totals = Totals(drawn.cells, groups, _labels(campaign), places)
    figures = totals.figures()
    _count_rates(figures, own, totals)
    read = [_of_indicator(one, figures, known, own[one.code], drawn) for one in campaign.indicators]
    values = tuple(_with_rates(values_of(figures), read, campaign))
    reported = {
        value.indicator for value in values if value.measure != "denominator"
    } | totals.doubtful
    missing = () if drawn.nil else _missing(campaign, known, reported, drawn.where)
    findings = [
        *distinct([*known.findings, *(f for r in read for f in r.findings), *totals.findings]),
        *_over_another(figures, campaign),
        *missing,
        *_unknown_places(figures, campaign, known, words),
    ]
    apart = any(f.code in LEFT_OUT for f in known.findings)
    unsure = any(one.reading_confidence == "low" for one in read if one.facts)
    rows = _rows(figures, campaign, known.unit_code, words)
    numbers = sum(cell.number is not None for cell in drawn.cells)
    return replace(
        read[0],
        findings=tuple(findings),
        values=values,
        reading="per_place" if len(rows) else read[0].reading,
        reading_confidence="low" if totals.doubtful or apart or unsure else "high",
        rows=rows,
        rows_read=len(drawn.cells),
        rows_used=numbers,
        rows_set_aside=len(drawn.cells) - numbers,
        letter=_letter(values),
    )


def _known_places(cells: Iterable[Cell], unit: str | None, words: Vocabulary) -> frozenset[str]:
    """The places of cells, folded, that are the unit's own, or are called what such are."""
    named, own = {cell.key.place for cell in cells} - {"", WHOLE}, words.places(unit)
    return frozenset(fold(p) for p in named if own.resolve(p).code or PLACE.match(p))


def _blank(drawn: Drawn, known: Submission) -> Submission:
    """A report without a number: a form that was not filled in, or the row of a unit."""
    of_a_row = any(cell.key.unit for cell in drawn.cells)
    code = "number_unreadable.unit_blank" if of_a_row else "empty_report.form"
    empty = replace(known, facts={"numerator_cumulative": None})
    return empty.with_findings(Finding(code, drawn.where))


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Findings, each once."""
    out: list[Finding] = []
    for finding in findings:
        if finding not in out:
            out.append(finding)
    return out


def _denominators(campaign: Campaign, indicator: Indicator, unit: str | None) -> dict[str, int]:
    """Group → how many of it there are in a unit (persons), as params have it."""
    lines = campaign.denominator_rows
    groups = [TOTAL, *(group.code for group in indicator.groups)]
    known = {g: lines_of(lines, indicator.denominator, g).get(unit or "") for g in groups}
    found = {group: line.value for group, line in known.items() if line}
    if TOTAL not in found and indicator == campaign.indicators[0]:
        rows = {row.unit_code: row for row in campaign.unit_rows}
        found |= {TOTAL: rows[unit].denominator} if unit in rows else {}
    return found


def _labels(campaign: Campaign) -> dict[tuple[str, str], Message]:
    """Indicator and group → how they are called, in each language."""
    labels: dict[tuple[str, str], Message] = {}
    for one in campaign.indicators:
        name = one.name or one.done or campaign.terms.done
        labels[one.code, TOTAL] = Message.of_each(vi=name.vi, en=name.en)
        for group in one.groups:
            both = Message.of_each(vi=f"{name.vi}, {group.vi}", en=f"{name.en}, {group.en}")
            labels[one.code, group.code] = both
    return labels


def _groups(indicator: Indicator, own: Mapping[str, int]) -> dict[str, Group]:
    """The groups of a unit: those of which it has any, where params tell."""
    groups = {group.code: group for group in indicator.groups}
    return {code: group for code, group in groups.items() if code in own} or groups


def _of_indicator(
    indicator: Indicator,
    figures: Mapping[Part, Figure],
    known: Submission,
    own: Mapping[str, int],
    drawn: Drawn,
) -> Submission:
    """The total of one indicator, held against its rate and its denominators."""
    total = figures.get((indicator.code, "cumulative", TOTAL))
    new = figures.get((indicator.code, "new", TOTAL))
    below = figures.get((indicator.code, "denominator", TOTAL))
    if not (total or new or drawn.nil):
        return replace(known, findings=())
    statement = Statement(
        total.where if total else new.where if new else drawn.where,
        cumulative=total.number if total else None,
        stated=below.count if below else None,
        rate=total.rate if total else None,
        in_day=0 if drawn.nil else new.count if new else None,
        denominator_where=below.where if below else "",
        rate_where=total.rate_where if total else "",
        in_day_where=new.where if new else "",
        nil=drawn.nil,
    )
    return daily_of(replace(known, findings=()), statement, own.get(TOTAL))


def _count_rates(
    figures: dict[Part, Figure], own: Mapping[str, Mapping[str, int]], totals: Totals
) -> None:
    """Work the count of a group out where only its rate is given."""
    for (indicator, measure, group), figure in list(figures.items()):
        if group == TOTAL or figure.number or not figure.rate or measure != "cumulative":
            continue
        denominator = figures.get((indicator, "denominator", group))
        people = (
            denominator.count if denominator and denominator.count else own[indicator].get(group)
        )
        if people:
            totals.findings.append(Finding("percent_only", figure.rate_where))
            totals.doubtful.add(indicator)
            count = round(fraction_of(figure.rate) * people)
            number = Number(count, "count")
            figures[indicator, measure, group] = replace(figure, number=number, rate=None)


def _with_rates(
    values: Iterable[Value], read: Sequence[Submission], campaign: Campaign
) -> Iterator[Value]:
    """The figures, and those totals that follow from a rate."""
    figures = list(values)
    yield from figures
    have = {
        value.indicator for value in figures if (value.measure, value.group) == ("cumulative", "")
    }
    for indicator, report in zip(campaign.indicators, read, strict=True):
        count = report.facts.get("numerator_cumulative")
        if indicator.code not in have and count is not None:
            where = report.sources["numerator_cumulative"]
            yield Value(indicator.code, TOTAL, "cumulative", count, where)


def _over_another(figures: Mapping[Part, Figure], campaign: Campaign) -> Iterator[Finding]:
    """Figures above those of the indicator that they can't exceed."""
    labels = _labels(campaign)
    for indicator in campaign.indicators:
        for (code, measure, group), figure in figures.items():
            most = figures.get((indicator.at_most, measure, group))
            if code != indicator.code or measure != "cumulative" or most is None:
                continue
            if figure.count is not None and most.count is not None and figure.count > most.count:
                other = labels[indicator.at_most, group]
                values = {"own": labels[code, group], "other": other, "most": most.count}
                yield Finding("over_another", figure.where, str(figure.count), values)


def _missing(
    campaign: Campaign, known: Submission, reported: Set[str], where: str
) -> Iterator[Finding]:
    """The indicators that the form asks for and the report says nothing of."""
    form = campaign.forms.get(known.form or "")
    first = campaign.indicators[0].code
    fields = form.fields if form else ()
    asked = {field.indicator or first for field in fields if field.role == "count"}
    for indicator in campaign.indicators:
        if indicator.code in asked - reported:
            values = {"indicator": _labels(campaign)[indicator.code, TOTAL]}
            yield Finding("number_unreadable.indicator", where, "", values)


def _rows(
    figures: Mapping[Part, Figure], campaign: Campaign, unit: str | None, words: Vocabulary
) -> Rows:
    """The counts of places below the unit, of the first indicator's total."""
    total = figures.get((campaign.indicators[0].code, "cumulative", TOTAL))
    if total is None or not total.parts or total.count != sum(n for n, _w in total.parts.values()):
        return Rows()
    names = [words.places(unit).resolve(place).code for place in total.parts]
    counts = [count for count, _where in total.parts.values()]
    n = len(counts)
    wheres = [where for _count, where in total.parts.values()]
    return Rows(wheres, [None] * n, [None] * n, names, counts, [True] * n)


def _unknown_places(
    figures: Mapping[Part, Figure], campaign: Campaign, known: Submission, words: Vocabulary
) -> Iterator[Finding]:
    """Places that are not in the unit's list, where it has one."""
    total = figures.get((campaign.indicators[0].code, "cumulative", TOTAL))
    places = words.places(known.unit_code)
    if total is None or not any(True for _spelling in places.spellings()):
        return
    for place, (_count, where) in total.parts.items():
        if places.resolve(place).code is None:
            yield Finding("place_unknown", where, shown_cell(place))


def _letter(values: Sequence[Value]) -> str:
    """By which a report is known for a copy; "" where it has too few figures, and none that is new
    since the report before."""
    figures = [(v.indicator, v.group, v.measure, v.value) for v in values if v.value]
    if len(figures) < ENOUGH and not any(measure == "new" for _i, _g, measure, _v in figures):
        return ""
    return hashlib.blake2b(repr(sorted(figures)).encode(), digest_size=16).hexdigest()


def total_over_units(cells: Sequence[Cell], reports: Sequence[Submission]) -> Iterator[Finding]:
    """Whether totals over the units of a table are the sums of their figures."""
    for cell in cells:
        number, key = cell.number, cell.key
        if key.share or key.place or not isinstance(number, Number) or number.kind != "count":
            continue
        wanted = (key.indicator, key.group or TOTAL, key.measure)
        own: list[Any] = [
            next((v.value for v in r.values if (v.indicator, v.group, v.measure) == wanted), None)
            for r in reports
            if r.form
        ]
        if None not in own and sum(own) != number.value:
            both = {"total": int(number.value), "sum": sum(own)}
            yield Finding("total_mismatch.rows", cell.where, str(number.value), both)
