"""All that is measured for the bars, in one sitting: each round runs everything once, in turn."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import apart
import lists_bare
import rendering
import usual_stack
from bars import Bar
from inboxes import DAY, PARAMS, lists, make_inbox, sent_again, with_wrong_phones
from timing import BRIEFING, ROOT, Cost, command, spent_ratios, wall_ratios

from briefing.params import Campaign

HERE = Path(__file__).parent
FURTHER = 2  # days of the backfill after its first
MOST_IMPORT = 1.5
FLOOR, COLD, AGAIN, USUAL, WRONG = (
    "floor: plain script", "cold day", "the day again after one new report", "usual stack",
    "cold day, 500 wrong phones a list",
)  # fmt: skip
FURTHER_DAY, PAGE, PAPERMILL = (
    "a further day in a backfill", "a unit's page in briefing units", "papermill of 5_unit.ipynb",
)  # fmt: skip
APART, IN_ONE = "lists read apart", "lists read in one process"
PANDAS, CHECK, STATUS, HELP = (
    'python -c "import pandas"', "briefing check FORM", "briefing status", "briefing --help",
)  # fmt: skip


@dataclass(frozen=True)
class Sitting:
    """The inboxes of one sitting, in a folder of its own.

    Attributes:
        wrong: How many phones of each list are too short in the second inbox.
        units: How many of the campaign's units report, and have pages made; `None`: all.
    """

    folder: Path
    rows: int
    wrong: int
    units: int | None = None

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def outputs(self) -> Path:
        return self.folder / "outputs"

    def prepare(self) -> None:
        make_inbox(self.inbox, self.rows, units=self.units)
        make_inbox(self.folder / "days", self.rows, days=1 + FURTHER, units=self.units)
        with_wrong_phones(self.inbox, self.folder / "wrong", self.wrong)
        apart.inbox_of(lists(self.inbox), self.folder / "lists")

    def daily(self, inbox: Path) -> Cost:
        return command([*BRIEFING, "daily", "--date", DAY.isoformat(), *self._folders(inbox)])

    def _folders(self, inbox: Path) -> list[str]:
        return ["--inbox", str(inbox), "--outputs", str(self.outputs)]

    def clear(self) -> None:
        shutil.rmtree(self.outputs, ignore_errors=True)

    def round(self) -> Iterator[tuple[str, Cost]]:
        """What each command costs, once."""
        script = [sys.executable, str(HERE / "plain_day.py"), str(self.inbox)]
        yield FLOOR, command([*script, str(self.folder / "plain.pdf")])
        yield COLD, self.daily(self.inbox)
        yield from self._commands()
        yield from self._unit_pages()
        yield AGAIN, self._after_one_more()
        self.clear()
        yield WRONG, self.daily(self.folder / "wrong")
        self.clear()
        if usual_stack.browser():
            script = [sys.executable, str(HERE / "usual_stack.py"), str(self.inbox)]
            yield USUAL, command([*script, str(self.folder / "usual.pdf")])
        yield FURTHER_DAY, self._further_day()
        for name, script in ((IN_ONE, apart.IN_ONE), (APART, apart.APART)):
            yield name, apart.taken_in(script, self.folder / "lists", self.outputs)

    def _commands(self) -> Iterator[tuple[str, Cost]]:
        """The commands that answer at once."""
        form = next(p for p in sorted(self.inbox.rglob("*.xlsx")) if p not in lists(self.inbox))
        yield PANDAS, command([sys.executable, "-c", "import pandas"])
        yield CHECK, command([*BRIEFING, "check", str(form)], code=None)
        yield STATUS, command([*BRIEFING, "status", *self._folders(self.inbox)])
        yield HELP, command([*BRIEFING, "--help"])

    def _unit_pages(self) -> Iterator[tuple[str, Cost]]:
        """A page of `briefing units` with its documents and its share of the start; one notebook,
        without documents, by papermill.
        """
        folders = self._folders(self.inbox)
        units = [unit.unit_code for unit in Campaign.load(PARAMS).unit_rows[: self.units]]
        wanted = [text for unit in units for text in ("--unit", unit)]
        all_pages = command([*BRIEFING, "units", "--date", DAY.isoformat(), *folders, *wanted])
        yield PAGE, Cost(*(seconds / len(units) for seconds in all_pages))
        values = {"report_date": DAY, "unit_code": units[0]}
        values |= {"inbox": self.inbox, "outputs": self.outputs}
        given = [text for name, value in values.items() for text in ("-r", name, str(value))]
        notebook = [str(ROOT / "notebooks" / "5_unit.ipynb"), str(self.folder / "unit.ipynb")]
        yield PAPERMILL, command([sys.executable, "-m", "papermill", *notebook, *given])

    def _after_one_more(self) -> Cost:
        made, arrives = sent_again(self.inbox, self.folder)
        shutil.copy2(made, arrives)
        try:
            return self.daily(self.inbox)
        finally:
            arrives.unlink()

    def _further_day(self) -> Cost:
        """Days more in the same inbox; a backfill reads all of it first, so no reading is in it."""
        costs = []
        for more in (FURTHER, 0):
            until = (DAY + timedelta(days=more)).isoformat()
            days = ["--from", DAY.isoformat(), "--to", until, *self._folders(self.folder / "days")]
            costs.append(command([*BRIEFING, "backfill", *days]))
            self.clear()
        long, short = costs
        return Cost(*((b - a) / FURTHER for a, b in zip(short, long, strict=True)))


def measured(sitting: Sitting, rounds: int) -> tuple[list[Bar], dict[str, list[Cost]]]:
    """Every bar with what was measured for it, and the seconds of what ran."""
    sitting.prepare()
    costs: dict[str, list[Cost]] = defaultdict(list)
    for number in range(1, rounds + 1):
        print(f"round {number} of {rounds} …", file=sys.stderr)
        for name, cost in sitting.round():
            costs[name].append(cost)
    intake = lists_bare.together(lists_bare.measured(3 * rounds, sitting.rows))
    sitting.daily(sitting.inbox)
    documents = rendering.measured(
        sitting.inbox, sitting.outputs, sitting.folder / "bare", 3 * rounds
    )
    return bars(costs, intake, documents), dict(costs)


def bars(
    costs: Mapping[str, list[Cost]],
    intake: Sequence[float],
    documents: Mapping[str, list[tuple[float, float]]],
) -> list[Bar]:
    """Every bar; without values where nothing was measured for it."""
    return [*_of_commands(costs), *_in_process(intake, documents), *_at_once(costs)]


def _of_commands(costs: Mapping[str, list[Cost]]) -> list[Bar]:
    def spent(mine: str, theirs: str) -> list[float]:
        return _ratios(spent_ratios, costs, mine, theirs)

    def faster(mine: str, theirs: str) -> list[float]:
        return _ratios(wall_ratios, costs, theirs, mine)

    floor, wrong = "floor, processor time", "a day with 500 wrong phones in each list"
    return [
        Bar("cold day, all documents", floor, 3.5, 2.0, values=spent(COLD, FLOOR)),
        Bar("the same", "usual stack, wall", 1.8, 3.0, True, values=faster(COLD, USUAL)),
        Bar(AGAIN, floor, 2.0, 1.3, values=spent(AGAIN, FLOOR)),
        Bar(
            FURTHER_DAY, "usual stack's day, wall", 4.0, 8.0, True,
            values=faster(FURTHER_DAY, USUAL),
        ),
        Bar(
            PAGE, "a cold papermill run of it, wall", 5.0, 10.0, True,
            values=faster(PAGE, PAPERMILL),
        ),
        Bar(wrong, "the day without, processor time", 1.5, 1.2, values=spent(WRONG, COLD)),
        Bar(APART, "in one process, processor time", 1.2, values=spent(APART, IN_ONE)),
        Bar(
            f"{APART}, by the clock", "in one process, wall", 1.0, faster=True,
            values=faster(APART, IN_ONE),
        ),
    ]  # fmt: skip


def _ratios(
    compare: Callable[[list[Cost], list[Cost]], list[float]],
    costs: Mapping[str, list[Cost]],
    mine: str,
    theirs: str,
) -> list[float]:
    """None where either could not be measured on this machine."""
    found = [costs.get(name, []) for name in (mine, theirs)]
    return compare(*found) if all(found) else []


def _in_process(
    intake: Sequence[float], documents: Mapping[str, list[tuple[float, float]]]
) -> list[Bar]:
    rounds = [*zip(*documents.values(), strict=True)]
    own, alone = ([1000 * sum(one[at] for one in row) for row in rounds] for at in (0, 1))
    libraries = f"the libraries alone: {statistics.median(alone):.0f} ms" if alone else ""
    bare = "calamine's bare read, processor time"
    pdf = [1000 * seconds for seconds, _alone in documents.get("pdf", [])]
    return [
        Bar("intake and cleaning", bare, 2.5, 2.0, values=intake),
        Bar("PDF of the day", "", 150, unit="ms", values=pdf),
        Bar("all four documents of the day", libraries, 1500, unit="ms", values=own),
    ]


def _at_once(costs: Mapping[str, list[Cost]]) -> list[Bar]:
    against = f"{PANDAS}, processor time"
    return [
        Bar(name, against, MOST_IMPORT, values=_ratios(spent_ratios, costs, name, PANDAS))
        for name in (CHECK, STATUS, HELP)
    ]
