"""A cold intake of the lists alone: by readers apart, as a run does it, and in one process.

Each is a process of its own, started, with what a run loads, and ended; the register is a fresh
one.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from timing import Cost, command

IN_ONE = """
import sys
import briefing.cli
import briefing.run.day
from pathlib import Path
from briefing.intake.packing import packed
from briefing.params import Campaign
from briefing.register import Register, scan
inbox, outputs = map(Path, sys.argv[1:])
register = Register(outputs, Campaign.load(Path("params")))
def ingest(arrival, content):
    register.keep(arrival, packed(register.reader.read(content, arrival.path)))
with register.alone():
    register.record(scan(inbox, [], register.campaign.tz, ingest).arrivals)
"""
APART = """
import sys
import briefing.cli
from pathlib import Path
from briefing.params import RunParams
from briefing.run.snapshot import take_snapshot
take_snapshot(RunParams.checked({"inbox": sys.argv[1], "outputs": sys.argv[2]}))
"""


def inbox_of(lists: Sequence[Path], inbox: Path) -> None:
    """An inbox with these lists alone."""
    inbox.mkdir()
    for path in lists:
        shutil.copy2(path, inbox / path.name)


def taken_in(script: str, inbox: Path, outputs: Path) -> Cost:
    """What a cold intake costs by `IN_ONE` or `APART`; it leaves nothing behind."""
    cost = command([sys.executable, "-c", script, str(inbox), str(outputs)])
    shutil.rmtree(outputs)
    return cost
