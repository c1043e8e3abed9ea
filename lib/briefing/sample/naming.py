"""What a unit's file is called, and in which folder the analyst saved it."""

from __future__ import annotations

from briefing.sample.lists import SampleContext
from briefing.sample.path import baseline_of
from briefing.sample.plan import COUNTS, Sending
from briefing.sample.words import counts_words, spellings, vocabulary

SHORT_FOLDERS_FROM = 2  # days after the baseline from which folders are named 16.8, not ISO


def report_file(context: SampleContext, sending: Sending, *, corrected: bool) -> str:
    """The path inside the inbox, with forward slashes.

    Args:
        context: The sample.
        sending: Who sends, about which day, with which mistakes.
        corrected: Whether this is the second version, sent the same evening.
    """
    unit, day = sending.unit, sending.day
    named = day
    if "date_conflict" in sending.faults:  # the sender saved over the file before
        named = context.before(day)
    words = counts_words(context.campaign) if unit.reading == COUNTS else vocabulary()
    names = words["file_names"]
    name = names[unit.file % len(names)].format(**spellings(context.campaign, unit.unit, named))
    if corrected:
        name += words["corrected_suffix"]
    anchor, _coverage = baseline_of(context.campaign)
    short = (day - anchor).days >= SHORT_FOLDERS_FROM
    folder = f"{day.day}.{day.month}" if short else day.isoformat()
    ending = "docx" if unit.docx else "txt" if unit.hand == "message" else "xlsx"
    return f"{folder}/{name.replace('/', '-')}.{ending}"
