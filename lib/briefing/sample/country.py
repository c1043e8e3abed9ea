"""A made-up country for a sample of more units than the campaign has: its params, names and sizes.

No unit of it exists: the names of areas say that they are examples, those of units are put
together from syllables, all different.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from briefing.errors import RunError
from briefing.messages import _
from briefing.params import Campaign
from briefing.params.campaign import SETTINGS
from briefing.register.arrivals import ILLUSTRATIVE
from briefing.sample.people import dice, seed_of
from briefing.sample.words import vocabulary
from briefing.starters.office_list import Listed, OfficeList
from briefing.starters.taken_over import lines_of, replaced, take_over

UPPER, LOWER = 168, 15  # units of one of each level between, about: 10,599 make 63 and 707
POPULATION = (3_000, 16_000)  # of a unit (persons), evenly drawn
SHARE = 0.55  # of the population: the denominator, assumed


def make_country(campaign: Campaign, folder: Path, beside: Path, count: int) -> Campaign:
    """Write the params of a made-up country that runs this campaign, and open them.

    Args:
        folder: The campaign's own params, taken over but for units, bodies and places.
        beside: Where they go; a folder that an earlier sample wrote is replaced.
        count: Units that report.

    Raises:
        RunError: Something lies there that no sample wrote.
        ParamsError: There are not so many names, or the campaign needs more than its units.
    """
    units = [*_units(campaign, count)]
    _clear(beside)
    beside.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*")):
        if path.suffix in (".yaml", ".csv"):
            (beside / path.name).write_bytes(path.read_bytes())
    take_over(beside, OfficeList({"number": ""}, (), tuple(units)))
    _sign(beside / SETTINGS, vocabulary()["country"][campaign.language]["letterhead"])
    marker = vocabulary()["markers"][campaign.language]
    (beside / ILLUSTRATIVE).write_text(marker + _listed(beside), encoding="utf-8")
    return Campaign.load(beside)


def most(language: str) -> int:
    """How many units there are names for."""
    total = 1
    for syllables in vocabulary()["country"][language]["syllables"]:
        total *= len(syllables)
    return total


def _units(campaign: Campaign, count: int) -> Iterator[Listed]:
    """The whole, two levels between where there is more than one of each, and the units."""
    words = vocabulary()["country"][campaign.language]
    draw = dice(seed_of(campaign), "country", count)
    depth, parents = 0, ["C"]
    kind, name = words["whole"]
    yield Listed(1, "C", name, kind)
    for letter, kind, size in zip("PD", words["areas"], (UPPER, LOWER), strict=True):
        if (many := round(count / size)) > 1:
            depth += 1
            above, parents = parents, []
            for n in range(many):
                parent = above[n * len(above) // many]
                name = words["area"].format(n=n + 1)
                parents.append(f"{letter}{n + 1:0{len(str(many))}}")
                yield Listed(1, parents[-1], name, kind, f"{kind} {name}", parent, depth=depth)
    names = [words["joined"].join(parts) for parts in product(*words["syllables"])]
    draw.shuffle(names)
    for n, name in enumerate(names[:count]):
        people = draw.randint(*POPULATION)
        yield Listed(
            1, f"{n + 1:05}", name, words["unit"], f"{words['unit']} {name}",
            parents[n * len(parents) // count], people, depth=depth + 1,
        )  # fmt: skip


def _sign(path: Path, letterhead: Mapping[str, str]) -> None:
    """Let the pages bear no real office's name."""
    text = path.read_text(encoding="utf-8")
    text = replaced(text, "letterhead", lines_of(letterhead.items()))
    path.write_text(text, encoding="utf-8")


def _listed(folder: Path) -> str:
    """Each file with its SHA-256, as in the marker of an inbox."""
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.name != ILLUSTRATIVE
    )


def _clear(folder: Path) -> None:
    """Remove what an earlier sample wrote there, and nothing else."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    marker = folder / ILLUSTRATIVE
    if not marker.is_file() or not marker.read_text(encoding="utf-8").endswith(_listed(folder)):
        raise RunError(
            _(
                "{folder} holds params that the sample did not write, or that were changed since. "
                "Move them away first. Nothing was written or removed.",
                folder=folder,
            )
        )
    for path in folder.iterdir():
        path.unlink()
