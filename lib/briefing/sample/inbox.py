"""Write a sample into a folder, as an analyst would have saved it, and never over real reports."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from briefing.errors import RunError
from briefing.messages import _
from briefing.office.package import fixed
from briefing.register.arrivals import ILLUSTRATIVE
from briefing.sample.bodies import body_content, body_file, body_reports
from briefing.sample.count_hands import counts_content
from briefing.sample.hands import report_content
from briefing.sample.lists import Listing, SampleContext, listing
from briefing.sample.naming import report_file
from briefing.sample.plan import COUNTS, Sending
from briefing.sample.truth import scene_of, sendings
from briefing.sample.words import vocabulary

RECEIVED = "received.csv"
TRUNCATED_TO = 0.4  # share of an unreadable file that got through


class Seeded(NamedTuple):
    """A mistake put in on purpose: `where` as in `briefing check`, a file's name for all of it."""

    file: str
    where: str
    rule: str
    unit_code: str
    report_date: date | None


@dataclass(frozen=True)
class SampleSummary:
    """What was written. `files` counts reports; the marker and received.csv come on top."""

    folder: Path
    files: int
    days: int
    units: int
    bodies: int
    seeded: tuple[Seeded, ...]


class Delivery(NamedTuple):
    """One file to be written: its path inside the inbox, its bytes, its arrival, its mistakes."""

    path: str
    content: bytes
    received: datetime
    seeded: tuple[Seeded, ...]


def write(
    inbox: Path,
    campaign: Any,
    *,
    days: tuple[date, date],
    units: int | None,
    rows: int | None,
) -> SampleSummary:
    """Fill the folder; see `briefing.sample.write_sample`. `days`: the first and the last."""
    since, until = days
    context = scene_of(campaign, until, units, rows, since)
    _clear_own(inbox)
    listed: list[Any] = []
    seeded: list[Seeded] = []
    digests: dict[str, str] = {}
    for delivery in deliveries(context, until):
        _save(inbox / delivery.path, delivery.content, delivery.received)
        listed.append((delivery.path, delivery.received.isoformat(timespec="seconds")))
        digests[delivery.path] = hashlib.sha256(delivery.content).hexdigest()
        seeded += delivery.seeded
    last = max(datetime.fromisoformat(at) for _path, at in listed)
    received = _received_csv(listed)
    _save(inbox / RECEIVED, received, last)
    digests[RECEIVED] = hashlib.sha256(received).hexdigest()
    marker = vocabulary()["markers"][campaign.language]
    lines = [f"{digest}  {path}\n" for path, digest in sorted(digests.items())]
    _save(inbox / ILLUSTRATIVE, (marker + "".join(lines)).encode(), last)
    return SampleSummary(
        folder=inbox,
        files=len(listed),
        days=len(campaign.reporting.dates(since, until)),
        units=len(context.units),
        bodies=len(body_reports(campaign, context.seed, until)),
        seeded=tuple(seeded),
    )


def deliveries(context: SampleContext, until: date) -> Iterator[Delivery]:
    """Every file of the sample, units day by day, then bodies."""
    for sending in sendings(context, until):
        if sending.received is not None:
            yield _unit_delivery(context, sending, corrected=False)
        if sending.corrected is not None:
            yield _unit_delivery(context, sending, corrected=True)
    for report in body_reports(context.campaign, context.seed, until):
        content, where = body_content(context.campaign, report)
        path = body_file(context.campaign, report)
        code, rule = report.body.body_code, "numerator_over_denominator"
        seeded = (Seeded(path, where, rule, code, None),) if report.contradiction else ()
        yield Delivery(path, fixed(content, report.received), report.received, seeded)


def _unit_delivery(context: SampleContext, sending: Sending, *, corrected: bool) -> Delivery:
    unit, day = sending.unit, sending.day
    received = sending.corrected if corrected else sending.received
    assert received is not None  # nothing is delivered of what never comes
    if unit.reading == COUNTS:
        content, marks = counts_content(context, sending, first=not corrected)
    else:
        table = listing(context, unit, day, sending.faults, first=not corrected)
        if sending.status == "empty":  # sent before anybody filled it in
            table = Listing([], None, None)
        content, marks = report_content(context, unit, day, table)
    content = fixed(content, received) if content.startswith(b"PK") else content
    if sending.status == "unreadable":
        content, marks = content[: int(len(content) * TRUNCATED_TO)], []
    path = report_file(context, sending, corrected=corrected)
    name = path.rpartition("/")[2]
    marks += [(rule, name) for rule in _file_rules(sending, corrected)]
    seeded = tuple(Seeded(path, where, rule, unit.code, day) for rule, where in marks)
    return Delivery(path, content, received, seeded)


def _file_rules(sending: Sending, corrected: bool) -> list[str]:
    """Rules about a report as a whole."""
    by_status = {"late": "late", "empty": "empty_report", "unreadable": "file_unreadable"}
    rules = [by_status[sending.status]] if sending.status in by_status else []
    if sending.corrected and not corrected:
        rules.append("superseded")
    if "date_conflict" in sending.faults:
        rules.append("date_conflict")
    return rules


def _received_csv(listed: list[tuple[str, str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("path", "received_at"))
    writer.writerows(listed)
    return stream.getvalue().encode()


def _save(path: Path, content: bytes, received: datetime) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (received.timestamp(), received.timestamp()))


def _clear_own(inbox: Path) -> None:
    """Remove what an earlier sample wrote here; stop when anything else is there."""
    if not inbox.exists():
        return
    if not inbox.is_dir():
        raise RunError(_("{folder} is a file, not a folder. Nothing was written.", folder=inbox))
    own = _own_files(inbox / ILLUSTRATIVE)
    present = sorted(path for path in inbox.rglob("*") if not path.is_dir())
    foreign = [path for path in present if not _is_own(path, inbox, own)]
    if foreign:
        raise RunError(
            _(
                "{folder} holds {count} files that the sample did not write, or that were "
                "changed since, such as “{example}”. Give an empty folder, or move them away "
                "first. Nothing was written or removed.",
                folder=inbox,
                count=len(foreign),
                example=foreign[0].relative_to(inbox).as_posix(),
            )
        )
    for path in present:
        path.unlink()
    for path in sorted((p for p in inbox.rglob("*") if p.is_dir()), reverse=True):
        path.rmdir()


def _own_files(marker: Path) -> dict[str, str]:
    """Path → SHA-256 of each file that the marker lists; nothing when there is no marker."""
    if not marker.is_file():
        return {}
    text = marker.read_text(encoding="utf-8", errors="replace")
    pairs = [line.split("  ", 1) for line in text.splitlines()]
    return {p[1]: p[0] for p in pairs if len(p) == 2 and len(p[0]) == 64}


def _is_own(path: Path, inbox: Path, own: dict[str, str]) -> bool:
    name = path.relative_to(inbox).as_posix()
    if path.is_symlink():
        return False
    if name == ILLUSTRATIVE:
        return bool(own)
    return own.get(name) == hashlib.sha256(path.read_bytes()).hexdigest()
