"""How codes, names and figures are put into sentences."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from briefing import formats
from briefing.catalog.figures import FIGURES
from briefing.messages import Message, _

RULE: dict[str, Message] = {
    "file_unreadable": Message("file can't be read"),
    "file_encrypted": Message("file has a password"),
    "file_too_large": Message("file is too large"),
    "file_ignored": Message("file is not a report"),
    "form_unknown": Message("neither form recognised"),
    "subject_other": Message("about something else"),
    "header_missing": Message("no column headings"),
    "sheet_hidden": Message("hidden sheet"),
    "rows_hidden": Message("rows hidden by a filter"),
    "text_struck": Message("text struck through"),
    "text_hidden": Message("hidden text"),
    "formula_not_calculated": Message("formula not calculated"),
    "text_comment": Message("comment on the page"),
    "text_raised": Message("raised mark of a note"),
    "object_unread": Message("object or sheet that can't be opened"),
    "table_left_out": Message("further table not read"),
    "other_days_columns": Message("columns of other days"),
    "report_repeated": Message("reported twice in one file"),
    "report_quoted": Message("report in an earlier message"),
    "legacy_encoding": Message("old font"),
    "unit_unknown": Message("unit not known"),
    "unit_ambiguous": Message("unit ambiguous"),
    "unit_conflict": Message("units contradict"),
    "date_missing": Message("no date"),
    "date_conflict": Message("dates contradict"),
    "date_outside_campaign": Message("date outside the campaign"),
    "reading_low_confidence": Message("meaning of the count uncertain"),
    "reading_from_history": Message("meaning of the count told by earlier days"),
    "reading_refused": Message("entry on the meaning of the count not followed"),
    "reading_unmatched": Message("entry on the meaning of the count fits no file"),
    "day_only": Message("the day's installs only"),
    "cumulative_unknown": Message("no cumulative to add to"),
    "cumulative_partial": Message("cumulative not complete"),
    "number_unreadable": Message("count can't be read"),
    "number_approximate": Message("estimate"),
    "number_repaired": Message("letter in a number put right"),
    "number_thousands": Message("separator taken for thousands"),
    "number_out_of_step": Message("count out of step"),
    "percent_only": Message("only a percentage"),
    "total_mismatch": Message("total does not add up"),
    "total_unreadable": Message("total can't be read"),
    "empty_report": Message("empty report"),
    "nil_report": Message("nothing new reported"),
    "nil_contradicted": Message("nothing new, but another number"),
    "phone_invalid": Message("phone number invalid"),
    "phone_missing": Message("no phone number"),
    "phone_zero_restored": Message("zero of a phone number put back"),
    "phone_letter_replaced": Message("letter in a phone number put right"),
    "phone_converted": Message("old 11-digit number converted"),
    "phone_ambiguous": Message("mobile or landline"),
    "phone_several": Message("several phones in one cell"),
    "phone_duplicate": Message("phone number twice"),
    "phone_in_two_communes": Message("same phone in two units"),
    "name_missing": Message("no name"),
    "person_duplicate": Message("person twice"),
    "several_persons": Message("several persons in one row"),
    "hamlet_unknown": Message("hamlet not known"),
    "hamlet_duplicate": Message("hamlet twice"),
    "smartphone_over_staff": Message("more smartphones than staff"),
    "installed_over_smartphone": Message("more installed than have a smartphone"),
    "qr_missing": Message("no QR code"),
    "qr_photo_missing": Message("no photo of the QR code"),
    "qr_photo_mismatch": Message("photo shows another QR code"),
    "qr_photo_unreadable": Message("QR code in the photo can't be read"),
    "qr_photo_alone": Message("photo that belongs to no report"),
    "cumulative_decrease": Message("cumulative has fallen"),
    "jump": Message("sudden jump"),
    "copy_of_yesterday": Message("copy of an earlier report"),
    "over_denominator": Message("more than can install"),
    "late": Message("late report"),
    "superseded": Message("replaced by a newer report"),
    "received_unreadable": Message("received.csv can't be read"),
    "file_name_unreadable": Message("signs in a file's name that are no letters"),
    "register_incomplete": Message("an earlier file is lost"),
    "correction_applied": Message("correction applied"),
    "correction_unmatched": Message("correction not applied"),
}
"""What was found, short enough for a list; the finding's own message says it at length."""

FORMS = (
    (
        r"object (?P<n>[0-9]+), (?P<sheet>.+)!(?P<cell>[A-Z]+[0-9]+)",
        Message("object {n}, sheet “{sheet}”, cell {cell}"),
    ),
    (r"(?P<sheet>.+)!(?P<cell>[A-Z]+[0-9]+)", Message("sheet “{sheet}”, cell {cell}")),
    (
        r"(?P<sheet>.+)!(?P<first>[A-Z]+[0-9]+):(?P<last>[A-Z]+[0-9]+)",
        Message("sheet “{sheet}”, cells {first} to {last}"),
    ),
    (
        r"table (?P<table>[0-9.]+), row (?P<row>[0-9]+), column (?P<column>[0-9]+)",
        Message("table {table}, row {row}, column {column}"),
    ),
    (r"paragraph (?P<n>[0-9]+)", Message("paragraph {n}")),
    (r"object (?P<n>[0-9]+)", Message("object {n}")),
    (
        r"line (?P<line>[0-9]+), column (?P<column>[0-9]+)",
        Message("line {line}, column {column}"),
    ),
    (r"line (?P<n>[0-9]+)", Message("line {n}")),
    (r"(?P<file>.+), entry (?P<n>[0-9]+)", Message("{file}, entry {n}")),
    (r"entry (?P<n>[0-9]+)", Message("entry {n}")),
    (r"(?P<file>.+), key (?P<key>.+)", Message("{file}, line “{key}”")),
)

INSIDE = (
    (
        r"page (?P<n>[0-9]+), (?P<kind>line|table|paragraph) (?P<rest>.+)",
        Message("page {n}, {place}"),
    ),
    (r"header (?P<kind>paragraph) (?P<rest>.+)", Message("header of the page, {place}")),
    (r"footer (?P<kind>paragraph) (?P<rest>.+)", Message("footer of the page, {place}")),
    (r"(?P<kind>table) header (?P<rest>.+)", Message("header of the page, {place}")),
    (r"(?P<kind>table) footer (?P<rest>.+)", Message("footer of the page, {place}")),
    (
        r"object (?P<n>[0-9]+), (?P<kind>line|paragraph) (?P<rest>.+)",
        Message("object {n}, {place}"),
    ),
    (r"(?P<kind>table) object (?P<n>[0-9]+)\.(?P<rest>.+)", Message("object {n}, {place}")),
    (r"text box (?P<n>[0-9]+), (?P<kind>paragraph) (?P<rest>.+)", Message("text box {n}, {place}")),
    (r"(?P<kind>table) text box (?P<n>[0-9]+)\.(?P<rest>.+)", Message("text box {n}, {place}")),
)
"""Addresses that say first in what a place lies, and then the place."""


def address(where: str) -> Message | str:
    """An address of the contract (`Sheet1!D14`, `page 2, line 5`) in words.

    Anything else, such as a file's name, is said as it is.
    """
    for form, text in INSIDE:
        if match := re.fullmatch(form, where):
            inner = f"{match['kind']} {match['rest']}"
            return Message(text.msgid, {**match.groupdict(), "place": address(inner)})
    for form, text in FORMS:
        if match := re.fullmatch(form, where):
            return Message(text.msgid, match.groupdict())
    return where


def rule(name: str) -> Message | str:
    """A rule of the contract (`phone_invalid`) in a few words; one that is not known, as it is."""
    return RULE.get(name, name)


def fact(column: str, value: object) -> Message | str:
    """A value of a table, which holds it as text: a day as it is written, a count grouped."""
    if formats.is_missing(value):
        return Message("nothing")
    text = str(value)
    if column == "report_date":
        return moment(text)
    return text if column == "unit_code" else formats.integer(int(text))


def told(figures: Mapping[str, int]) -> str:
    """Figures with their names, in a row."""
    return "; ".join(f"{FIGURES[name].inside} {fact(name, n)}" for name, n in figures.items())


def moment(iso: str) -> str:
    """An ISO day, with its time if it has one, as it is written."""
    at = datetime.fromisoformat(iso)
    return formats.day(at) if len(iso) == len("2021-08-16") else formats.moment(at)


def sentence(text: str) -> str:
    """A text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """A text that begins a sentence, as it stands inside one."""
    return text[:1].lower() + text[1:]


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names in a row, the rest counted: "A; B; C và 4 đơn vị khác".

    One more than `most` are all named: "và 1 đơn vị khác" takes the room of a name.
    """
    rest = len(names) - most
    if rest < 2:
        return "; ".join(names)
    return _("{names} and {n} others", names="; ".join(names[:most]), n=rest)


RARE = 0.05  # below it errors of the past tell no more than that a thing is rare


def odds(chance: float) -> str:
    """A chance (0 to 1) as people say it: no surer than errors of the past can tell."""
    if chance < RARE:
        return _("under 1 in 20")
    if chance > 1 - RARE:
        return _("over 19 in 20")
    return _("about {n} in 10", n=min(max(round(chance * 10), 1), 9))


def rounded_up(pace: float) -> str:
    """A required pace as a whole number: rounded down it would not be enough."""
    return formats.MISSING if formats.is_missing(pace) else formats.integer(math.ceil(float(pace)))
