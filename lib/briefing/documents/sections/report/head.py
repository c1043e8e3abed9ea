"""The frame of a formal report: head, opening, headings, signature, where an annex begins."""

from __future__ import annotations

from briefing import formats, labels
from briefing.catalog.codes import SECTION
from briefing.documents.blocks import (
    AnnexHeading,
    FormalHead,
    Heading,
    Notice,
    Paragraph,
    Signature,
)
from briefing.documents.sections.head import known_at, newest_arrival
from briefing.documents.wording import made_up, sentence
from briefing.language import current_language
from briefing.locale.pack import load
from briefing.messages import _
from briefing.tables.period import Period, unused


def covered(period: Period) -> Paragraph | Notice:
    """What the period rests on, in one line: for the analyst, first thing."""
    lost = [f"{SECTION[section]}: {rule}" for section, rule in unused(period)]
    if lost:
        return Notice(
            _(
                "Your sentences for these rules replace nothing, since the rules do not apply: "
                "{rules}.",
                rules="; ".join(lost),
            )
        )
    whole = period.whole.iloc[0]
    text = _(
        "{days}: {n} of {all} reports due have come, {usable} of {units} have figures.",
        days=sentence(spanned(period)),
        n=whole["on_time"] + whole["late"],
        all=whole["expected"],
        usable=whole["units_counted"],
        units=f"{whole['units']} {period.day.campaign.terms.units}",
    )
    return Paragraph(made_up(period.day, text))


def report_head(period: Period) -> FormalHead:
    """The head of the report. Number, date and signature are for the office to fill in."""
    campaign, texts = period.day.campaign, period.texts
    report, printed = campaign.report, load(campaign.locale).printed
    about = f"{_about(period)} ({spanned(period)})"
    return FormalHead(
        national_name=printed.nation.get(current_language(), ""),
        motto=printed.motto.get(current_language(), ""),
        issuer_parent=campaign.letterhead.parent,
        issuer=campaign.letterhead.issuer,
        number=_number(period),
        place_and_date=f"{campaign.letterhead.place}, {_blank_date(period)}",
        kind=_("REPORT"),
        about=about,
        addressees=texts.addressees or tuple(map(str, report.addressees)),
        notices=tuple(_notices(period)),
        title=about,
        subject=str(campaign.name),
        author=campaign.letterhead.issuer,
        date=(period.day.as_of or newest_arrival(period.day) or period.covered_to).isoformat(),
        illustrative=period.day.illustrative,
    )


def spanned(period: Period) -> str:
    """The days of the period, as inside a sentence."""
    if period.first == period.last:
        return _("on {day}", day=formats.day(period.first))
    return _(
        "from {first} to {last}", first=formats.day(period.first), last=formats.day(period.last)
    )


def opening(period: Period) -> Paragraph:
    """Who reports what, as of when."""
    about = _about(period)
    return Paragraph(
        _(
            "{author} reports the {about} {days}; figures as of {moment}.",
            author=sentence(_author(period)),
            about=labels.lowered(about),
            days=spanned(period),
            moment=known_at(period.day),
        )
    )


def closing(period: Period) -> Paragraph:
    """The last sentence, with the sign that ends a document."""
    about = _about(period)
    return Paragraph(
        _(
            "This is the report of {author} on the {about} {days}",
            about=labels.lowered(about),
            days=spanned(period),
            author=_author(period),
        )
        + "./."
    )


def signature(period: Period) -> Signature:
    """Who signs, and who gets a copy. Nothing is signed here."""
    report, texts = period.day.campaign.report, period.texts
    return Signature(
        position=texts.position or report.position,
        recipients=texts.recipients or tuple(map(str, report.recipients)),
        label=_("Recipients:"),
    )


def whole_heading(period: Period) -> Heading:
    return Heading(f"1. {sentence(str(period.day.campaign.area.whole))}", 2)


def units_heading(period: Period) -> Heading:
    return Heading(f"2. {sentence(str(period.day.campaign.terms.units))}", 2)


def bodies_heading(period: Period) -> Heading | None:
    if period.day.bodies.empty:
        return None
    return Heading(f"3. {sentence(str(period.day.campaign.terms.bodies))}", 2)


def annex_of_units(period: Period) -> AnnexHeading:
    terms = period.shown.day.campaign.terms
    title = _("{rate} by {units}", rate=terms.rate, units=terms.units)
    return _annex(period, "I", title)


def annex_of_bodies(period: Period) -> AnnexHeading | None:
    if period.day.bodies.empty:
        return None
    terms = period.day.campaign.terms
    title = _("{rate} in {bodies}", rate=terms.rate, bodies=terms.bodies)
    return _annex(period, "II", title)


def annex_of_lacking(period: Period) -> AnnexHeading:
    return _annex(period, period.annex_of_lacking, _("Reports missing, not usable or late"))


def _annex(period: Period, number: str, title: str) -> AnnexHeading:
    return AnnexHeading(
        label=_("Annex {number}", number=number),
        title=f"{title} {spanned(period)}".upper(),
        reference=_reference(period),
        id=f"annex-{number.lower()}",
    )


def _reference(period: Period) -> str:
    """What an annex says of the document that it belongs to."""
    return _(
        "(Annex to report No.      /{symbol}, {date}, of {author})",
        symbol=_symbol(period),
        date=_blank_date(period),
        author=_author(period),
    )


def _about(period: Period) -> str:
    campaign = period.day.campaign
    if period.texts.about:
        return period.texts.about
    about = str(campaign.report.about or _("Results of {name}", name=campaign.name))
    return f"{about}, {campaign.part}" if campaign.part else about


def _author(period: Period) -> str:
    campaign = period.day.campaign
    return str(campaign.report.author or campaign.letterhead.issuer)


def _number(period: Period) -> str:
    """Room for the number that the office gives."""
    return _("No.      /{symbol}", symbol=_symbol(period))


def _symbol(period: Period) -> str:
    return period.texts.symbol or period.day.campaign.report.symbol


def _blank_date(period: Period) -> str:
    """Room for the day of the signature."""
    return _("……………… {year}", year=f"{period.last:%Y}")


def _notices(period: Period) -> list[str]:
    campaign = period.day.campaign
    notices = []
    if campaign.denominator_assumed:
        notices.append(str(campaign.denominator_note))
    if period.unfinished:
        notices.append(
            _(
                "No report about the days after {day} has come: the closing figures are of that "
                "day, and the days after it are not counted.",
                day=formats.day(period.covered_to),
            )
        )
    return notices
