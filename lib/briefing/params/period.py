"""The parameters of a period: its days, and the analyst's own words for the formal report."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from pydantic import field_validator

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.files import checked, read_yaml
from briefing.params.report import ReportTexts
from briefing.params.run import AnyRun, IsoDay, RunParams
from briefing.params.unit import UnitCode, known_unit, refused

FILE = "period.yaml"


class PeriodParams(AnyRun):
    """The run of any number of days, with the words of its report.

    Attributes:
        period_from: First day; `None`: the first on which the units owe a report.
        period_to: Last day; `None`: the last on which they do.
        unit_code: A unit between the whole and those that report, whose report it is; a known
            spelling of its name is taken for its code. Empty: the whole.
        texts: The analyst's own words, which are about the whole; `None`: those of `period.yaml`
            in the params folder. Of a unit between there are none.
    """

    period_from: IsoDay = None
    period_to: IsoDay = None
    unit_code: UnitCode = ""
    texts: ReportTexts | None = None

    @field_validator("texts", mode="before")
    @classmethod
    def _no_words(cls, value: Any) -> Any:
        return value or None

    def _fitted(self, where: object) -> Self:
        """This run with its days and its words filled in, the days in order and inside."""
        reporting = self.campaign.reporting
        run = super()._fitted(where)
        code = run._node(where)
        run = run.model_copy(
            update={
                "period_from": self.period_from or reporting.first,
                "period_to": self.period_to or reporting.last,
                "unit_code": code,
                "texts": ReportTexts() if code else self.texts or _texts_of_file(self),
            }
        )
        if run.first > run.last:
            raise ParamsError(
                _(
                    "{where}: period_from {first} is after period_to {last}. Nothing was run.",
                    where=where,
                    first=run.first,
                    last=run.last,
                )
            )
        run._demand_inside("period_from", run.first, where)
        run._demand_inside("period_to", run.last, where)
        run._demand_known("period_from", run.first, where)
        return run

    def _node(self, where: object) -> str:
        """Whose report it is; of the whole no code.

        Raises:
            ParamsError: Nobody between the whole and those that report is called so.
        """
        campaign = self.campaign
        code = known_unit(self, self.unit_code, where) if self.unit_code.strip() else campaign.root
        if any(row.unit_code == code for row in campaign.unit_rows):
            why = _("it reports itself, and has a page: briefing units --unit {code}", code=code)
            raise refused(where, self.unit_code, why)
        return "" if code == campaign.root else code

    @property
    def first(self) -> date:
        assert self.period_from is not None  # filled in by `checked`
        return self.period_from

    @property
    def last(self) -> date:
        assert self.period_to is not None  # filled in by `checked`
        return self.period_to

    def of_day(self, day: date | None = None) -> RunParams:
        """The run of one day with the same folders, inputs and moment of knowledge."""
        common = {name: getattr(self, name) for name in AnyRun.model_fields}
        return RunParams(report_date=day, **common)

    def as_parameters(self) -> dict[str, Any]:
        """As those of any run; the words as plain mappings and lists, whole."""
        texts = self.texts.model_dump(mode="json") if self.texts else {}
        return super().as_parameters() | {"texts": texts}


def _texts_of_file(run: AnyRun) -> ReportTexts:
    """The words in `period.yaml`; none where there is no such file."""
    path = run.params / FILE
    if not path.exists():
        return ReportTexts()
    texts = read_yaml(path).get("texts") or {}
    return checked(ReportTexts, dict(texts), where=path)
