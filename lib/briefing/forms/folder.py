"""A folder of forms: which ones, what they are called, about which day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from briefing.forms import (
    counts_document,
    counts_workbook,
    daily_document,
    daily_workbook,
    once_document,
    once_workbook,
)
from briefing.forms.wording import Form, Last, counts_form, daily_form, once_form
from briefing.locale.pack import reading_by
from briefing.office.package import fixed, saved
from briefing.params import Campaign
from briefing.params.forms import BODIES

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # in names of files, on some system
OWNER_ONLY, FOR_ALL = 0o600, 0o666  # less what the umask takes; the first of forms with persons
KINDS: dict[str, tuple[tuple[str, Callable[[Form], Any]], ...]] = {
    "persons": ((".xlsx", daily_workbook.workbook), (".docx", daily_document.document)),
    "staff": ((".docx", once_document.document), (".xlsx", once_workbook.workbook)),
    "counts": ((".xlsx", counts_workbook.workbook), (".docx", counts_document.document)),
}


def next_report_day(campaign: Campaign, today: date) -> date:
    """The day that a form handed out today will be about: the next one due after today.

    Before and after the days of reporting, the first of them.
    """
    reporting = campaign.reporting
    return reporting.due_after(today) or reporting.dates(reporting.first, reporting.last)[0]


def write_forms(
    folder: Path, campaign: Campaign, day: date, last: Mapping[str, Last] | None = None
) -> list[Path]:
    """Write each form of the campaign for everybody who owes it, as Excel and as Word.

    The same bytes on every run; what lies in the folder under the same names is replaced.

    Args:
        day: The day that the forms are prefilled with.
        last: Unit's code → what it last reported, which its form begins with; such a form holds
            names and numbers, and is for its owner alone.

    Returns:
        The files, in the order of params.
    """
    with reading_by(campaign.locale):  # whose words are on them
        return [*_written(folder, _forms(campaign, day, last or {}))]


def form_to(campaign: Campaign, code: str, day: date) -> tuple[str, bytes] | None:
    """The first form that a unit or body owes, empty: its file's name, and what it holds.

    Args:
        code: Of a unit that reports or of a body.

    Returns:
        `None` where it owes none.
    """
    with reading_by(campaign.locale):
        for kind, form in _forms(campaign, day, {}, code):
            suffix, make = KINDS[kind][0]
            return f"{file_name(form)}{suffix}", form_content(form, make)
    return None


def _written(folder: Path, forms: Iterable[tuple[str, Form]]) -> Iterator[Path]:
    for kind, form in forms:
        for suffix, make in KINDS[kind]:
            path = (
                folder
                / FORBIDDEN.sub("-", form.text(form.words["folder"]))
                / f"{file_name(form)}{suffix}"
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            path.touch(OWNER_ONLY if form.last else FOR_ALL)
            path.write_bytes(form_content(form, make))
            yield path


def _forms(
    campaign: Campaign, day: date, last: Mapping[str, Last], only: str = ""
) -> Iterator[tuple[str, Form]]:
    """Each form of each who owes it, and how it is read: lists and counts first, staff last.

    Args:
        only: The code of the one who owes them; without it of all.
    """
    for code, form in sorted(campaign.forms.items(), key=lambda item: item[1].owed_by == BODIES):
        if form.owed_by == BODIES:
            for body in campaign.body_rows:
                if only and body.body_code != only:
                    continue
                yield form.reads, once_form(campaign, body, day)
            continue
        for unit in campaign.unit_rows:
            if only and unit.unit_code != only:
                continue
            known = last.get(unit.unit_code)
            made = (
                daily_form(campaign, unit, day, known)
                if form.reads == "persons"
                else counts_form(campaign, code, unit, day, known)
            )
            yield form.reads, made


def form_content(form: Form, make: Callable[[Form], Any]) -> bytes:
    """The bytes of a form, with no trace of the moment at which it was made."""
    return fixed(saved(make(form)), datetime.combine(form.day, time(), tzinfo=form.campaign.tz))


def file_name(form: Form) -> str:
    """The name that the office knows the form by, without an ending."""
    return _legal(form.title)


def _legal(name: str) -> str:
    return " ".join(FORBIDDEN.sub("-", name).split())
