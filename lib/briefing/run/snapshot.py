"""What a run works on: the inbox at one moment, and by which key the tables of a day are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import briefing.register
from briefing import arrow
from briefing.errors import ParamsError, RunError
from briefing.intake.submission import Submission
from briefing.language import current_language
from briefing.messages import _
from briefing.params import RunParams
from briefing.params.corrections import Correction, parse_corrections
from briefing.params.forms import UNITS
from briefing.params.run import AnyRun
from briefing.register import Arrival, Register, key_of
from briefing.register.arrivals import UNWATCHED, Coming, InboxFinding, Scan
from briefing.run.cluster import Cluster
from briefing.run.ingest import Progress, ingest

if TYPE_CHECKING:
    from briefing.register.view import View


@dataclass(frozen=True)
class Snapshot:
    """What a run works on: the inbox at one moment, taken into the register.

    Attributes:
        register: Where what the arrivals said is kept.
        as_of: Of the arrivals only those count that had come by then; `None`: all.
        parsed: How many files had to be parsed; the others were in the register already.
        at: When the inbox was looked at: deadlines after it are still to come.
        corrections: Those of the campaign, or of the manifest that the run rests on.
        cluster: Where much of one kind is worked out, while it lasts.
    """

    scan: Scan
    register: Register
    as_of: datetime | None
    parsed: int
    at: datetime
    corrections: tuple[Correction, ...] = ()
    cluster: Cluster = field(default_factory=Cluster)

    @cached_property
    def submissions(self) -> list[tuple[Arrival, Submission]]:
        """What each arrival said, without its rows."""
        return self.register.submissions(self.scan.arrivals, self.as_of)

    @cached_property
    def view(self) -> View:
        """What the arrivals said; read where it is asked for, as days that are kept are not.

        What `submissions` holds is let go: of a country it is much, and most runs ask once.
        """
        known = vars(self).pop("submissions", None) or self.register.submissions(
            self.scan.arrivals, self.as_of
        )
        return briefing.register.view.view_of(known, self.register)

    def let_go(self) -> None:
        """Hold no longer what days are built from; whoever asks for it again reads it again."""
        if vars(self).pop("view", None):
            arrow.give_back()


def take_snapshot(
    run: AnyRun,
    progress: Progress = lambda _path, _count: None,
    cluster: Cluster | None = None,
    coming: Coming = UNWATCHED,
) -> Snapshot:
    """Everything that has come, parsed where the register does not know it yet.

    Args:
        progress: Called with each file's path and how many files there are in all.
        cluster: Where files are parsed and phones compared, if they are many; `None`: in this
            process.
        coming: What is known of files that come just now.
    """
    if run.manifest:
        return _listed(run, Register(run.outputs / "register", run.campaign))
    _demand_inbox(run.inbox)
    register = Register(run.outputs / "register", run.campaign)
    at = datetime.now(run.campaign.tz)
    cluster = cluster or Cluster()
    with register.alone():
        known, parsed = ingest(run, register, cluster, progress, coming)
    corrections = tuple(map(register.names.in_correction, run.campaign.corrections))
    return Snapshot(known, register, run.as_of, parsed, at, corrections, cluster)


def _demand_inbox(inbox: Path) -> None:
    if inbox.exists() and not inbox.is_dir():
        raise ParamsError(
            _("inbox: {folder} is a file, not a folder. Give a folder with --inbox.", folder=inbox)
        )
    if not inbox.is_dir():
        raise ParamsError(
            _(
                "inbox: there is no folder {folder}. Make it, or give --inbox. To try the program "
                "first: briefing sample INBOX, then briefing daily --inbox INBOX",
                folder=inbox,
            )
        )


def newest_day(snapshot: Snapshot, run: RunParams) -> date:
    """The newest day of the campaign that a unit has reported on.

    Raises:
        RunError: Nothing has been reported.
    """
    dates = run.campaign.dates
    days = {
        report.report_date for _arrival, report in snapshot.submissions if report.owed_by == UNITS
    }
    inside = [day for day in days if day and dates.start <= day <= dates.end]
    if not inside:
        raise RunError(
            _("{inbox}: no daily report found. Put reports there, or give --date.", inbox=run.inbox)
        )
    return max(map(run.campaign.reporting.nearest, inside))


def _listed(run: AnyRun, register: Register) -> Snapshot:
    """What the run of the manifest worked on: its inputs, its moment, its corrections.

    Whatever the params say since. Without a moment in the manifest it is now.

    Raises:
        ParamsError: The manifest can't be read or lists no inputs, or an entry in it is not right.
    """
    named = register.names.named
    try:
        assert run.manifest is not None  # else nobody asks
        content = dict(json.loads(run.manifest.read_text(encoding="utf-8")))
        arrivals = tuple(
            Arrival(named(i["path"]), i["sha256"], datetime.fromisoformat(i["received_at"]))
            for i in content["inputs"]
        )
        findings = tuple(map(InboxFinding.from_record, content.get("inbox_findings", [])))
        taken = content.get("taken_at")
        at = datetime.fromisoformat(taken) if taken else datetime.now(run.campaign.tz)
        entries = content.get("params", {}).get("corrections", [])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ParamsError(
            _("manifest: {file} can't be read: {error}", file=run.manifest, error=error)
        ) from error
    corrections = parse_corrections(entries, run.campaign, where=run.manifest)
    scan = Scan(arrivals, bool(content.get("illustrative")), findings)
    return Snapshot(scan, register, run.as_of, 0, at, corrections)


def key_of_day(run: AnyRun, snapshot: Snapshot, about: date) -> str:
    """What the tables of a day are made of, and the language that they speak."""
    days = run.campaign.reporting.dates(run.campaign.dates.start, about)
    still_to_come = [day.isoformat() for day in days if run.campaign.deadline_of(day) > snapshot.at]
    shown = snapshot.register.names.shown
    come = [
        a
        for a in snapshot.scan.arrivals
        if snapshot.as_of is None or a.received_at <= snapshot.as_of
    ]
    return key_of(
        current_language(),
        run.campaign.fingerprint,
        snapshot.register.key.hex(),
        [one.to_record() for one in snapshot.corrections],
        sorted((a.path, a.sha256, a.received_at.isoformat()) for a in come),
        sorted({shown(a.path) for a in come}),
        [finding.to_record() for finding in snapshot.scan.findings],
        [] if run.as_of else still_to_come,
        [snapshot.scan.illustrative, about.isoformat(), run.as_of and run.as_of.isoformat()],
    )
