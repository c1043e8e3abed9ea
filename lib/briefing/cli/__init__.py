"""The command `briefing`: one function per command, results on stdout, messages on stderr.

`group` loads the module of a command when it is called: its help, or what a shell completes of it,
needs what it imports, all other commands do not.

Exit codes: 0 done; 1 errors found in the reports (`check`), nothing published (`daily`, `period`)
or not everything (`backfill`, `units`); 2 wrong usage or params.
"""

import atexit
import gc
import os

from briefing.compiled_once import compile_once
from briefing.left_out import leave_out
from briefing.one_thread import ONE_THREAD

os.environ.update(ONE_THREAD | os.environ)  # before anything else is imported
leave_out()
compile_once()

from briefing.cli.group import main  # noqa: E402 - after what it is loaded by

gc.set_threshold(500_000, 50, 50)  # hardly anything that a command loads or makes is a circle
atexit.register(gc.freeze)  # and none is looked for in what the system takes back at once

__all__ = ["main"]
