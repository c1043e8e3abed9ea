"""Where in a letter or a message an earlier one begins that it answers or passes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lxml import etree, html

from briefing.intake.parsers.dates import find_dates
from briefing.intake.parsers.text import plain
from briefing.intake.readers.budget import demand_memory

MARKED = re.compile(r"^\s*[>|│]\s?")  # each line of what is repeated
_ON = "(?:da |duoc )*chuyen tiep"
RULED = re.compile(
    rf"^[-_*\s]{{2,}}(?:(?:original|forwarded) message|(?:thu|tin nhan) (?:goc|{_ON}))[-_*\s:]*$"
    rf"|^(?:begin forwarded message|bat dau (?:thu|tin nhan) {_ON})\s*:"
)
WROTE = re.compile(r"\b(?:wrote|da viet)(?: (?:on|vao|luc) .{4,60})?\s*:$")
WROTE_ON = re.compile(r"^(?:on|vao|ngay|luc)\b.{5,250}\b(?:wrote|viet|da gui)\s*:$")
OPENS_WROTE = re.compile(r"^(?:on|vao|luc)\b.*\d")
LINES_OF_WROTE = 3  # over which “On …, … <…> wrote:” may be broken
LABELS = {
    "from": r"from|tu|nguoi gui|gui tu",
    "sent": r"sent|date|da gui|gui luc|ngay(?: gui)?|thoi gian",
    "to": r"to|toi|den|gui (?:den|toi)|nguoi nhan|cc|bcc|dong gui",
    "subject": r"subject|chu de|tieu de",
}
LABELLED = re.compile(
    "|".join(rf"(?P<{name}>^[\s*_>]*(?:{words})[\s*_]*:)" for name, words in LABELS.items())
)
LINES_OF_HEAD = 8
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
THANG = (
    *("mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"),
    *("muoi mot", "muoi hai"),
)
_MONTH = f"(?:{'|'.join(MONTHS)})"
DAY_IN_WORDS = re.compile(
    rf"\b(?P<m>{_MONTH})[a-z]* (?P<d>\d{{1,2}})(?:,? (?P<y>20\d\d))?(?!\d)"
    rf"|(?<!\d)(?P<day>\d{{1,2}}) (?P<month>{_MONTH})[a-z]*,?(?: (?P<year>20\d\d))?(?!\d)"
    rf"|(?<!\d)(?P<ngay>\d{{1,2}}) thang (?P<thang>{'|'.join(reversed(THANG))})\b,?"
    r"(?: (?P<nam>20\d\d))?"
)
# Elements of a page that mail programs put around what they repeat.
REPEATED = (
    "//blockquote | //*[contains(@class, 'gmail_quote') or contains(@class, 'yahoo_quoted')"
    " or contains(@class, 'moz-cite-prefix') or @id='divRplyFwdMsg' or @id='appendonsend'"
    " or @data-marker='__QUOTED_TEXT__']"
)
BREAKS = {"p", "div", "br", "tr", "li", "hr", "pre", "table", "h1", "h2", "h3", "body"}
UNSEEN = {"script", "style", "title"}
FEWEST_LABELS = 3  # of `LABELS` that stand together over an earlier letter


@dataclass(frozen=True)
class Earlier:
    """An earlier letter under a newer one, by numbers of lines.

    Attributes:
        first: The first line of its head: who wrote it, when, about what.
        text: The first line behind its head.
        headed: Nothing but labels (“From: …”) parts it from what stands above.
    """

    first: int
    text: int
    headed: bool = False


def earlier_in(lines: Sequence[str]) -> Earlier | None:
    """The first earlier letter in lines of text; `None` where there is none."""
    low = [plain(line).strip() for line in lines]
    for at, line in enumerate(low):
        if behind := _end_of_wrote(low, at):
            return Earlier(at, behind)
        if RULED.match(line):
            return Earlier(at, _end_of_labels(low, at + 1) or at + 1)
        if behind := _end_of_labels(low, at):
            return Earlier(at, behind, headed=True)
    return None


def own_lines(lines: Sequence[str]) -> list[str]:
    """What the sender wrote himself; blank in the place of all else, so that lines keep their
    numbers. An answer may stand above, below or between the lines that it repeats."""
    earlier = earlier_in(lines)
    end = earlier.first if earlier else len(lines)
    below = range(earlier.text, len(lines)) if earlier and _is_marked(lines, earlier.text) else ()
    kept = {*range(end), *below}
    return [line if at in kept and not MARKED.match(line) else "" for at, line in enumerate(lines)]


def day_of_letter(line: str, year: int) -> date | None:
    """The day in a line of a letter's head, also with the month in words: “Aug 15, 2021”, “15
    Tháng Tám 2021”."""
    if found := find_dates(line, year=year):
        return found[0].date
    match = DAY_IN_WORDS.search(plain(line))
    if match is None:
        return None
    name = match["m"] or match["month"] or match["thang"]
    day = int(match["d"] or match["day"] or match["ngay"])
    month = (MONTHS if name in MONTHS else THANG).index(name) + 1
    try:
        return date(int(match["y"] or match["year"] or match["nam"] or year), month, day)
    except ValueError:
        return None


def _is_marked(lines: Sequence[str], first: int) -> bool:
    """Whether the earlier letter has a mark before each line, so that its end can be told."""
    return next((bool(MARKED.match(line)) for line in lines[first:] if line.strip()), False)


def _end_of_wrote(low: Sequence[str], at: int) -> int:
    """The line behind “On …, … wrote:”, be it broken over lines; 0 where there is none."""
    if WROTE.search(low[at]) or WROTE_ON.match(low[at]):
        return at + 1
    if not OPENS_WROTE.match(low[at]):
        return 0
    for end in range(at + 2, min(at + LINES_OF_WROTE, len(low)) + 1):
        if WROTE_ON.match(" ".join(low[at:end])):
            return end
    return 0


def _end_of_labels(low: Sequence[str], at: int) -> int:
    """The line behind the labels of an earlier letter's head; 0 where there is none."""
    found: set[str] = set()
    end = at
    for here in range(at, min(at + LINES_OF_HEAD, len(low))):
        if label := LABELLED.match(low[here]):
            found.add(str(label.lastgroup))
            end = here + 1
        elif not _goes_on(low, here, found):
            break
    return end if len(found) >= FEWEST_LABELS and "from" in found else 0


def _goes_on(low: Sequence[str], at: int, found: set[str]) -> bool:
    """Whether a line is one of many addressees, before the next label; or blank, before any."""
    if not low[at]:
        return not found
    return bool(found) and at + 1 < len(low) and bool(LABELLED.match(low[at + 1]))


def own_page(page: str) -> str:
    """A page of HTML without the earlier letters in it; the very same where it repeats none."""
    try:
        root = html.document_fromstring(page)
        repeated = [node for node in root.xpath(REPEATED) if node.getparent() is not None]
        for node in repeated:
            node.drop_tree()
        lines = _lines_of(etree.iterwalk(root, events=("start", "end", "comment")))
        if earlier := earlier_in(["".join(line.text).strip() for line in lines]):
            _cut_at(lines[earlier.first])
        elif not repeated:
            return page
        return html.tostring(root, encoding="unicode") if root.text_content().strip() else ""
    except (etree.LxmlError, ValueError, AssertionError) as error:
        demand_memory(error)
        return page


@dataclass
class _PageLine:
    """A line of a page: its text, and the element in which, or `behind` which, it begins."""

    node: Any
    behind: bool
    text: list[str] = field(default_factory=list)


def _lines_of(walk: Iterable[tuple[str, Any]]) -> list[_PageLine]:
    lines: list[_PageLine] = []
    for event, node in walk:
        start = event == "start"
        if not lines or (node.tag in BREAKS and (start or node.tag != "br")):
            lines.append(_PageLine(node, behind=not start))
        text = node.text if start and node.tag not in UNSEEN else "" if start else node.tail
        lines[-1].text.append(" ".join((text or "").split()) + " ")
    return lines


def _cut_at(line: _PageLine) -> None:
    """Take a line out of its page, and all that stands below it."""
    node, kept = line.node, line.behind
    while (around := node.getparent()) is not None:
        for below in [*node.itersiblings()]:
            around.remove(below)
        node.tail = None
        if not kept:
            around.remove(node)
        node, kept = around, True
