"""Tables and key figures in Word: header rows that repeat, rows that no page break cuts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from briefing.catalog.codes import SIGNS
from briefing.documents.columns import NOTE, fitted
from briefing.documents.docx.draft import Draft
from briefing.documents.docx.styles import TEXT as BODY
from briefing.documents.fragments import is_bare
from briefing.office import markup
from briefing.office.look import ACCENT, DEEP, MUTED, RULE, TONES
from briefing.office.markup import cell, line, paragraph, row, run, table

Json = dict[str, Any]

ALIGN = {"left": "left", "right": "right", "center": "center"}
TEXT, GRID = "TableText", "TableGrid"
GAP = paragraph(style="Rule")
"""Between a table and what follows: two tables that touch would become one."""


def data_table(block: Json, draft: Draft) -> str:
    """A table with its caption and note."""
    if is_bare(block):
        return caption(block["caption"]) + paragraph(run(block["note"]), style=BODY)
    columns, rows = block["columns"], block["rows"]
    size, widths = _fitted(columns, rows, draft)
    aligns = [column["align"] for column in columns]
    head = [
        _head(c["label"], w, c["align"], size, draft) for c, w in zip(columns, widths, strict=True)
    ]
    made = [row(head, header=True)]
    for number, cells in enumerate(rows):
        last = number == len(rows) - 1
        total, leads = block["total_row"] and last, bool(block["note"]) and last
        made.append(
            row(
                [
                    _cell(item, width, align, size, total, leads, draft)
                    for item, width, align in zip(cells, widths, aligns, strict=True)
                ]
            )
        )
    shown = caption(block["caption"]) if block["block"] == "table" else GAP
    return (
        shown
        + _framed(made, widths, draft, block["caption"])
        + (note(block["note"]) if block["note"] else GAP)
    )


def plain(node: Json, draft: Draft, inlines: Callable[..., Iterator[str]]) -> str:
    """A table of an analyst's Markdown; `inlines` writes what its cells hold."""
    total = draft.look.width
    widths = [total // len(node["head"])] * len(node["head"])
    aligns = [ALIGN.get(align, "left") for align in node["align"]]

    def cells(items: Sequence[Any], bold: bool) -> list[str]:
        return [
            cell(paragraph(*inlines(c, bold=bold), style=TEXT, keep_next=bold, align=align), width)
            for c, width, align in zip(items, widths, aligns, strict=True)
        ]

    made = [row(cells(node["head"], True), header=True)]
    made += [row(cells(items, False)) for items in node["rows"]]
    return _framed(made, widths, draft, "") + GAP


def caption(text: str) -> str:
    """A title that stays with what follows it."""
    return paragraph(run(text), style="Caption") if text else ""


def note(text: str) -> str:
    return paragraph(run(text), style="Note")


def _fitted(
    columns: Sequence[Json], rows: Sequence[Sequence[Json]], draft: Draft
) -> tuple[float, list[int]]:
    """The size of the letters, and the width of each column in twips."""
    look = draft.look
    size, points = fitted(
        columns,
        rows,
        look.width / 20,
        look.table_size(len(columns)),
        look.inset / 20,
        marked=not look.formal,
    )
    widths = [round(20 * width) for width in points]
    widths[-1] += look.width - sum(widths)
    return size, widths


def _framed(rows: Sequence[str], widths: Sequence[int], draft: Draft, title: str) -> str:
    if draft.look.formal:
        return table(rows, widths, style=GRID, title=title, margins=(40, draft.look.inset))
    borders = line("bottom", 3, RULE) + line("insideH", 3, RULE)
    return table(rows, widths, title=title, borders=borders, margins=(0, draft.look.inset))


def _head(label: str, width: int, align: str, size: float, draft: Draft) -> str:
    if draft.look.formal:
        words = run(label, bold=True, size=size)
        text = paragraph(words, style=TEXT, keep_next=True, align="center")
        return cell(text, width, valign="center")
    words = run(label, bold=True, size=size, colour=MUTED)
    text = paragraph(words, style=TEXT, keep_next=True, align=ALIGN[align])
    return cell(text, width, borders=line("bottom", 8, DEEP), valign="bottom")


def _cell(
    item: Json, width: int, align: str, size: float, total: bool, leads: bool, draft: Draft
) -> str:
    formal, tone = draft.look.formal, item["tone"]
    mark = "" if formal or tone not in SIGNS else run(f"{SIGNS[tone]}\u00a0", colour=TONES[tone])
    colour = draft.look.muted() if tone == "muted" else ""
    content = mark + run(item["text"], bold=total, size=size, colour=colour)
    if item["note"]:
        muted = draft.look.muted()
        content += run(f"\n{item['note']}", italic=formal, size=NOTE * size, colour=muted)
    borders = line("top", 8, DEEP) if total and not formal else ""
    words = paragraph(content, style=TEXT, keep_next=leads, align=ALIGN[align])
    return cell(words, width, borders=borders)


def key_figures(block: Json, draft: Draft) -> str:
    """As a table of the text in a formal document, as tiles on a page."""
    if draft.look.formal:
        return _listed_figures(block["figures"], draft)
    heroes = [f for f in block["figures"] if f["progress"] is not None]
    tiles = [f for f in block["figures"] if f["progress"] is None]
    made = [_tiles([f], 1, draft) for f in heroes]
    if tiles:
        count = len(tiles)
        across = count if count <= 5 else 3 if count % 3 == 0 else 4
        made.append(_tiles(tiles, across, draft))
    return "".join(made)


def _listed_figures(figures: Sequence[Json], draft: Draft) -> str:
    total = draft.look.width
    widths = [int(total * 0.4), total - int(total * 0.4)]
    names = (draft.labels["figure"], draft.labels["value"])
    size = draft.look.table_size(2)
    rows = [
        row(
            [_head(name, w, "left", size, draft) for name, w in zip(names, widths, strict=True)],
            header=True,
        )
    ]
    for figure in figures:
        value = run(figure["value"], bold=True)
        value += run(f" {figure['unit']}") if figure["unit"] else ""
        value += run("\n" + figure["note"], size=size - 1) if figure["note"] else ""
        cells = (paragraph(run(figure["label"]), style=TEXT), paragraph(value, style=TEXT))
        rows.append(row([cell(c, w) for c, w in zip(cells, widths, strict=True)]))
    return GAP + _framed(rows, widths, draft, names[0]) + GAP


def _tiles(figures: Sequence[Json], across: int, draft: Draft) -> str:
    total = draft.look.width
    widths = [total // across] * across
    rows = []
    for start in range(0, len(figures), across):
        made = [_tile(f, widths[0], draft) for f in figures[start : start + across]]
        made += [cell(paragraph(style=TEXT), widths[0])] * (across - len(made))
        rows.append(row(made))
    return table(rows, widths, title=figures[0]["label"], margins=(90, 110)) + GAP


def _tile(figure: Json, width: int, draft: Draft) -> str:
    hero, tone = figure["progress"] is not None, figure["tone"]
    edge = TONES.get(tone, ACCENT if hero else "B9C6D3")
    mark = run(f"{SIGNS[tone]} ", size=11, colour=TONES[tone]) if tone in SIGNS else ""
    value = run(figure["value"], bold=True, size=28 if hero else 16, colour=ACCENT if hero else "")
    unit = f"{' ' if hero else chr(10)}{figure['unit']}" if figure["unit"] else ""
    parts = [
        run(figure["label"], size=9, colour=MUTED),
        mark + value + run(unit, size=9.5, colour=MUTED),
    ]
    if hero:
        goals = ". ".join(f"{draft.labels['target']} {label}" for _at, label in figure["marks"])
        alt = f"{figure['label']}: {figure['value']}. {goals}".rstrip(". ") + "."
        widest = width / markup.TWIPS_PER_MM - 6
        parts.append(draft.drawing(bar_name(figure), alt, widest))
    if figure["note"]:
        parts.append(run(figure["note"], size=8.5, colour=MUTED))
    text = "".join(paragraph(part, style=TEXT, spacing='w:after="40"') for part in parts)
    sides = "".join(line(side, 4, RULE) for side in ("left", "bottom", "right"))
    return cell(text, width, borders=line("top", 14, edge) + sides)


def bar_name(figure: Json) -> str:
    """Under which name the bar of a figure is drawn."""
    return f"bar {figure['label']} {figure['value']}"
