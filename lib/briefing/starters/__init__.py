"""Folders to begin a campaign with: each a campaign of its own kind, every key explained.

`common/<language>/` holds the files that are the same for all of a language. The project's own
`params/` is the starter of the same name as its campaign; in an installed package it lies here.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from briefing.errors import ParamsError
from briefing.locale.pack import load
from briefing.messages import _
from briefing.params.campaign import SETTINGS, locale_of
from briefing.params.run import OWN, PACKAGE

HERE = Path(__file__).parent
COMMON = "common"
WORKPLACE, NOTEBOOKS = "params", "notebooks"
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__")
OF_PROJECT = "bluezone"  # the starter that is the project's own campaign


def starters() -> dict[str, Path]:
    """Name of each starter → its folder."""
    known = {path.parent.name: path.parent for path in sorted(HERE.glob(f"*/{SETTINGS}"))}
    own = OWN / "params"
    return known | ({OF_PROJECT: own} if (own / SETTINGS).is_file() else {})


def lay_out(folder: Path, like: str) -> list[Path]:
    """Fill a new folder with a starter's files.

    A folder `params` is that of a workplace: beside it lie then the notebooks, and an inbox.

    Returns:
        What was written into the folder.

    Raises:
        ParamsError: The folder is there, and not empty.
    """
    demand_empty(folder)
    source = starters()[like]
    common = HERE / COMMON / load(locale_of(source)).language
    files = {path.name: path for path in (*_files(common), *_files(source))}
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in files.items():
        (folder / name).write_bytes(path.read_bytes())
    if folder.name == WORKPLACE:
        _lay_beside(folder.resolve().parent)
    return [folder / name for name in files]


def _lay_beside(workplace: Path) -> None:
    """What a workplace has beside its params; what lies there already is left as it is."""
    (workplace / "inbox").mkdir(exist_ok=True)
    sources = (root / NOTEBOOKS for root in (OWN, PACKAGE))
    source = next(folder for folder in sources if folder.is_dir())
    if not (workplace / NOTEBOOKS).exists():
        shutil.copytree(source, workplace / NOTEBOOKS, ignore=NOT_COPIED)


def demand_empty(folder: Path) -> None:
    """Check that nothing of anybody's would be lost.

    Raises:
        ParamsError: Something lies there.
    """
    if folder.is_file():
        raise ParamsError(
            _("{folder} is a file, not a folder. Nothing was written.", folder=folder)
        )
    held = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    if held:
        raise ParamsError(
            _(
                "{folder} is not empty: “{name}” lies there. Give a new folder. "
                "Nothing was written.",
                folder=folder,
                name=held[0],
            )
        )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix in (".yaml", ".csv"))
