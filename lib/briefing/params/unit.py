"""The parameters of the page of one unit, and how a run names a unit."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.run import AnyRun, RunParams


def _digits(value: Any) -> Any:
    """A code that papermill or YAML made a number of; zeros in front would be gone."""
    return str(value) if type(value) is int else value


UnitCode = Annotated[str, BeforeValidator(_digits)]


class UnitParams(RunParams):
    """The run of one day for the page of one unit.

    Attributes:
        unit_code: The unit, of any level; a known spelling of its name is taken for its code.
            Empty: the first of those that report.
    """

    unit_code: UnitCode = ""

    @classmethod
    def of(cls, run: RunParams, unit: str, *, where: object) -> UnitParams:
        """The run of a day for one unit, by its code or name.

        Raises:
            ParamsError: Nobody is called so.
        """
        common = {name: getattr(run, name) for name in RunParams.model_fields}
        return cls(**common, unit_code=unit)._fitted(where)

    def _fitted(self, where: object) -> Self:
        run = super()._fitted(where)
        first = self.campaign.unit_rows[0].unit_code
        code = known_unit(run, self.unit_code, where) if self.unit_code.strip() else first
        return run.model_copy(update={"unit_code": code})


def known_unit(run: AnyRun, unit: str, where: object) -> str:
    """The code of a unit of any level, by its code or name.

    Raises:
        ParamsError: Nobody is called so, or a body is.
    """
    try:
        code = run.campaign.code_of(unit, above=True)
    except ValueError as error:
        raise refused(where, unit, str(error)) from None
    if code not in (run.campaign.root, *run.campaign.paged):
        raise refused(where, unit, _("a body has no page of its own; write a unit"))
    return code


def refused(where: object, unit: str, why: str) -> ParamsError:
    """What is said of a unit that a run can't be about."""
    return ParamsError(
        _(
            "{where}: unit_code is “{value}”: {why}. Nothing was run.",
            where=where,
            value=unit,
            why=why,
        )
    )
