"""A tree of steps as lines of text: the figure, how it is made, and whether it adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from briefing import formats, labels
from briefing.catalog.codes import READING, STANDING
from briefing.catalog.figures import FIGURES, shown
from briefing.catalog.lineage import PHONES, RULES
from briefing.messages import Message, _
from briefing.tables import Day
from briefing.tables.lineage import Step
from briefing.tables.lineage.graph import HEADLINE, WHOLE

CELLS_SHOWN = 20  # of one report; the others are added up in one line


def tree(step: Step, day: Day) -> Iterator[str]:
    """The lines of a figure's tree, and last whether it adds up.

    The cells of a report are listed one by one under the figures of a unit; under those of the
    whole, which rest on hundreds, the report's line says which they are.
    """
    names = _names(day)
    yield f"{_headline(step, names)} = {shown(step.column, step.value)}"
    if step.value is None:
        yield (
            _("Not known: nothing is still to come, or too little is known for an estimate.")
            if step.table == HEADLINE
            else _("Not known: no report gives this figure.")
        )
        return
    yield from _below(_folded(step) if step.table in (WHOLE, HEADLINE) else step, "", names)
    yield (
        _("✓ Worked out again from its parts: it adds up.")
        if step.adds_up
        else _("✗ Worked out again from its parts: it does NOT add up.")
    )


def _below(step: Step, indent: str, names: dict[str, str]) -> Iterator[str]:
    """What a step is made of, indented under it."""
    if provenance := _provenance(step):
        yield f"{indent}  {provenance}"
    parts = list(step.parts)
    hidden = parts[CELLS_SHOWN:] if _cells_alone(step) else []
    lines: list[tuple[str, Step | None]] = [
        (f"{_label(part, names)}: {shown(part.column, part.value)}", part)
        for part in parts[: len(parts) - len(hidden)]
    ]
    if hidden:
        total = formats.integer(sum(part.value or 0 for part in hidden))
        lines.append((_("and {n} other cells: {total}", n=len(hidden), total=total), None))
    for number, (line, part) in enumerate(lines, 1):
        last = number == len(lines)
        yield f"{indent}  {'└─' if last else '├─'} {line}"
        if part:
            yield from _below(part, f"{indent}  {'  ' if last else '│ '} ", names)


def _cells_alone(step: Step) -> bool:
    return bool(step.parts) and all(part.rule == "cell" and not part.column for part in step.parts)


def _folded(step: Step) -> Step:
    """The same with the cells of each report in its own line."""
    if step.source and _cells_alone(step):
        cells = "; ".join(part.source.where for part in step.parts if part.source)
        return replace(step, parts=(), source=replace(step.source, where=cells))
    return replace(step, parts=tuple(_folded(part) for part in step.parts))


def _headline(step: Step, names: dict[str, str]) -> str:
    about = f", {formats.day(date.fromisoformat(step.date))}" if step.date else ""
    return f"{_measure(step.column)} – {names.get(step.key, step.key)}{about}"


def _label(step: Step, names: dict[str, str]) -> str:
    """What a part is called in the list that it stands in."""
    if step.rule == "cell" and not step.column:
        return str(labels.address(step.source.where if step.source else ""))
    if step.rule == "days":
        first, last = (formats.day_short(date.fromisoformat(d)) for d in step.note.split("/"))
        return _("days, {first} to {last}", first=first, last=last)
    if step.rule == "spread":
        return _("{unit}, share of this day", unit=names.get(step.key, step.key))
    if step.rule == "status":
        return names.get(step.key, step.key)
    if step.rule == "difference" and step.key and not step.column:
        return _("{unit}, without what waits to be verified", unit=names.get(step.key, step.key))
    if step.rule == "estimated":
        return _("gained by those still to report, estimated by their own pace")
    if step.rule == "correction":
        return _("corrected: {note}", note=step.note)
    if not step.column:
        return _("as reported") if step.source else _("together")
    return _headline(step, names)


def _measure(column: str) -> str:
    return str(FIGURES[column].label)


def _provenance(step: Step) -> str:
    """The report or rule that a figure comes from, in one line."""
    texts = []
    if step.source and step.source.file:
        texts.append(source_line(step))
    rule = RULES.get(step.rule)
    if rule and step.parts:
        texts.append(str(Message(rule.message.msgid, {"note": step.note})))
    elif step.rule == PHONES:
        texts.append(_("the number of different phones"))
    return "; ".join(texts)


def source_line(step: Step) -> str:
    """The file, its cells, when it came, how it is read, which reports it takes the place of."""
    source = step.source
    assert source is not None  # asked for only where there is one
    name = f"“{source.file}”" + (f" → “{source.member}”" if source.member else "")
    texts = [name]
    if source.where:
        texts.append(places(source.where))
    if source.received_at:
        at = datetime.fromisoformat(source.received_at)
        texts.append(_("received {moment}", moment=formats.moment(at)))
    if step.reading:
        texts.append(_("read as: {reading}", reading=READING[step.reading]))
    if step.rule == "params" and step.note in STANDING:
        texts.append(str(STANDING[step.note]))
    if source.sha256:
        texts.append(f"sha256 {source.sha256[:12]}")
    if source.superseded:
        texts.append(_("in the place of {files}", files=", ".join(source.superseded)))
    return ", ".join(texts)


def places(where: str, most: int = 4) -> str:
    """Cells in words, the rest counted."""
    cells = where.split("; ")
    if len(cells) <= most:
        return "; ".join(str(labels.address(cell)) for cell in cells)
    first, last = (labels.address(cells[at]) for at in (0, -1))
    return _("{first} … {last} ({n} places)", first=first, last=last, n=len(cells))


def _names(day: Day) -> dict[str, str]:
    """Code → name, of the whole, the units, the bodies, the places."""
    places = {
        f"{one.unit_code}/{one.place}": f"{one.place}, {one.unit_name}"
        for one in day.places.dropna(subset=["place"]).itertuples()
    }
    area = {day.campaign.area.code: str(labels.sentence(str(day.campaign.area.whole)))}
    return places | day.campaign.full_names | area
