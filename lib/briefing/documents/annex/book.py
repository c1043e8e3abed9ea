"""annex.xlsx of a day: an explaining sheet, the published tables, the sources."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, time

from openpyxl import Workbook

from briefing import formats, reproducible
from briefing.documents.annex.cover import add_cover
from briefing.documents.annex.sheet import Tabled, add_sheet, colour
from briefing.documents.annex.trend import add_trend
from briefing.documents.annex.words import TITLES
from briefing.documents.sections.head import known_at, masthead
from briefing.documents.sections.wording import OUTLOOK, STATUS
from briefing.messages import _, current_language
from briefing.spoken import sentence
from briefing.tables import Day

ORDER = (
    "communes", "town", "agencies", "hamlets", "projection", "reports", "corrections", "anomalies",
    "findings", "trace",
)  # fmt: skip
NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")


def annex(day: Day) -> bytes:
    """The workbook; the same bytes for the same day."""
    book = Workbook()
    cover = book.active
    cover.title = _("About")
    sheets: dict[str, int] = {}
    published = day.published()
    for name in ORDER:
        title = NOT_IN_A_TITLE.sub(" ", _title(name, day))[:31]
        sheet = book.create_sheet(title)
        bounds = tuple(target.coverage for target in day.campaign.targets)
        table = Tabled(name, title, _note(day), published[name], bounds, current_language())
        add_sheet(sheet, table)
        colour(sheet, table, _rules(name, day))
        if name == "town":
            add_trend(sheet, table, _trend_title(day))
        sheets[title] = len(published[name])
    add_cover(cover, day, sheets)
    head = masthead(day)
    about = book.properties
    about.title, about.subject, about.creator = head.title, head.subject, head.author
    about.lastModifiedBy, about.language = head.author, current_language()
    stream = io.BytesIO()
    book.save(stream)
    return reproducible.fixed(stream.getvalue(), _moment(head.date))


def _title(name: str, day: Day) -> str:
    terms = day.campaign.terms
    own = {"communes": terms.units, "agencies": terms.agencies, "town": day.campaign.area.whole}
    return sentence(str(own.get(name) or TITLES[name]))


def _note(day: Day) -> str:
    note = _("Figures of {day}, as of {moment}.", day=formats.day(day.date), moment=known_at(day))
    return f"{_('ILLUSTRATIVE DATA')}. {note}" if day.illustrative else note


def _trend_title(day: Day) -> str:
    return sentence(
        _("{rate} of {whole}", rate=day.campaign.terms.rate, whole=day.campaign.area.whole)
    )


def _moment(date: str) -> datetime:
    moment = datetime.fromisoformat(date)
    if "T" not in date:
        moment = datetime.combine(moment.date(), time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _rules(name: str, day: Day) -> list[tuple[str, str, str]]:
    """The colours of the page as formulas over the cells of a row."""
    if name not in ("communes", "town", "agencies"):
        return []
    target = day.campaign.agency_reporting.target
    goal = f"{target}" if name == "agencies" else "{target_coverage}"
    rules = [
        ("coverage", "warn", 'AND({coverage}<>"",{coverage}>1)'),
        ("coverage", "good", 'AND({coverage}<>"",{coverage}>=' + goal + ")"),
        ("coverage", "warn", 'AND({coverage}<>"",{coverage}<' + goal + ")"),
    ]
    words = {"status": STATUS} if name != "town" else {}
    if name != "agencies":
        rules.append(("coverage_change", "bad", 'AND({coverage_change}<>"",{coverage_change}<0)'))
        words["outlook"] = OUTLOOK
    for column, said in words.items():
        rules += [
            (column, tone, f'{{{column}}}="{text}"')
            for text, tone in said.values()
            if tone in ("good", "warn", "bad")
        ]
    return rules
