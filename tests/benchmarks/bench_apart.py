"""What reading apart costs: a cold intake in workers against the same in this process, in turn.

Each is a process of its own, started, with its libraries, and ended; the register is a fresh one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from inboxes import lists, make_inbox
from timing import Cost, Ratios, command, middle, spent_ratios, wall_ratios

MOST_SPENT = 1.20  # of the processor time in one process
HERE = """
import sys
from pathlib import Path
from briefing.intake.packing import packed
from briefing.params import Campaign
from briefing.register import Register, scan
inbox, outputs = map(Path, sys.argv[1:])
register = Register(outputs, Campaign.load(Path("params")))
def take_in(arrival, content):
    register.shelve(arrival, packed(register.reader.read(content, arrival.path)))
with register.alone():
    register.record(scan(inbox, [], register.campaign.tz, take_in).arrivals)
"""
APART = """
import sys
import briefing.cli
from pathlib import Path
from briefing.params import RunParams
from briefing.run.day import take_stock
take_stock(RunParams.checked({"inbox": sys.argv[1], "outputs": sys.argv[2]}))
"""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=5000)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_inbox(folder / "made", given.rows)
        inbox = folder / "inbox"
        inbox.mkdir()
        for path in lists(folder / "made"):
            path.rename(inbox / path.name)
        costs: dict[str, list[Cost]] = {HERE: [], APART: []}
        for number in range(given.rounds):
            for kind, script in enumerate(costs):
                outputs = folder / f"outputs {number} {kind}"
                arguments = ["-c", script, str(inbox), str(outputs)]
                costs[script].append(command([sys.executable, *arguments]))
    return told(costs[HERE], costs[APART])


def told(here: list[Cost], apart: list[Cost]) -> int:
    for name, costs in (("in one process", here), ("apart", apart)):
        wall, spent = middle(costs)
        print(f"{name:15} {wall:6.2f} s by the clock, {spent:6.2f} s of the processor")
    wall = Ratios.of(wall_ratios(apart, here))
    spent = Ratios.of(spent_ratios(apart, here))
    print(f"apart / in one: {wall.median:.2f} by the clock, {spent.median:.2f} of the processor")
    return int(wall.median >= 1 or spent.median > MOST_SPENT)


if __name__ == "__main__":
    sys.exit(main())
