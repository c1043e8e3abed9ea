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

from typing import TYPE_CHECKING

import lazy_loader as lazy

from briefing.left_out import leave_out

leave_out()

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
