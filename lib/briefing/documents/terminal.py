"""Reports and the state of a day as tables in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from briefing import formats, labels
from briefing.catalog.codes import FORM, READING, SEVERITY
from briefing.catalog.rules import cited
from briefing.documents.blocks import Paragraph
from briefing.documents.blocks import Table as BlockTable
from briefing.documents.overview import overview, second_look
from briefing.documents.wording import report_state, sentence, with_file, worded
from briefing.intake.submission import Finding, Submission
from briefing.messages import Message, _
from briefing.params import Campaign

COLOURS = {"good": "green", "warn": "yellow", "bad": "red", "muted": "dim", "": ""}
MOST = 3  # places, and values, that are named of one kind of mistake
FACTS = {
    "numerator_cumulative": Message("{counted} so far"),
    "numerator_new": Message("{counted} this {period}"),
    "distinct_phones": Message("different phones"),
    "staff_total": Message("staff in all"),
    "staff_denominator": Message("{those}"),
    "staff_numerator": Message("{counted}"),
    "qr_code": Message("QR code"),
    "qr_creator_phone": Message("phone of its creator"),
}


def print_reports(reports: Iterable[Submission], campaign: Campaign) -> None:
    """What `briefing check` says: per report who, when, how many, and what is wrong where."""
    console = Console(highlight=False)
    for report in reports:
        unit = report.unit_name or _("unit not recognised")
        day = formats.long_day(report.report_date) if report.report_date else _("day not stated")
        inner = f" › {report.member}" if report.member else ""
        console.print(Text(f"{report.file}{inner}", style="bold"))
        console.print(f"  {unit} · {day} · {_form(report, campaign)}", markup=False)
        for name, label in FACTS.items():
            if (value := report.facts.get(name)) is not None:
                shown = formats.integer(value) if isinstance(value, int) else str(value)
                console.print(f"  {sentence(str(label))}: {shown}", markup=False)
        if report.reading:
            sure = "" if report.reading_confidence == "high" else f" ({_('not certain')})"
            console.print(f"  {_('Read as')}: {READING[report.reading]}{sure}", markup=False)
        console.print(
            "  " + _("{used} of {read} rows used", used=report.rows_used, read=report.rows_read)
        )
        if report.findings:
            console.print(_findings(report))
        else:
            console.print("  " + _("Nothing is wrong."), style="green")
        console.print()


def _form(report: Submission, campaign: Campaign) -> str:
    """What the form is called: the words that tell it, where it has no name of its own."""
    known = campaign.forms.get(report.form or "")
    if known is None:
        return _("form not recognised")
    named = FORM.get(report.form or "") or next(iter(known.title), report.form)
    return sentence(str(named))


def _findings(report: Submission) -> Table:
    """One line for each kind of mistake, with how often it stands and the first places."""
    table = Table(box=None, padding=(0, 2))
    for heading in (_("Weight"), _("Where"), _("Found"), _("What is wrong"), _("What to do")):
        table.add_column(heading, overflow="fold")
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for each in report.findings:
        kind = (each.severity, each.rule, each.code + each.around, str(each.suggestion))
        groups.setdefault(kind, []).append(each)
    weights = [*SEVERITY]
    for alike in sorted(groups.values(), key=lambda found: weights.index(found[0].severity)):
        weight = worded(alike[0].severity, SEVERITY)
        count = _("{n} times", n=len(alike)) if len(alike) > 1 else ""
        table.add_row(
            f"[{COLOURS[weight.tone]}]{weight.text}[/]",
            *map(Text, (
                " – ".join(filter(None, (count, _first(labels.address(f.where) for f in alike)))),
                _first(f.found for f in alike),
                cited(alike[0].rule, sentence(_first((f.message for f in alike), ". "))),
                str(alike[0].suggestion),
            )),
        )  # fmt: skip
    return table


def _first(texts: Iterable[object], between: str = "; ") -> str:
    """The first few of several texts, each once, and whether there are more."""
    distinct = list(dict.fromkeys(filter(None, map(str, texts))))
    return between.join(distinct[:MOST]) + (" …" if len(distinct) > MOST else "")


def print_campaign(campaign: Campaign) -> None:
    """What `briefing params` says: how a campaign was understood, what to look at again."""
    console = Console(highlight=False)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for label, text in overview(campaign):
        table.add_row(Text(label, style="bold"), Text(text))
    console.print(table)
    for remark in second_look(campaign):
        console.print(Text(f"! {remark}", style=COLOURS["warn"]))


def print_status(day: date, units: Iterable[Mapping[str, Any]]) -> None:
    """Who has reported about the day, in the order of params/{units_file}.

    Args:
        units: Rows of `Day.units`, or what `open_units` gives of them.
    """
    units = list(units)
    above = any("reports_expected" in unit for unit in units)
    hint = _("Who reports below one of them: briefing status --unit NAME") if above else None
    table = Table(title=_("Reports about {day}", day=formats.day(day)), caption=hint)
    for heading in (_("Unit"), _("Report"), _("Received"), _("{Counted}"), _("Rate")):
        table.add_column(heading)
    for unit in units:
        status = report_state(unit)
        table.add_row(
            unit["unit_name"],
            Text(with_file(status), style=COLOURS[status.tone] or "default"),
            formats.moment(unit["received_at"]),
            formats.integer(unit["numerator_cumulative"]),
            formats.percent(unit["coverage"]),
        )
    Console().print(table)


def print_runs(runs: Iterable[Any]) -> None:
    """The last runs, newest first.

    Args:
        runs: `run.journal.Last`.
    """
    table = Table(title=_("The last runs"))
    headings = (
        _("Made"), _("What"), _("Known until"), _("Params"), _("Files"), _("Count"), _("State"),
    )  # fmt: skip
    for heading in headings:
        table.add_column(heading, overflow="fold")
    runs = [*runs]
    for one in runs:
        entry, (text, tone) = one.entry, _state(one)
        table.add_row(
            formats.moment(datetime.fromisoformat(entry.at)),
            _folder(entry.name),
            formats.moment(datetime.fromisoformat(entry.as_of)) if entry.as_of else "",
            _params(one),
            _("{files} ({new} new)", files=entry.files, new=entry.new) if entry.about else "",
            _counted(entry.count, one.count_before),
            Text(text, style=COLOURS[tone] or "default"),
        )
    console = Console(highlight=False)
    console.print(table)
    if again := dict.fromkeys(_folder(one.entry.name) for one in runs if one.to_make):
        console.print(Text(_("To be made again: {days}.", days="; ".join(again))))


def _params(one: Any) -> str:
    """By which params a run was made, and whether they were others than the time before."""
    params = " ".join(filter(None, (one.entry.folder, one.entry.lang)))
    return f"{params} ({_('changed')})" if one.params_changed else params


def _folder(name: str) -> str:
    """A published folder in words: a day, the units of a day, a period."""
    first, _sep, inside = name.partition("/")
    days = [formats.day(date.fromisoformat(part)) for part in first.split("_") if part]
    if not days:
        return "–"
    shown = " – ".join(days)
    return _("{day}, pages of units", day=shown) if inside else shown


def _counted(count: int | None, before: int | None) -> str:
    if count is None:
        return ""
    changed = count - before if before is not None else 0
    return formats.integer(count) + (f" ({formats.signed_integer(changed)})" if changed else "")


def _state(one: Any) -> tuple[str, str]:
    if one.entry.error:
        return _("failed: {why}", why=one.entry.error), "bad"
    if one.stale:
        return _("out of date: reports or params have changed since; make it again"), "warn"
    return (_("stands"), "good") if one.newest else (_("replaced by a later run"), "muted")


def print_block(block: BlockTable | Paragraph) -> None:
    """A table of the page, or the sentence in its place."""
    console = Console(highlight=False)
    if isinstance(block, Paragraph):
        console.print(Text(block.text))
        return
    table = Table(title=block.caption, caption=block.note or None)
    for column in block.columns:
        table.add_column(column.label, justify=column.align, overflow="fold")
    for row in block.rows:
        table.add_row(*(Text(cell.text, style=COLOURS[cell.tone]) for cell in row))
    console.print(table)


def print_backtest(scores: Mapping[str, Any]) -> None:
    """Hit rate of the range, errors of the median and worth of the chances, by area and in all."""
    table = Table(caption=_("Errors in percentage points of the rate"))
    headings = (
        _("Area"), _("In the 80% range"), _("Error"), _("Error of the last 3 days"),
        _("WIS against it"), _("Brier score"),
    )  # fmt: skip
    for heading in headings:
        table.add_column(heading)
    for area, score in [*scores["areas"].items(), (_("all areas"), scores["overall"])]:
        errors = (score[name] for name in ("mae_median", "mae_naive", "wis_ratio", "brier"))
        shown = (formats.number(error, 2) for error in errors)
        table.add_row(area, formats.percent(score["hit_rate_80"], 1), *shown)
    console = Console()
    console.print(table)
    for alike in scores["overall"]["reliability"]:
        values = {name: formats.percent(alike[name], 0) for name in ("said", "came")}
        console.print(
            _("Of {n} chances of about {said}, {came} came true.", n=alike["n"], **values)
        )
    if late := scores["nowcast"]:
        values = {name: formats.number(late[name], 2) for name in ("mae_median", "mae_carried")}
        console.print(
            _(
                "The total before all areas have reported, {n} days: {hit} in the 80% range; error "
                "{mae_median}, carried forward {mae_carried}.",
                n=late["n"], hit=formats.percent(late["hit_rate_80"], 1), **values,
            )
        )  # fmt: skip
