"""`make torture`: damage files at random, read them, and say what came of it.

COUNT=20000 SEED=14 make torture
python -m tests.hostile.torture --count 500 --quick --keep FOLDER
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from briefing.one_thread import ONE_THREAD
from briefing.params import Campaign
from tests.hostile.torture.originals import originals
from tests.hostile.torture.seen import UNREADABLE, shown
from tests.hostile.torture.trial import End, Outcome, Tally, mutants, trials

ROOT = Path(__file__).parents[3]
MOST_TOLD = 60


def main() -> int:
    given = _given()
    os.environ |= ONE_THREAD | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    campaign = Campaign.load(ROOT / "params")
    start = time.monotonic()
    files = originals(campaign, days=1 if given.quick else 3, old_word=not given.quick)
    files = [one for one in files if one.name.endswith(given.only)]
    tally = Tally()
    for outcome in trials(campaign, files, mutants(files, given.seed, given.count), given.workers):
        tally.add(outcome)
        if sum(tally.ends.values()) % 1000 == 0:
            print(f"{sum(tally.ends.values())} ...", file=sys.stderr, flush=True)
    excused(tally)
    print(f"seed {given.seed}, {given.count} mutants of {len(files)} files, ", end="")
    print(f"{time.monotonic() - start:.0f} s")
    say(tally)
    if given.keep:
        keep(tally.told, given.keep)
    return 1 if tally.faults else 0


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=int(os.environ.get("COUNT", "20000")))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED", "14")))
    parser.add_argument("--workers", type=int)
    parser.add_argument("--only", default="", metavar="ENDING", help="files with this ending")
    parser.add_argument("--quick", action="store_true", help="without files for LibreOffice")
    parser.add_argument("--keep", type=Path, help="where faulty mutants are written")
    return parser.parse_args()


def excused(tally: Tally) -> None:
    """Excuse what is another report: what another program shows of it differs too."""
    silent = [one for one in tally.told if one.end == End.SILENT]
    files = [*{one.mutant.original for one in silent}]
    before = dict(zip(files, shown([(o.ending, o.content) for o in files]), strict=True))
    after = shown([(one.mutant.original.ending, one.mutant.content) for one in silent])
    for one, now in zip(silent, after, strict=True):
        if now != before[one.mutant.original] and now != UNREADABLE:
            tally.told.remove(one)
            tally.ends[End.SILENT] -= 1
            tally.ends[End.OTHER] += 1


def say(tally: Tally) -> None:
    for end in End:
        print(f"{tally.ends[end]:7}  {end.value}")
    print("  ".join(f"{ending} {n}" for ending, n in sorted(tally.by_ending.items())))
    print(
        "slowest:", *(f"{one.seconds:.1f} s ({one.mutant.original.name})" for one in tally.slowest)
    )
    alike: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for one in tally.told:
        alike[one.end.name, one.told.strip().splitlines()[-1] if one.told else ""].append(one)
    for (end, told), ones in [*alike.items()][:MOST_TOLD]:
        print(f"{end} × {len(ones)}: {told}")
        for one in ones[:4]:
            print(f"    seed {one.mutant.seed}: {one.mutant.original.name}, {one.mutant.how}")
        if end == End.TRACEBACK.name:
            print(ones[0].told)


def keep(told: Sequence[Outcome], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for one in told:
        name = f"{one.end.name} {one.mutant.seed.replace('/', '-')} {one.mutant.original.name}"
        (folder / name).write_bytes(one.mutant.content)


if __name__ == "__main__":
    sys.exit(main())
