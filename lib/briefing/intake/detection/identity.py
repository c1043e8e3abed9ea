"""Of which unit a report is: by its content, then the file's name, then the folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

from briefing.intake.detection.hints import BREAKS, Hint
from briefing.intake.detection.lines import Line
from briefing.intake.detection.marks import (
    is_addressed,
    is_issuer,
    is_national,
    is_title,
    names_an_office,
    own_names,
)
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.disclosure import shown_line
from briefing.intake.parsers.text import fold
from briefing.intake.submission import Finding, Submission
from briefing.locale.pack import Worded

SENDER_LINE = Worded(r"^«letters.sender»\b")
SIGNATURE_LINE = Worded("^«letters.signature»")
CODE_LINE = Worded(r"^(?:«letters.code»)?\d{4,6}$")


@dataclass(frozen=True)
class Identity:
    """The unit or the day of a report, with what is to be said about how it was found.

    Attributes:
        evidence: Of a day, what each source says: `content`, `sheet`, `sent`, `name`, `folder` →
            days. Of a unit that can't be told: `may_be` → the codes of those that it may be.
    """

    value: Any
    text: str = ""
    findings: tuple[Finding, ...] = ()
    evidence: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


def identified(
    blank: Submission, form: str | None, unit: Identity, day: Identity, words: Vocabulary
) -> Submission:
    """A report in a form, with whose it is, about which day, and what is to be said of both."""
    return replace(
        blank,
        form=form,
        owed_by=words.campaign.forms[form].owed_by if form else None,
        unit_code=unit.value,
        unit_name=words.names.get(unit.value or "", unit.text),
        report_date=day.value,
        days={source: [d.isoformat() for d in days] for source, days in day.evidence.items()},
        may_be=unit.evidence.get("may_be", ()),
        findings=(*unit.findings, *day.findings),
    )


def identify_unit(
    lines: Sequence[Line], hint: Hint, words: Vocabulary, file: str, below: Iterable[Line] = ()
) -> Identity:
    """The unit that a report comes from.

    Args:
        below: The lines under the table; a signature there counts where all else is silent.

    Returns:
        The unit's code, or `None` with a finding `unit_unknown` or `unit_ambiguous`. A letterhead
        that names a place which isn't one of the campaign's units is `unit_unknown`, whatever
        the file is called.
    """
    parent = _foreign_parent(lines, words) or _office(lines, words)
    foreign = parent or _foreign(lines, words)
    named = [] if parent else _units_named(lines, words, anywhere=foreign is None)
    if named:
        texts = [line.text for line in lines if not is_addressed(line.key)]
        codes = words.units.within(_meant(codes for codes, _line in named), texts)
        if len(codes) == 1 and words.lies_elsewhere(codes[0], texts):
            return _foreigner(named[0][1], words)
        if len(codes) == 1:
            return confirmed(codes[0], named[0][1], hint.all_units, file, words)
        agreed = _agreed(codes, hint, words)
        if len(agreed) == 1:
            return Identity(agreed[0], file)
        return _unit_ambiguous(agreed, named[0][1], words)
    if foreign:
        return _foreigner(foreign, words)
    by_name = named_by(hint, words)
    if len(by_name) == 1:
        return confirmed(by_name[0], Line(file, file), hint.all_units, file, words)
    if by_name:
        return replace(_unit_ambiguous(by_name, Line(file, file), words), text=file)
    for line in below:
        signed = words.units.find(line.text) if SIGNATURE_LINE.match(line.key) else []
        if len({match.code for match in signed}) == 1:
            return Identity(signed[0].code, line.shown)
    text = next((line.text for line in lines if is_issuer(line.key)), "")
    return Identity(None, shown_line(text), (unit_unknown(text, file),))


def named_by(hint: Hint, words: Vocabulary) -> tuple[str, ...]:
    """The unit that the names around a report say; several where it can't be told which."""
    return _agreed(hint.units, hint, words) if hint.units else ()


def _agreed(codes: Sequence[str], hint: Hint, words: Vocabulary) -> tuple[str, ...]:
    """Those of several units that the names around a report say too, one name after the other, or
    that lie where these say; the same units where they don't help."""
    for units in hint.all_units:
        codes = [code for code in codes if code in units] or codes
    return words.units.within(codes, (name.text for name in hint.all_names))


def _meant(named: Iterable[Sequence[str]]) -> list[str]:
    """The one unit that all names may mean, else every unit that any of them may."""
    sets = [set(codes) for codes in named]
    common = set.intersection(*sets)
    return sorted(common if len(common) == 1 else set.union(*sets))


def unit_of_cell(
    text: str, where: str, lines: Iterable[Line], hint: Hint, words: Vocabulary
) -> Identity:
    """The unit that a cell beside a row names, in a table with a row for each of several.

    Args:
        lines: Those above the table: of units of one name it is the one that lies where these say,
            else where the names around the report do.
    """
    line = Line(text, where)
    one_line = BREAKS.sub(" ", text)
    codes = words.units.resolve(one_line, initials=True, fuzzy=True).codes
    codes = codes or words.units_by_code(text)
    for texts in ([each.text for each in lines], [name.text for name in hint.all_names]):
        codes = words.units.within(codes, texts)
    if names_an_office(text, words):
        return _foreigner(line, words)
    if len(codes) == 1 and not words.foreign_parent(text):
        return Identity(codes[0], line.shown)
    if len(codes) > 1:
        return _unit_ambiguous(sorted(codes), line, words)
    return _foreigner(line, words)


def confirmed(
    code: str, line: Line, named: tuple[tuple[str, ...], ...], file: str, words: Vocabulary
) -> Identity:
    """The unit, with a finding where the file's name or a folder says another one."""
    other = next((codes[0] for codes in named if code not in codes), None)
    findings = (_unit_conflict(code, other, line, file, words),) if other else ()
    return Identity(code, line.shown, findings)


def _units_named(
    lines: Sequence[Line], words: Vocabulary, *, anywhere: bool
) -> list[tuple[Sequence[str], Line]]:
    """Units in the head of a report, each name as the codes of all that it may be; those of the
    letterhead, where it names any, alone.

    Args:
        anywhere: Also outside the letterhead, where that names none.
    """
    all_named: list[tuple[Sequence[str], Line]] = []
    letterhead: list[tuple[Sequence[str], Line]] = []
    after_issuer = 0
    for line in lines:
        if is_addressed(line.key):
            continue
        if not is_national(line.key) and line.key:
            after_issuer = 2 if is_issuer(line.key) else after_issuer - 1
        named = [[match.code for match in names] for names in own_names(line.text, words)]
        if not named and CODE_LINE.match(line.key):
            named = [[code] for code in words.units_by_code(line.text)]
        all_named += [(codes, line) for codes in named]
        if after_issuer > 0 or SENDER_LINE.match(line.key):
            letterhead += [(codes, line) for codes in named]
    return letterhead or _misspelt(lines, words) or (all_named if anywhere else [])


def _misspelt(lines: Sequence[Line], words: Vocabulary) -> list[tuple[Sequence[str], Line]]:
    """The unit that a line of the letterhead misspells, if it can only be one, or says in
    initials."""
    for line in lines:
        if words.names_a_unit(line.key) and not words.units.named(line.text):
            found = words.units.resolve(line.text, initials=True, fuzzy=True)
            if len(found.codes) == 1 or words.units.named(line.text, initials=True):
                return [(found.codes, line)]
    return []


def _foreign(lines: Sequence[Line], words: Vocabulary) -> Line | None:
    """The line of a letterhead that names a unit which is none of the campaign's units."""
    for line in lines:
        if is_title(line.key):
            return None
        if not words.names_a_unit(line.key):
            continue
        if not words.units.resolve(line.text, initials=True, fuzzy=True).codes:
            return line
    return None


def _foreign_parent(lines: Sequence[Line], words: Vocabulary) -> Line | None:
    """What a letterhead of another parent names as the unit, with the parent.

    A unit of that parent may be called as one of ours is: it is not ours all the same.
    """
    head = list(takewhile(lambda line: not is_title(line.key), lines))
    for line in head:
        issues = is_issuer(line.key) or words.names_a_unit(line.key)
        parent = words.foreign_parent(line.text)
        if not issues and fold(parent) != line.key:
            continue
        if parent and not is_addressed(line.key):
            own = next((each for each in head if words.names_a_unit(each.key)), line)
            text = own.text if parent in own.text else f"{own.text}, {parent}"
            return Line(text, own.where)
    return None


def _office(lines: Sequence[Line], words: Vocabulary) -> Line | None:
    """The line that names an office in a unit as the sender: the letterhead's last name, or
    where there is no title the first name of all."""
    head = list(takewhile(lambda line: not is_title(line.key), lines))
    naming = [n for n in head if not is_addressed(n.key) and words.units.find(n.text)]
    sender = naming[0 if len(head) == len(lines) else -1] if naming else None
    return sender if sender and names_an_office(sender.text, words) else None


def _foreigner(line: Line, words: Vocabulary) -> Identity:
    text = line.shown
    return Identity(None, text, (Finding("unit_unknown.foreign", line.where, text),))


def _unit_conflict(code: str, other: str, line: Line, file: str, words: Vocabulary) -> Finding:
    values = {"unit": words.names[code], "other": words.names[other], "file": file}
    return Finding("unit_conflict.name", line.where, line.shown, values)


def _unit_ambiguous(codes: Sequence[str], line: Line, words: Vocabulary) -> Identity:
    text = line.shown
    values = {"units": ", ".join(words.apart(codes))}
    finding = Finding("unit_ambiguous", line.where, text, values)
    return Identity(None, text, (finding,), {"may_be": tuple(codes)})


def unit_unknown(text: str, where: str) -> Finding:
    return Finding("unit_unknown.unsaid", where, shown_line(text))
