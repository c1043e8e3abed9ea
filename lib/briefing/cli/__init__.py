"""The command `briefing`: one function per command, results on stdout, messages on stderr.

`group` loads the module of a command when it is called: its help, or what a shell completes of it,
needs what it imports, all other commands do not.

Exit codes: 0 done; 1 errors found in the reports (`check`), nothing published (`daily`, `period`)
or not everything (`backfill`, `units`); 2 wrong usage or params.
"""

import atexit
import gc
import os

from briefing.one_thread import ONE_THREAD

os.environ.update(ONE_THREAD | os.environ)  # before anything else is imported

from briefing.cli.group import main

gc.set_threshold(500_000, 50, 50)  # hardly anything that a command loads or makes is a circle
atexit.register(gc.freeze)  # and none is looked for in what the system takes back at once

__all__ = ["main"]
