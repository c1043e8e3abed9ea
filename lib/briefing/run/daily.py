"""A day: the chairman's page, its tables and annex, and what goes back to those who report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from briefing import arrow
from briefing.correspondence.earlier import Earlier
from briefing.correspondence.mail import write_mail
from briefing.correspondence.receipts import write_receipts
from briefing.correspondence.reminders import write_reminders
from briefing.correspondence.returns import to_return
from briefing.correspondence.sending import write_returns
from briefing.documents.annex import annex
from briefing.forms.folder import form_to
from briefing.language import language
from briefing.params import RunParams
from briefing.register import Kept, key_of, read_files, write_files
from briefing.register.files import close_to_others, make_private
from briefing.run.cluster import Cluster
from briefing.run.day import day_of, previous_day_of
from briefing.run.job import DAY, Job, Progress, Published, run_job, unseen
from briefing.run.manifest import MANIFEST, Stopwatch, manifest
from briefing.run.snapshot import Snapshot, key_of_day, take_snapshot
from briefing.run.template import template_if
from briefing.tables import Day, write_tables
from briefing.tables.exports import of_charts, outside, published

ANNEX = "annex.xlsx"
MADE = "made"  # inside the register: tables and annexes by what their day is made of
BESIDE = 2_000  # units and findings; of fewer a process more costs what it gains (0.1 s)
RETURNS, MAIL = "returns", "mail"


def run_daily(
    run: RunParams,
    progress: Progress = unseen,
    cluster: Cluster | None = None,
    snapshot: Snapshot | None = None,
    *,
    page_first: bool = False,
) -> Published:
    """Make and publish `outputs/<report_date>/`; arguments and errors as of `run_job` and `Job`."""
    name = run.report_date.isoformat() if run.report_date else None
    plan = partial(_plan, run, page_first=page_first)
    return run_job(DAY, run, name, plan, progress, cluster, snapshot)


def _plan(run: RunParams, snapshot: Snapshot, watch: Stopwatch, *, page_first: bool) -> Job:
    day = day_of(run, snapshot)
    previous_day_of(run, snapshot, day)  # kept before notebooks and tables ask for it side by side
    if run.lang == run.campaign.language:  # else the letters' day is still to be built
        snapshot.let_go()
    fixed = run.model_copy(update={"report_date": day.date})
    files = partial(_make_files, fixed, snapshot, day)
    content = manifest(run, snapshot, day)
    return Job(DAY, fixed, day.date.isoformat(), content, watch, files, page_first)


def _make_files(
    run: RunParams, snapshot: Snapshot, day: Day, folder: Path, watch: Stopwatch
) -> dict[str, Any]:
    """Write the tables, the annex, and what goes back: how many letters, for the manifest.

    Where they are long, tables and annex are made in a process beside this one, which writes the
    letters meanwhile.
    """
    words = day.campaign.model_dump_json()  # names in the annex that no table of the day rests on
    kept, key = _made(snapshot), key_of(key_of_day(run, snapshot, day.date), words)
    if files := kept.get(key):
        with watch.stage("write_tables"):
            write_files(files, folder)
        return _letters(run, snapshot, day, folder, watch)
    parameters = run.model_copy(update={"manifest": folder / MANIFEST}).as_parameters()
    is_long = len(day.units) + len(day.findings) >= BESIDE
    with template_if(is_long).beside(_make_tables_of, parameters, folder, key) as made:
        letters = _letters(run, snapshot, day, folder, watch)
        seconds = made()
    if seconds is None:
        _make_tables(run, snapshot, day, folder, watch, key)
    watch.seconds |= seconds or {}
    arrow.give_back()  # the page carries all tables, for which a country's take much
    return letters


def _made(snapshot: Snapshot) -> Kept:
    return Kept(snapshot.register.folder / MADE)


def _make_tables_of(parameters: Mapping[str, Any], folder: Path, key: str) -> dict[str, float]:
    """The same in another process, of the run's manifest; the seconds of each stage."""
    run, watch = RunParams.checked(parameters), Stopwatch()
    snapshot = take_snapshot(run)
    _make_tables(run, snapshot, day_of(run, snapshot), folder, watch, key)
    return watch.seconds


def _make_tables(
    run: RunParams, snapshot: Snapshot, day: Day, folder: Path, watch: Stopwatch, key: str
) -> None:
    """Write what is made of the day's tables and those of the day before, and keep it."""
    with watch.stage("write_tables"):
        previous_day = previous_day_of(run, snapshot, day)
        tables = published(day, previous_day)
        named = [*outside(day, tables, previous_day), *of_charts(day)]
        write_tables(day, named, folder / "tables")
    with watch.stage("annex"):
        (folder / ANNEX).write_bytes(annex(day, tables))
    _made(snapshot).put(key, read_files(folder, "tables/**/*.*", ANNEX))


def _letters(
    run: RunParams, snapshot: Snapshot, day: Day, folder: Path, watch: Stopwatch
) -> dict[str, Any]:
    with watch.stage("returns"):
        return {"correspondence": _correspond(run, snapshot, day, folder)}


def _correspond(run: RunParams, snapshot: Snapshot, day: Day, folder: Path) -> dict[str, int]:
    """Write what goes back to those who report.

    It is in the language of the offices, whatever that of the pages.

    Returns:
        How many reports go back (`returned`, of which `marked` cell by cell), how many `reminders`
        `receipts` and drafts of `mail` there are.
    """
    moment = run.as_of or snapshot.at
    with language(offices := run.campaign.language):
        office_day = day if run.lang == offices else day_of(run, snapshot)
        earlier = Earlier(
            snapshot.register.folder, run.outputs, Path(day.date.isoformat(), RETURNS)
        )
        back = to_return(office_day)
        make_private(returns := folder / RETURNS)  # people's names, as their sender wrote them
        sent = write_returns(back, run.inbox, run.campaign, returns, earlier)
        close_to_others(returns)
        reminders = write_reminders(office_day, sent, moment, folder / "reminders.txt")
        receipts = write_receipts(office_day, moment, folder / "receipts.txt")
        make_private(mail := folder / MAIL)
        form_of = partial(form_to, office_day.campaign, day=office_day.date)
        drafts = write_mail(office_day, reminders, sent, mail, form_of)
        close_to_others(mail)
    return {
        "returned": len(sent),
        "marked": sum(one.marked for one in sent),
        "reminders": len(reminders),
        "receipts": len(receipts),
        "mail": len(drafts),
    }
