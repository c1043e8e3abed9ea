"""What a day costs at 17, 159, 1,000 and 10,599 units: time by stage, memory, size, throughput.

    python tests/benchmarks/scale.py                   the table, on the screen
    python tests/benchmarks/scale.py --write           and into docs/scale.md
    python tests/benchmarks/scale.py --units 17 159    of these sizes; rows of others stay
    python tests/benchmarks/scale.py --cores 2         on so many processors, not on one and on two

Each size is a sample of one day (`briefing sample --since D --units N`), of a made-up country
beyond the units of the project's own campaign. A day is made from cold; then a part of its reports,
held back before, comes, and the day is made again. Every process of a run is looked at several
times a second.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from bars import replaced
from timing import BRIEFING, ENV, ROOT, command

PAGE, BLOCK = ROOT / "docs/scale.md", "scale"
SIZES = (17, 159, 1000, 10_599)
DAY = "2021-08-16"
HELD_BACK = 100  # reports that come after the first run; of small days a tenth
LOOKS = 0.2  # seconds between two looks at the processes
MB = 1e6
HEAD = (
    "| units | processors | run | files | wall s | processor s | files read a second | intake s "
    "| tables s | published tables and annex s | returns s | page and notebooks s "
    "| largest process MB | all MB | largest notebook MB | register MB | additions s |"
)
ADDITIONS = 10_000_000  # how fast the machine is just now, as those of other users slow it down
ROW = re.compile(r"^\| ([\d,]+) \| (\d+) \|")


@dataclass(frozen=True)
class Seen:
    """A run as it was seen from outside: seconds, and bytes that processes held at most."""

    wall: float
    spent: float
    largest: float
    together: float


def watched(arguments: Sequence[str], cores: int) -> Seen:
    """Run a command on so many processors, and look at it and all that it starts.

    Raises:
        RuntimeError: It failed; the message holds what it said.
    """
    before, start = os.times(), time.perf_counter()
    with tempfile.TemporaryFile() as said:
        run = subprocess.Popen(
            arguments, env=ENV, stdout=subprocess.DEVNULL, stderr=said,
            preexec_fn=lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores]),
        )  # fmt: skip
        held: dict[int, int] = defaultdict(int)
        together, root = 0, psutil.Process(run.pid)
        while run.poll() is None:
            now = dict(_held([root, *_children(root)]))
            together = max(together, sum(now.values()))
            for process, size in now.items():
                held[process] = max(held[process], size)
            time.sleep(LOOKS)
        if run.returncode:
            said.seek(0)
            raise RuntimeError(said.read().decode(errors="replace")[-2000:])
    after = os.times()
    spent = sum(after[2:4]) - sum(before[2:4])
    return Seen(time.perf_counter() - start, spent, max(held.values(), default=0), together)


def additions() -> float:
    """Processor seconds of so many additions, by which sittings can be compared."""
    start, total = time.process_time(), 0
    for number in range(ADDITIONS):
        total += number
    return time.process_time() - start


def _children(root: psutil.Process) -> list[psutil.Process]:
    try:
        return root.children(recursive=True)
    except psutil.Error:
        return []


def _held(processes: Iterable[psutil.Process]) -> Iterable[tuple[int, int]]:
    for process in processes:
        try:
            yield process.pid, process.memory_info().rss
        except psutil.Error:  # it has ended meanwhile
            continue


def measured(units: int, cores: Sequence[int], folder: Path) -> list[str]:
    """The rows of one size: on each number of processors from cold, and after new reports."""
    inbox, params = folder / "inbox", folder / "inbox-params"
    asked = (
        "--since",
        DAY,
        "--until",
        DAY,
        "--units",
        str(units),
        "--params",
        str(ROOT / "params"),
    )
    command([*BRIEFING, "sample", str(inbox), *asked])
    held_back = _hold_back(inbox, folder / "later", units)
    if not params.exists():
        params = ROOT / "params"
    rows = []
    for number in cores:
        outputs = folder / f"outputs{number}"
        day = [*BRIEFING, "daily", "--date", DAY, "--inbox", str(inbox)]
        day += ["--params", str(params), "--outputs", str(outputs)]
        rows.append(_row(units, number, "cold", watched(day, number), outputs))
        for path in held_back:
            shutil.copy2(folder / "later" / path.name, path)
        new = f"after {len(held_back)} new reports"
        rows.append(_row(units, number, new, watched(day, number), outputs))
        for path in held_back:
            path.unlink()
    return rows


def _hold_back(inbox: Path, later: Path, units: int) -> list[Path]:
    """Take reports of units, spread over the day, out of the inbox; where they belong."""
    reports = sorted((inbox / "16.8").iterdir())
    count = min(HELD_BACK, max(1, units // 10))
    chosen = reports[:: len(reports) // count][:count]
    later.mkdir()
    for path in chosen:
        shutil.move(path, later / path.name)
    return chosen


def _row(units: int, cores: int, run: str, seen: Seen, outputs: Path) -> str:
    published = outputs / DAY
    told = json.loads((published / "manifest.json").read_text(encoding="utf-8"))
    seconds, parsed = told["seconds"], told["intake"]["parsed"]
    written = seconds.get("write_tables", 0) + seconds.get("annex", 0)
    pages = max(v for k, v in seconds.items() if k[0].isdigit())
    notebooks = max(path.stat().st_size for path in published.glob("notebooks/*.ipynb"))
    register = sum(p.stat().st_size for p in (outputs / "register").rglob("*") if p.is_file())
    cells = (
        f"{units:,}", cores, run, f"{told['intake']['files']:,}", f"{seen.wall:.0f}",
        f"{seen.spent:.0f}", f"{parsed / max(seconds['intake'], 1e-3):.0f}",
        f"{seconds['intake']:.1f}", f"{seconds['tables']:.1f}", f"{written:.1f}",
        f"{seconds['returns']:.1f}", f"{pages:.1f}", f"{seen.largest / MB:.0f}",
        f"{seen.together / MB:.0f}", f"{notebooks / MB:.1f}", f"{register / MB:.0f}",
        f"{additions():.1f}",
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def together(page: str, rows: Iterable[str]) -> str:
    """The table of a page with new rows in the place of those of the same size and processors."""
    new = [*rows]
    made = {ROW.match(row)[0] for row in new if ROW.match(row)}
    old = [line for line in page.splitlines() if ROW.match(line)]
    kept = [row for row in old if ROW.match(row)[0] not in made]
    ordered = sorted(
        [*kept, *new], key=lambda row: [int(n.replace(",", "")) for n in ROW.match(row).groups()]
    )
    return "\n".join([HEAD, "|" + "---:|" * HEAD.count(" |"), *ordered])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--units", type=int, nargs="+", default=SIZES, metavar="N")
    asked.add_argument("--cores", type=int, nargs="+", default=(1, 2), metavar="N")
    asked.add_argument("--write", action="store_true", help="the table of docs/scale.md, too")
    options = asked.parse_args()
    for units in options.units:
        with tempfile.TemporaryDirectory() as folder:
            rows = measured(units, options.cores, Path(folder))
        print(together("", rows), flush=True)
        if options.write:  # after each size, as the last one takes long
            page = PAGE.read_text(encoding="utf-8")
            PAGE.write_text(replaced(page, BLOCK, together(page, rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
