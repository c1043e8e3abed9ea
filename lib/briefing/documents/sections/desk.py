"""The analyst's desk: what came and was not understood, what to decide, what to do next.

Tables are blocks, as everywhere; entries to copy and links are for JupyterLab alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pandas as pd
from IPython.display import Markdown

from briefing import formats
from briefing.correspondence.returns import to_return
from briefing.documents.blocks import Cell, Table
from briefing.documents.sections.listing import listing
from briefing.documents.wording import sentence
from briefing.messages import Message, _
from briefing.params.entry_writer import entry_line, entry_text
from briefing.tables import Day
from briefing.tables.choices import Choice
from briefing.tables.decisions import Decision, decisions, not_understood
from briefing.tables.reporting import NOT_DUE, holds

if TYPE_CHECKING:
    from briefing.params import RunParams

TO_GIVE = "…"  # stands in an entry for what somebody has to say
CAME = ("file", "received_at", "unit_name", "message", "suggestion")
OPEN = ("code", "choice", "unit_name", "report_date", "message", "suggestion")
PAGES = ("briefing.html", "briefing.pdf", "briefing.docx", "annex.xlsx")
SENDING = {
    "reminders.txt": Message("Send the reminders to the units that lack a report:"),
    "receipts.txt": Message("Tell each sender what was received and how it was read:"),
    "returns": Message("Send back the reports that have something to correct ({n}):"),
}


def unused_files(day: Day) -> Table:
    """The files of the day of which nothing is used, with what was found and what helps."""
    rows = [
        {
            "file": report["file"],
            "received_at": report["received_at"],
            "unit_name": formats.MISSING if pd.isna(report["unit_name"]) else report["unit_name"],
            "unit_code": report["unit_code"],
            "message": sentence("; ".join(messages)),
            "suggestion": suggestion,
        }
        for report, messages, suggestion in not_understood(day)
    ]
    return listing(
        "unused-files",
        _("Received, and nothing of it used"),
        rows,
        CAME,
        note="" if rows else _("Something of every file that came is used."),
    )


def to_decide(day: Day) -> Table:
    """What only a person can decide, with the ways to decide it, each by the code to accept."""
    rows = [row for one in decisions(day) for row in _ways(one)]
    return listing(
        "to-decide",
        _("To decide"),
        rows,
        OPEN,
        note="" if rows else _("Nothing is to be decided."),
    )


def _ways(one: Decision) -> Iterator[dict[str, Any]]:
    """A row for each choice; the first says what it is about."""
    about = {
        "unit_name": Cell(one.unit_name or one.file),
        "report_date": Cell("" if one.report_date is None else formats.day_short(one.report_date)),
        "message": Cell(sentence("; ".join(one.messages))),
        "suggestion": Cell(one.suggestion),
    }
    for choice in one.choices or (Choice(one.code, _("look at the entry"), "", {}),):
        says = sentence(choice.says) + (f" ({choice.asks}=…)" if choice.asks else "")
        yield {"code": Cell(choice.code), "choice": Cell(says), **about}
        about = dict.fromkeys(about, Cell(""))


def entries_ready(run: RunParams, day: Day) -> Markdown:
    """Each choice as the entry that it stands for, with the file and the line where it goes."""
    now = datetime.now(day.campaign.tz)
    parts = [part for one in decisions(day) if one.choices for part in _entries(one, run, now)]
    return Markdown("\n\n".join(parts))  # type: ignore[no-untyped-call]


def _entries(one: Decision, run: RunParams, now: datetime) -> Iterator[str]:
    about = [one.unit_name or one.file]
    about += [] if one.report_date is None else [formats.day(one.report_date)]
    yield f"**{one.code}** · {_plain(', '.join(about))}"
    lines = []
    for choice in one.choices:
        entry = choice.signed(now, **({choice.asks: TO_GIVE} if choice.asks else {}))
        line = entry_line(run.params, choice.file, entry)
        where = _("{file}, from line {n}", file=f"{run.params.name}/{choice.file}", n=line)
        lines += [f"# {choice.code}: {choice.says} ({where})", entry_text(choice.file, entry)]
    yield "\n".join(["```yaml", *lines, "```"])


def links(folder: Path, names: Iterable[str] = PAGES) -> str:
    """Links to what there is of it in a folder, as Markdown that JupyterLab opens; it opens no
    folders, of which the path is told."""
    there = [folder / name for name in names if (folder / name).exists()]
    return " · ".join(
        f"`{path}`" if path.is_dir() else f"[{path.name}]({_address(path)})" for path in there
    )


def next_steps(day: Day, folder: Path) -> Markdown:
    """What is left to do once the day is published, with links to what is ready for it.

    Args:
        folder: Where the day is published.
    """
    steps = list(_steps(day, folder))
    return Markdown("\n".join(f"{n}. {text}" for n, text in enumerate(steps, 1)))  # type: ignore[no-untyped-call]


def _steps(day: Day, folder: Path) -> Iterator[str]:
    if count := len(decisions(day)):
        yield _("Decide what is open above ({n}), then run all again.", n=count)
    waiting = day.units["status"].isin(["missing", "unreadable", "empty"])
    due = holds(day.units["status"].ne(NOT_DUE))
    counts = {"reminders.txt": int((waiting & due).sum()), "returns": len(to_return(day))}
    for name, message in SENDING.items():
        if counts.get(name, 1) and (link := links(folder, [name])):
            yield f"{_(message.msgid, n=counts.get(name, 0))} {link}"
    yield f"{_('Read the page, print it or send it:')} {links(folder)}"


def _address(path: Path) -> str:
    """A path as a notebook links to it: from the folder in which it runs, where there is a way."""
    try:
        return quote(Path(os.path.relpath(path)).as_posix())
    except ValueError:  # on another drive
        return path.resolve().as_uri()


def _plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+-.!|&$" else c for c in text)
