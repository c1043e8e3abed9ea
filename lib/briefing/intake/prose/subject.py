"""What a message is about, where it may speak of several things in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.intake.prose.amounts import amounts_in
from briefing.intake.recognition.about import About, about_lines
from briefing.intake.recognition.lines import Line
from briefing.intake.recognition.vocabulary import Vocabulary

# Not within a number, nor where a line ends in one (`amounts.EITHER`).
CLAUSE = re.compile(r"(?<=[,;.])(?![\d\n])|(?=\s[-–]\s)|(?<=\n)(?!\d)")


def about_message(
    lead: Sequence[Line], piece: Sequence[Line], post: Sequence[Line], words: Vocabulary
) -> About:
    """What one unit's piece of a message is about.

    Of another subject it is where its own words, those before all pieces, or a line of the post
    that gives no number name that, and none speaks of the campaign beside it.

    Args:
        lead: The lines that hold for every piece.
        post: All lines of the message.
    """
    own = [Line(clause, line.where) for line in (*lead, *piece) for clause in _clauses(line.text)]
    about = about_lines(own, words)
    spoken = [line for line in own if words.subjects.speaks(line.text)]
    if about.what == "other" and spoken and not _is_rival(about):
        return about_lines(spoken, words)
    if not about and not any(words.subjects.speaks(line.text) for line in post):
        year = words.campaign.dates.start.year
        general = [line for line in post if not amounts_in([line], year=year).amounts]
        return about_lines(general, words)
    return about


def _is_rival(about: About) -> bool:
    return about.mention is not None and about.mention.rival


def without_others(piece: Sequence[Line], words: Vocabulary) -> tuple[Line, ...]:
    """The lines without their clauses on another subject, up to the next one on the campaign:
    “cài Bluezone 1.250, tiêm mũi 1: 900, lũy kế 3.000”."""
    found, apart = [], False
    for line in piece:
        kept = []
        for clause in _clauses(line.text):
            apart = not words.subjects.speaks(clause) and (
                apart or words.subjects.other(clause) is not None
            )
            kept += [] if apart else [clause]
        if kept:
            found.append(replace(line, text="".join(kept)))
    return tuple(found)


def _clauses(text: str) -> Iterator[str]:
    return (clause for clause in CLAUSE.split(text) if clause.strip())
