"""The analyst's desk in a notebook: open the day, decide, publish, each with words and links."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from IPython.display import DisplayHandle, Markdown

from briefing import formats
from briefing.documents.blocks import Notice, Paragraph
from briefing.documents.sections.desk import PAGES, links
from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params import RunParams
from briefing.params.corrections import FILE as CORRECTIONS
from briefing.params.entry_writer import ALIASES, entry_text, write_entry
from briefing.register import Register
from briefing.run.daily import run_daily
from briefing.run.day import day_of
from briefing.run.job import Progress, Published
from briefing.run.journal import last_runs
from briefing.run.snapshot import take_snapshot
from briefing.tables import Day
from briefing.tables.choices import Choice
from briefing.tables.decisions import decisions

SHORTEST = 0.2  # seconds between two words on how far it is
LOOKED_AT = 50  # runs, among which the last of a day is looked for


def open_desk(run: RunParams) -> Day:
    """As `open_day`, saying which file is being read.

    Raises:
        ParamsError: The inbox does not exist.
        RunError: No day was given and no report is about one.
    """
    with _progress() as progress:
        snapshot = take_snapshot(run, lambda path, count: progress(path, 0, count))
        progress("", 1, 1)
    return day_of(run, snapshot)


def publish(run: RunParams) -> Published:
    """What `briefing daily` does with these parameters, saying how far it is.

    The campaign is read again, with what has been decided meanwhile.

    Raises:
        ParamsError: Before anything is run.
        RunError: Nothing was published; the message names the notebook and the cause.
    """
    begun = time.perf_counter()
    with _progress() as progress:
        published = run_daily(RunParams.checked(run.as_parameters()), progress)
        seconds = formats.integer(time.perf_counter() - begun)
        done = _("Published in {n} seconds: {folder}", n=seconds, folder=published.folder)
        progress(done, 1, 1)
    return published


def last_briefing(run: RunParams) -> Markdown:
    """The last day that was published, with links, and whether it is out of date since."""
    runs = last_runs(run, LOOKED_AT)
    failed = [one.entry.error for one in runs[:1] if one.entry.error]
    paragraphs = [_("The last run failed: {error}", error=error) for error in failed]
    pages = (one for one in runs if one.newest and links(run.outputs / one.entry.name, PAGES[:1]))
    last = next(pages, None)
    if last is None:
        paragraphs.append(_("No briefing has been published yet."))
        return Markdown("\n\n".join(paragraphs))  # type: ignore[no-untyped-call]
    at = formats.moment(datetime.fromisoformat(last.entry.at))
    about = formats.day(datetime.fromisoformat(last.entry.about))
    paragraphs.append(_("The last briefing: {day}, made at {at}.", day=about, at=at))
    paragraphs[-1] += f" {links(run.outputs / last.entry.name)}"
    if last.stale:
        paragraphs.append(
            _("It is out of date: reports, corrections or params have changed since.")
        )
    return Markdown("\n\n".join(paragraphs))  # type: ignore[no-untyped-call]


def decide(run: RunParams, day: Day, accept: str = "", **given: Any) -> Notice | Paragraph:
    """Write the entry that a choice stands for into the campaign's folder, and say it back.

    Nothing is written without a code. A code that is decided already, or was never there, is told.

    Args:
        accept: The code of a choice, as `show.to_decide` has it.
        given: `value`, where the choice asks for one; `by`, `reason`, `told_by`, where they are
            others than proposed.

    Raises:
        ParamsError: Something asked for is missing, or the campaign would not be right with it;
            nothing is written.
    """
    choices = {choice.code: choice for one in decisions(day) for choice in one.choices}
    if not accept:
        return Paragraph(
            _("Nothing is accepted, and nothing was written. Still to decide: {n}.",
              n=len(decisions(day)))
        )  # fmt: skip
    if accept not in choices:
        return Notice(
            _(
                "{code}: decided already, or no such code. Nothing was written. Open: {known}.",
                code=accept,
                known=", ".join(choices) or formats.MISSING,
            )
        )
    return _written(run, day, choices[accept], given)


def _written(run: RunParams, day: Day, choice: Choice, given: dict[str, Any]) -> Notice:
    now = datetime.now(day.campaign.tz).replace(microsecond=0)
    if choice.file == ALIASES and "value" in given:
        given["value"] = _code_of(run, str(given["value"]))
    entry = dict(choice.signed(now, **given))
    summary = " · ".join(line.strip(" -") for line in entry_text(choice.file, entry).splitlines())
    if "file" in entry:  # the page may show another name for it
        entry["file"] = Register(run.outputs / "register", run.campaign).names.named(entry["file"])
    line = write_entry(run.params, choice.file, entry)
    where = f"{run.params.name}/{choice.file}"
    text = _(
        "Written into {file}, line {n}: {entry}. Run all again to see what comes of it.",
        file=where,
        n=line,
        entry=summary,
    )
    if run.as_of and choice.file == CORRECTIONS:
        text += " " + _("Pages as of an earlier moment do not know it.")
    return Notice(text, "good")


def _code_of(run: RunParams, name: str) -> str:
    """The code of a unit, as aliases.csv has it."""
    try:
        return run.campaign.code_of(name)
    except ValueError as error:
        raise ParamsError(f"{name}: {error}. {_('Nothing was written.')}") from error


@contextmanager
def _progress() -> Iterator[Progress]:
    """Say in the notebook how far the block is, in one line that is written over."""
    handle = DisplayHandle()  # type: ignore[no-untyped-call]
    handle.display(Paragraph(""))  # type: ignore[no-untyped-call]
    last, seen, of = 0.0, 0, 0

    def tell(text: str, done: int, count: int) -> None:
        nonlocal last, seen, of
        seen, of = (seen + 1 if count == of else 1), count  # files are told one by one, uncounted
        if time.monotonic() - last < SHORTEST and done < count:
            return
        last = time.monotonic()
        far = "" if done == count else f"{done or min(seen, count)}/{count} "
        handle.update(Paragraph(f"{far}{text}"))  # type: ignore[no-untyped-call]

    yield tell
