"""All bars of speed in one sitting, as one table; exit code 1 where a must is missed.

    python tests/benchmarks/bench_bars.py [--rounds N] [--rows N] [--json | --markdown | --write]
    python tests/benchmarks/bench_bars.py --profile

`--write` puts the table, and what remains by profile, into docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bars import machine, replaced, shown
from costs import profiled
from measures import Sitting, measured
from timing import ROOT, Ratios

PAGE = ROOT / "docs" / "performance.md"
BARS, COSTS = "bars", "costs"  # blocks of the page


def options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=5000, help="of each unit's list")
    parser.add_argument("--units", type=int, help="so many of them report; else all")
    parser.add_argument("--wrong", type=int, default=500, help="phones of each list that are wrong")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="every number of every round")
    how.add_argument("--markdown", action="store_true")
    how.add_argument("--write", action="store_true", help=f"into {PAGE.relative_to(ROOT)}")
    how.add_argument("--profile", action="store_true", help="what a day's seconds go into")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None, page: Path = PAGE) -> int:
    given = options(arguments)
    with tempfile.TemporaryDirectory() as name:
        sitting = Sitting(Path(name), given.rows, given.wrong, given.units)
        if given.profile:
            sitting.prepare()
            print(profiled(sitting, markdown=False))
            return 0
        found, costs = measured(sitting, given.rounds)
        if given.write:
            said = f"{machine(given.rounds, given.rows)}\n\n{shown(found, costs, markdown=True)}"
            text = replaced(page.read_text(encoding="utf-8"), BARS, said)
            text = replaced(text, COSTS, profiled(sitting, markdown=True))
            page.write_text(text, encoding="utf-8")
    if given.json:
        print(json.dumps({
            "machine": machine(given.rounds, given.rows),
            "bars": [vars(bar) | {"median": bar.values and Ratios.of(bar.values).median,
                                  "missed": bar.missed} for bar in found],
            "seconds": costs,
        }, ensure_ascii=False))  # fmt: skip
    else:
        print(machine(given.rounds, given.rows), "", sep="\n")
        print(shown(found, costs, markdown=given.markdown))
    return 1 if any(bar.missed for bar in found) else 0


if __name__ == "__main__":
    sys.exit(main())
