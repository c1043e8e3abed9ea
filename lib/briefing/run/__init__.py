"""Runs: from the parameters of a run to a published folder, whole or not at all.

What `briefing daily`, `period`, `units` and `backfill` do, in this order:

1. `params` has checked the parameters; `pages.demand_ready` looks whether the notebooks are there
   and what will be replaced is closed.
2. `snapshot.take_snapshot`: the inbox at this moment. `ingest` has new files read apart, here or by
   the workers of a `cluster`, into the register.
3. The tables that the job is about: `day.day_of`, or `opening` for a period, a unit, a comparison,
   a trace. What was worked out before is found in `day_store`.
4. `job.Job`: kind, parameters, name of the folder, manifest, files. `daily`, `period` and `units`
   say what each of theirs is; `backfill` and `units` are many jobs, handed out by the `cluster`.
5. `job` writes the `manifest`, has `pages` execute the notebooks (`kernel`, forked from a
   `template`) while the job's other files are written, renders the page, writes the manifest again.
6. `publish` swaps the folder in (`exchange`), or leaves all as it was and keeps what failed.

Beside them: `last_reports` for forms; `forget` and `redaction` for retention.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import lazy_loader as lazy

# nbformat loads jsonschema, which takes these libraries where it finds them, to check IRIs, URIs
# and durations: their patterns are compiled in every run, for a second by the first of them, and
# nothing of a notebook is any of these. Papermill loads boto3, where it is, for notebooks on S3.
for _name in ("rfc3987_syntax", "rfc3986_validator", "isoduration", "papermill.s3"):
    sys.modules.setdefault(_name, None)  # type: ignore[arg-type]  # “not there”


class _Later(ModuleType):
    """Stands for a library until somebody asks it for something."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


sys.modules.setdefault("requests", _Later("requests"))  # papermill's, for notebooks on the web
# It looks twice through every package for engines and stores that others add to it.
_none_added = ModuleType("entrypoints")
_none_added.get_group_all = lambda _group: []  # type: ignore[attr-defined]
sys.modules.setdefault(_none_added.__name__, _none_added)

if TYPE_CHECKING:
    from briefing.run import backfill as backfill
    from briefing.run import daily as daily
    from briefing.run import dask_cluster as dask_cluster
    from briefing.run import forget as forget
    from briefing.run import period as period
    from briefing.run import units as units
else:  # loaded when first asked for: what makes pages takes a second
    __getattr__, __dir__, _names = lazy.attach(
        __name__, ["backfill", "daily", "dask_cluster", "forget", "period", "units"]
    )
