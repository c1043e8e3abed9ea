"""The parameters of the page of one unit."""

from __future__ import annotations

from typing import Any, Self

from pydantic import field_validator

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.run import RunParams


class UnitParams(RunParams):
    """The run of one day for the page of one unit.

    Attributes:
        unit_code: The unit, of any level; a known spelling of its name is taken for its code.
            Empty: the first of those that report.
    """

    unit_code: str = ""

    @classmethod
    def of(cls, run: RunParams, unit: str, *, where: object) -> UnitParams:
        """The run of a day for one unit, by its code or name.

        Raises:
            ParamsError: Nobody is called so.
        """
        common = {name: getattr(run, name) for name in RunParams.model_fields}
        return cls(**common, unit_code=unit)._fitted(where)

    @field_validator("unit_code", mode="before")
    @classmethod
    def _digits(cls, value: Any) -> Any:
        """A code that papermill or YAML made a number of; zeros in front would be gone."""
        return str(value) if type(value) is int else value

    def _fitted(self, where: object) -> Self:
        run = super()._fitted(where)
        return run.model_copy(update={"unit_code": run._known_unit(where)})

    def _known_unit(self, where: object) -> str:
        if not self.unit_code.strip():
            return self.campaign.unit_rows[0].unit_code
        try:
            code = self.campaign.code_of(self.unit_code, above=True)
        except ValueError as error:
            raise self._refused(where, str(error)) from None
        if code not in (self.campaign.root, *self.campaign.paged):
            raise self._refused(where, _("a body has no page of its own; write a unit"))
        return code

    def _refused(self, where: object, why: str) -> ParamsError:
        return ParamsError(
            _(
                "{where}: unit_code is “{value}”: {why}. Nothing was run.",
                where=where,
                value=self.unit_code,
                why=why,
            )
        )
