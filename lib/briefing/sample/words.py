"""The sample's vocabulary, read once, and how a unit's name is spelled in it."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from briefing.formats import NBSP, long_day
from briefing.language import language
from briefing.locale.pack import pack

if TYPE_CHECKING:
    from briefing.params.rows import ReportingUnit

VOCABULARY = Path(__file__).parents[1] / "starters" / "vocabulary.yaml"


@cache
def vocabulary() -> dict[str, Any]:
    """The whole catalog `vocabulary.yaml` as nested dicts and lists."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(VOCABULARY.read_text(encoding="utf-8"), Loader=loader)


def counts_words(campaign: Any) -> dict[str, Any]:
    """Those of reports of counts, in the language of the campaign's reports."""
    return vocabulary()["counts"][campaign.language]


def without_marks(text: str) -> str:
    """The text as typed on a keyboard without Vietnamese: "Đà Lạt" gives "Da Lat"."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def spellings(campaign: Any, unit: ReportingUnit, day: date) -> dict[str, Any]:
    """Values for the placeholders of a template about one unit on one day."""
    values = {
        "app": campaign.app_name,
        "whole": campaign.letterhead.place,
        "unit": unit.full_name,
        "name": unit.name,
        "short": unit.short_label,
        "ascii": without_marks(unit.name),
        "ascii_full": without_marks(unit.full_name),
    }
    form = next((form for form in campaign.forms.values() if form.reads == "counts"), None)
    with language(campaign.language):
        values["title"] = form.title[0] if form and form.title else ""
        values["on"] = long_day(day).replace(NBSP, " ")
    values["date"] = pack().in_digits(day)
    values["month"] = f"{day:%b}"
    upper = {key.upper(): value.upper() for key, value in values.items()}
    padded = {"dd": f"{day.day:02d}", "mm": f"{day.month:02d}"}
    return values | upper | padded | {"d": day.day, "m": day.month, "yyyy": day.year}
