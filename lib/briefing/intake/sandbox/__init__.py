"""A stranger's bytes are opened only in worker processes, under limits.

`walls` says what a worker may do, `nursery` makes and ends workers, `pool` hands files to them.
"""

from briefing.intake.sandbox.nursery import Ended, Shared
from briefing.intake.sandbox.pool import each

__all__ = ["Ended", "Shared", "each"]
