"""How a document begins and ends in Word: the boxes of the decree, or the head of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefing.documents import fragments
from briefing.documents.docx.draft import DASHES, Draft
from briefing.documents.lines import balanced, length
from briefing.office.look import DEEP, MUTED, RULE
from briefing.office.markup import cell, line, paragraph, row, run, table, twips

Json = dict[str, Any]

BOXES = "Boxes"
GUTTER = 340  # twips between the two boxes: 6 mm
BEFORE_SALUTATION = 1250  # twips
SHORT, WHOLE = 0.42, 1.0
"""A rule's share of the line above it."""


def formal_head(block: Json, draft: Draft) -> str:
    """Boxes 1 to 5a and 9a of Nghị định 30/2020/NĐ-CP, then what must be known before reading."""
    about = balanced(block["about"], 0.85 * draft.look.width / 20, 14)
    return (
        _boxes(block, draft)
        + paragraph(run(block["kind"]), style="Title")
        + paragraph(run("\n".join(about)), style="Subtitle")
        + rule(draft.look.width, 0.4 * length(about[-1], 14))
        + _addressed(block["addressees"], draft)
        + "".join(
            paragraph(run(notice, italic=True), style="BodyText") for notice in block["notices"]
        )
    )


def _boxes(block: Json, draft: Draft) -> str:
    nation, motto = block["national_name"].upper(), block["motto"]
    longest = max(
        length(nation, 12), length(motto, 13), length(block["place_and_date"], 13, "Times-Italic")
    )
    right = round(20 * longest) + GUTTER
    left = draft.look.width - right
    free = left / 20 - 4
    parent = balanced(block["issuer_parent"].upper(), free, 12) if block["issuer_parent"] else []
    issuer = balanced(block["issuer"].upper(), free, 12)
    by = "".join(_centred(run(text, size=12)) for text in ["\n".join(parent)] if text)
    by += _centred(run("\n".join(issuer), bold=True, size=12))
    by += rule(left, SHORT * length(issuer[-1], 12))
    state = _centred(run(nation, bold=True, size=12)) + _centred(run(motto, bold=True))
    state += rule(right, WHOLE * length(motto, 13)) if motto else ""
    second = 'w:before="200"'
    number = _centred(run(block["number"]), spacing=second)
    when = _centred(run(block["place_and_date"], italic=True), spacing=second)
    return table(
        [row([cell(by, left), cell(state, right)]), row([cell(number, left), cell(when, right)])],
        [left, right],
    )


def _centred(*content: str, spacing: str = "") -> str:
    return paragraph(*content, style=BOXES, spacing=spacing, align="center")


def rule(width: int, points: float) -> str:
    """A line of a length, in the middle of a width in twips."""
    beside = max(0, round((width - 20 * points) / 2))
    return paragraph(
        style="Rule",
        border=line("bottom", 6),
        indent=f'w:left="{beside}" w:right="{beside}"',
        align="center",
    )


def _addressed(names: Sequence[str], draft: Draft) -> str:
    label = draft.labels["addressees"]
    ended = fragments.ended(names)
    before, after = 'w:before="280" w:after="60"', 'w:after="240"'
    if not ended:
        return paragraph(style="Rule", spacing='w:after="200"')
    if len(ended) == 1:
        words = run(f"{label} {ended[0]}")
        spacing = 'w:before="280" w:after="240"'
        return paragraph(words, style="Addressees", align="center", spacing=spacing)
    colon = BEFORE_SALUTATION + round(20 * length(label.rstrip(":"), 14, "Times-Roman"))
    made = paragraph(
        run(label), style="Addressees", spacing=before, indent=f'w:left="{BEFORE_SALUTATION}"'
    )
    for name in ended:
        made += paragraph(
            run(name),
            style="Addressees",
            numbering=(DASHES, 0),
            spacing=after if name == ended[-1] else "",
            indent=f'w:left="{colon}"',
        )
    return made


def signature(block: Json, draft: Draft) -> str:
    """Boxes 7 and 9b: recipients, and who signs. Signature, seal and name stay blank."""
    half = draft.look.width // 2
    left = paragraph(style="Recipients")
    if block["recipients"]:
        label = block["label"] or draft.labels["recipients"]
        left = paragraph(run(label, bold=True, italic=True, size=12), style="Recipients")
        for name in fragments.ended(block["recipients"]):
            left += paragraph(run(name), style="Recipients", numbering=(DASHES, 0))
    position = "\n".join(block["position"]).upper()
    right = _centred(run(position, bold=True, size=14))
    right += _centred(spacing=f'w:before="{twips(25)}"')  # the name, under signature and seal
    above = paragraph(style="Rule", keep_next=True, spacing='w:before="160"')
    return above + table([row([cell(left, half), cell(right, half)])], [half, half])


def annex_heading(block: Json, draft: Draft) -> str:
    """Label and title as one heading, then the line that names the document it belongs to."""
    title = balanced(block["title"].upper(), draft.look.width / 20, 14)
    heading = "\n".join((block["label"], *title))
    made = paragraph(run(heading), style="AnnexHeading")
    if block["reference"]:
        lines = balanced(block["reference"], draft.look.width / 20, 14)
        words = run("\n".join(lines), italic=True)
        made += paragraph(words, keep_next=True, spacing='w:after="200"', align="center")
    return made


def letterhead(block: Json, draft: Draft) -> str:
    """The head of a page that is no formal document."""
    half = draft.look.width // 2
    parent = run(block["issuer_parent"], colour=MUTED)
    left = paragraph(parent, style=BOXES) if block["issuer_parent"] else ""
    left += paragraph(run(block["issuer"], bold=True, colour=DEEP), style=BOXES)
    right = "".join(
        paragraph(run(text, bold=True), style=BOXES, align="right")
        for text in (block["national_name"], block["motto"])
        if text
    )
    when = run(block["place_and_date"], italic=True, colour=MUTED)
    right += paragraph(when, style=BOXES, align="right")
    under = line("bottom", 10, DEEP)
    boxes = [cell(left, half, borders=under), cell(right, half, borders=under)]
    made = table([row(boxes)], [half, half], margins=(40, 0))
    made += paragraph(run(block["title"]), style="Title")
    if block["subtitle"]:
        made += paragraph(run(block["subtitle"]), style="Subtitle")
    for notice in block["notices"]:
        edge = line("left", 12, RULE, 6)
        indent = 'w:left="120"'
        made += paragraph(run(notice), style="Note", border=edge, indent=indent)
    return made
