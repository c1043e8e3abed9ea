"""The register: append-only, by content hash, without names. Deleting it costs one more parse."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import RunError
from briefing.intake.submission import Finding, Rows, Submission
from briefing.messages import _
from briefing.params import Campaign
from briefing.register.arrivals import Arrival

if TYPE_CHECKING:
    import pandas as pd

    from briefing.intake.reader import Reader

ARRIVALS = "arrivals.csv"
KEY = "phone.key"


@dataclass(frozen=True)
class View:
    """What the register knows as of a moment.

    Attributes:
        reports: One row per submission, in order of arrival, indexed from 0: the fields of
            `Submission` that are single values, one column per fact, `received_at`.
        rows: One row per data row of a commune's table: `report` (index in `reports`), `cell`,
            `person`, `phone`, `hamlet`, `value` (persons), `used`.
        findings: One row per finding: `report` and the fields of `Finding`, texts as `Message`.
    """

    reports: pd.DataFrame
    rows: pd.DataFrame
    findings: pd.DataFrame


class Register:
    """Parsed reports by content, and the log of arrivals.

    Args:
        folder: Where the register lives, made when missing.
        campaign: Whose reports these are; another campaign's, or another parser's, are kept apart.
    """

    def __init__(self, folder: Path, campaign: Campaign):
        self.folder = folder
        self.campaign = campaign
        folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def key(self) -> bytes:
        """Key of the hashes of phones, made once and never published."""
        path = self.folder / KEY
        if not path.exists():
            write_whole(path, secrets.token_bytes(32), mode=0o600)
        return path.read_bytes()

    @cached_property
    def shelf(self) -> Path:
        """Where what this parser, this campaign and this key make of contents is kept."""
        made_by = hashlib.blake2b(
            _parser_version() + self.campaign.fingerprint.encode() + self.key, digest_size=8
        )
        return self.folder / "parsed" / made_by.hexdigest()

    @cached_property
    def reader(self) -> Reader:
        """What parses; loaded where something has to be, as most of a campaign is on the shelf."""
        from briefing.intake.reader import Reader

        return Reader(self.campaign, self.key)

    def arrivals(self) -> list[Arrival]:
        """Every arrival ever recorded, oldest record first."""
        path = self.folder / ARRIVALS
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as stream:
            return [
                Arrival(row["path"], row["sha256"], datetime.fromisoformat(row["received_at"]))
                for row in csv.DictReader(stream)
                if row["received_at"]
            ]

    def record(self, arrivals: Iterable[Arrival]) -> None:
        """Append the arrivals that are not in the log yet."""
        known = {(arrival.path, arrival.sha256) for arrival in self.arrivals()}
        new = [a for a in arrivals if (a.path, a.sha256) not in known]
        path = self.folder / ARRIVALS
        fresh = not path.exists()
        with path.open("a", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            if fresh:
                writer.writerow(["path", "sha256", "received_at"])
            writer.writerows([a.path, a.sha256, a.received_at.isoformat()] for a in new)

    def take_in(
        self,
        arrivals: Iterable[Arrival],
        inbox: Path,
        progress: Callable[[str], None] = lambda _path: None,
    ) -> int:
        """Parse the arrivals whose content is not on the shelf yet; returns how many were."""
        parsed = 0
        for arrival in arrivals:
            progress(arrival.path)
            if not self.holds(arrival):
                submissions = self.reader.read((inbox / arrival.path).read_bytes(), arrival.path)
                self._shelve(arrival, submissions)
                parsed += 1
        return parsed

    def holds(self, arrival: Arrival) -> bool:
        """Whether what this content said is on the shelf, though the file may be gone."""
        return self._place(arrival).exists()

    def said(
        self, arrivals: Iterable[Arrival], as_of: datetime | None = None
    ) -> list[tuple[Arrival, Submission]]:
        """What each of these arrivals said, without its rows and alone, in order of arrival.

        Args:
            as_of: Of the arrivals only those count that had come by then; `None`: all.

        Raises:
            RunError: An arrival was never taken in, or with other params or another program.
        """
        come = sorted(
            (a for a in arrivals if as_of is None or a.received_at <= as_of),
            key=lambda a: (a.received_at, a.path),
        )
        return [(arrival, submission) for arrival in come for submission in self._load(arrival)]

    def view(self, arrivals: Iterable[Arrival], as_of: datetime | None = None) -> View:
        """What `said` gives, as tables.

        Raises:
            RunError: As for `said`.
        """
        return self.view_of(self.said(arrivals, as_of))

    def view_of(self, said: Sequence[tuple[Arrival, Submission]]) -> View:
        """The tables of what was said: with all rows, and each form with the photos beside it."""
        from briefing.intake.once.photos import with_photos_beside

        joined = with_photos_beside([submission for _arrival, submission in said])
        return _assemble(
            (submission, arrival, self._rows(arrival, alone.part))
            for submission, (arrival, alone) in zip(joined, said, strict=True)
        )

    def _place(self, arrival: Arrival) -> Path:
        """The shelf's place for a content under a name: the name is evidence too."""
        name = hashlib.blake2b(arrival.path.encode(), digest_size=6).hexdigest()
        return self.shelf / arrival.sha256[:2] / f"{arrival.sha256}-{name}.json"

    def _shelve(self, arrival: Arrival, submissions: list[Submission]) -> None:
        place = self._place(arrival)
        place.parent.mkdir(parents=True, exist_ok=True)
        for submission in submissions:
            if submission.rows:
                _rows_frame(submission.rows).to_parquet(_rows_place(place, submission.part))
        records = [submission.to_record() for submission in submissions]
        write_whole(place, json.dumps(records, ensure_ascii=False).encode())

    def _load(self, arrival: Arrival) -> list[Submission]:
        place = self._place(arrival)
        if not place.exists():
            raise RunError(
                _(
                    "{file}: not in the register as these params and this program read it. "
                    "Run the day again.",
                    file=arrival.path,
                )
            )
        return [*map(Submission.from_record, json.loads(place.read_bytes()))]

    def _rows(self, arrival: Arrival, part: int) -> pd.DataFrame | None:
        import pandas as pd

        rows = _rows_place(self._place(arrival), part)
        return pd.read_parquet(rows) if rows.exists() else None


def write_whole(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write a file so that a reader sees the old content or the new one, never half.

    Args:
        mode: Who may read and write it, from its first byte on, within the umask.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    aside.touch(mode=mode)
    aside.write_bytes(content)
    aside.replace(path)


def _parser_version() -> bytes:
    """Changes with every change of the intake's code, so that nothing stale is ever served."""
    import briefing.intake

    folder = Path(briefing.intake.__file__).parent
    sources = sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".csv"))
    return hashlib.blake2b(b"".join(path.read_bytes() for path in sources)).digest()


def _rows_place(place: Path, part: int) -> Path:
    return place.with_name(f"{place.stem}-{part}.parquet")


def _rows_frame(rows: Rows) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({name: getattr(rows, name) for name in Rows.__dataclass_fields__})


SINGLE = (
    "file", "member", "sha256", "part", "form", "unit_code", "unit_name", "report_date", "reading",
    "reading_confidence", "rows_read", "rows_used", "rows_set_aside", "letter", "joined_to",
    "usable", "blank",
)  # fmt: skip
TEXTS = (
    "file", "member", "sha256", "form", "unit_code", "unit_name", "reading", "reading_confidence",
    "letter", "joined_to",
)  # fmt: skip
FACTS = {
    "installs_cumulative": "Int64", "installs_new": "Int64", "distinct_phones": "Int64",
    "owners_reported": "Int64",
    "staff_total": "Int64", "staff_smartphone": "Int64", "staff_installed": "Int64",
    "qr_code": "string", "qr_creator_phone": "string", "qr_photo": "boolean",
    "qr_photo_decoded": "string",
}  # fmt: skip
ROW_TYPES = {
    "report": "int64", "cell": "string", "person": "string", "phone": "string",
    "hamlet": "string", "value": "Int64", "used": "boolean",
}  # fmt: skip


def _assemble(
    loaded: Iterable[tuple[Submission, Arrival, pd.DataFrame | None]],
) -> View:
    import pandas as pd

    reports: list[dict[str, Any]] = []
    rows: list[pd.DataFrame] = []
    findings: list[dict[str, Any]] = []
    for number, (submission, arrival, own_rows) in enumerate(loaded):
        reports.append(
            {name: getattr(submission, name) for name in SINGLE}
            | {name: submission.facts.get(name) for name in FACTS}
            | {
                "received_at": arrival.received_at,
                "sources": dict(submission.sources),
                "rules": dict(submission.rules),
                "candidates": dict(submission.candidates),
                "days": dict(submission.days),
                "may_be": tuple(submission.may_be),
                "file": arrival.path,
            }
        )
        findings += [_finding_row(number, finding) for finding in submission.findings]
        if own_rows is not None:
            rows.append(own_rows.assign(report=number))
    return View(
        _typed_reports(reports),
        (pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=list(ROW_TYPES)))[
            list(ROW_TYPES)
        ].astype(ROW_TYPES),
        pd.DataFrame(findings, columns=["report", *Finding.__dataclass_fields__]),
    )


def _finding_row(report: int, finding: Finding) -> dict[str, Any]:
    return {"report": report} | {n: getattr(finding, n) for n in Finding.__dataclass_fields__}


def _typed_reports(records: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    columns = [*SINGLE, *FACTS, "received_at", "sources", "rules", "candidates", "days", "may_be"]
    frame = pd.DataFrame(records, columns=columns)
    flags = dict.fromkeys(("usable", "blank"), "boolean")
    return frame.astype(FACTS | dict.fromkeys(TEXTS, "string") | flags).assign(
        report_date=pd.to_datetime(frame["report_date"]),
        received_at=pd.to_datetime(frame["received_at"], utc=True).dt.as_unit("us"),
    )
