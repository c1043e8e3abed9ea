"""What a published folder was made of: parameters, inputs, library versions, time per stage."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from briefing.mirrors import plain, url_of
from briefing.params.run import AnyRun
from briefing.run.snapshot import Snapshot
from briefing.tables import Day

MANIFEST = "manifest.json"
LIBRARIES = (
    "briefing", "papermill", "nbconvert", "pandas", "pyarrow", "matplotlib", "python-calamine",
    "python-docx", "openpyxl", "typst", "babel", "pydantic",
)  # fmt: skip


@dataclass
class Stopwatch:
    """Seconds that each stage of a run took, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(time.perf_counter() - start, 3)


def manifest(run: AnyRun, snapshot: Snapshot, day: Day) -> dict[str, Any]:
    """The manifest of one run before its notebooks are executed, in plain JSON types."""
    files, shown = len(snapshot.scan.arrivals), snapshot.register.names.shown
    return {
        "report_date": day.date.isoformat(),
        "as_of": run.as_of.isoformat() if run.as_of else None,
        "taken_at": snapshot.at.isoformat(),
        "campaign": run.campaign.code,
        "illustrative": day.illustrative,
        "params": {
            "lang": run.lang,
            "inbox": _shown(run.inbox, run),
            "params": _shown(run.params, run),
            "fingerprint": run.campaign.fingerprint,
            "corrections": [one.to_record() for one in snapshot.corrections],
        },
        "intake": {
            "files": files,
            "parsed": snapshot.parsed,
            "from_register": files - snapshot.parsed,
        },
        "whole": _whole(day),
        "correspondence": {},
        "inputs": [
            {"path": shown(a.path), "sha256": a.sha256, "received_at": a.received_at.isoformat()}
            for a in snapshot.scan.arrivals
        ],
        "inbox_findings": [finding.to_record() for finding in snapshot.scan.findings],
        "kernels": "",
        "libraries": {name: version(name) for name in LIBRARIES},
        "seconds": {},
    }


def _whole(day: Day) -> dict[str, Any]:
    """The figure that the day's page leads with: persons so far, and their share (fraction)."""
    row = day.whole[["numerator_cumulative", "coverage"]].iloc[-1]
    count, share = (None if pd.isna(value) else value for value in row)
    return {"cumulative": count and int(count), "coverage": share and round(float(share), 6)}


def write_manifest(content: dict[str, Any], folder: Path) -> Path:
    """Write `manifest.json` into a folder that is being built."""
    path = folder / MANIFEST
    aside = path.with_suffix(".new")  # notebooks may be reading the one that is there
    aside.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    aside.replace(path)
    return path


def _shown(path: Path, run: AnyRun) -> str:
    """A folder as the office knows it: from the project's root, not from that of the machine."""
    if url := url_of(path):
        return plain(url)
    root = run.params.parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
