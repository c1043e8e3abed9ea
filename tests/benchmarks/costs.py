"""What the seconds of a day go into: its stages, and in each the code that takes most.

The run is profiled in its own process; each of its notebooks again in one that has all loaded, its
cells executed one after the other, since kernels are processes of their own. A profile counts each
call, so that many small ones weigh more in it than they do without.
"""

from __future__ import annotations

import ast
import cProfile
import json
import pstats
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bars import table
from inboxes import DAY
from timing import ROOT, Cost, command

if TYPE_CHECKING:
    from measures import Sitting

MOST = 12  # packages and modules of a part that are named
WAITING = ("poll", "select.", "acquire", "sleep", "waitpid", "recv", "posix.read", "_wait")
HEADS = ("part of a cold day", "processor, profiled", "shares of it")
PARTS = {"run": None, **{name: name for name in ("1_intake", "2_coverage", "3_briefing")}}


def profiled(sitting: Sitting, *, markdown: bool) -> str:
    """Stages of a cold day by the clock, and a profile of each part, as tables."""
    sitting.clear()
    parts = {}
    for part in PARTS:
        kept = sitting.folder / f"{part}.json"
        script = [sys.executable, __file__, part, str(sitting.inbox), str(sitting.outputs)]
        command([*script, str(kept)])
        parts[part] = json.loads(kept.read_text(encoding="utf-8"))
    sitting.clear()
    sitting.daily(sitting.inbox)
    manifest = json.loads(
        (sitting.outputs / DAY.isoformat() / "manifest.json").read_text(encoding="utf-8")
    )
    stages = [(stage, f"{seconds:.2f} s") for stage, seconds in manifest["seconds"].items()]
    imports = command([sys.executable, "-c", "import briefing.run.daily"])
    rows = [(name, f"{found['spent']:.2f} s", _most(found)) for name, found in parts.items()]
    return "\n\n".join(
        (
            table(("stage", "wall"), [*stages, ("(imports of the run)", _wall(imports))],
                  markdown=markdown),
            table(HEADS, rows, markdown=markdown),
        )
    )  # fmt: skip


def _wall(cost: Cost) -> str:
    return f"{cost.wall:.2f} s"


def _most(found: dict[str, Any]) -> str:
    return ", ".join(f"{name} {share:.0%}" for name, share in found["most"])


def _run(values: dict[str, str]) -> None:
    from briefing.params import RunParams
    from briefing.run.daily import run_daily

    run_daily(RunParams.checked(values))


def _cells(notebook: str, values: dict[str, str]) -> None:
    """Execute a notebook's code, and make of what each cell shows what a page would hold."""
    from IPython.core.formatters import DisplayFormatter

    book = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    space: dict[str, Any] = {"__name__": "__main__"}
    for cell in book["cells"]:
        if cell["cell_type"] != "code":
            continue
        code = ast.parse("".join(cell["source"]))
        last = code.body.pop() if code.body and isinstance(code.body[-1], ast.Expr) else None
        exec(compile(code, notebook, "exec"), space)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), notebook, "eval"), space)
            DisplayFormatter().format(value)
        if "parameters" in cell["metadata"].get("tags", []):
            space |= values


def main(part: str, inbox: str, outputs: str, kept: str) -> None:
    values = {"report_date": DAY.isoformat(), "inbox": inbox, "outputs": outputs}
    profile, spent = cProfile.Profile(), time.process_time()
    if PARTS[part] is None:
        profile.runcall(_run, values)
    else:
        from briefing.run import kernel

        kernel.template()  # which loads here what every kernel has loaded before it starts
        spent = time.process_time()
        profile.runcall(_cells, part, values)
    found = {"spent": time.process_time() - spent, "most": most(profile)}
    Path(kept).write_text(json.dumps(found), encoding="utf-8")


def most(profile: cProfile.Profile) -> list[tuple[str, float]]:
    """The packages and modules whose own code takes most, as shares of all that is not waiting."""
    own: dict[str, float] = {}
    for (file, _line, function), (_calls, _all, seconds, _below, _by) in pstats.Stats(
        profile
    ).stats.items():  # type: ignore[attr-defined]
        name = module(file, function)
        if any(word in name for word in WAITING):
            continue
        own[name] = own.get(name, 0.0) + seconds
    total = sum(own.values())
    largest = sorted(own.items(), key=lambda item: -item[1])[:MOST]
    return [(name, seconds / total) for name, seconds in largest]


def module(file: str, function: str) -> str:
    """The package of a library, the module of this project, or what a built-in is called."""
    if file == "~":
        return function.strip("<>").removeprefix("built-in method ")
    path = Path(file)
    if path.is_relative_to(ROOT / "lib"):
        return ".".join(path.relative_to(ROOT / "lib").with_suffix("").parts)
    pieces = path.parts
    if "site-packages" in pieces:
        return pieces[pieces.index("site-packages") + 1]
    return "Python's own library"


if __name__ == "__main__":
    main(*sys.argv[1:5])
