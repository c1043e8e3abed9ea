"""Tables hold texts as suits their size, and say the same either way."""

from dataclasses import fields

import pandas as pd
import pytest

from briefing import texts
from briefing.tables import Day, build
from tests.tables.tiny import AN, BINH, CAT, campaign, day, report, view


@pytest.mark.slow
def test_a_day_of_many_rows_says_what_one_of_few_says(tmp_path, monkeypatch):
    of = campaign(tmp_path)
    reports = [
        report(unit, about, f"{about} 14:00", numerator)
        for about, figures in ((16, (40, 100, 20)), (17, (44, 90, 22)), (18, (49, 104, 99)))
        for unit, numerator in zip((AN, BINH, CAT), figures, strict=True)
    ]
    few = build(view(*reports), of, day(18))
    monkeypatch.setattr(texts, "FEW", 0)
    many = build(view(*reports), of, day(18))

    assert few.units["status"].dtype.storage == "python"
    assert many.units["status"].dtype.storage == "pyarrow"
    assert len(few.anomalies) and len(few.findings)
    for name in (field.name for field in fields(Day) if field.type == "pd.DataFrame"):
        one, other = (getattr(made, name).astype(object) for made in (few, many))
        pd.testing.assert_frame_equal(one, other, check_column_type=False)


@pytest.mark.parametrize(("units", "storage"), [(450, "python"), (460, "pyarrow")])
def test_of_many_units_on_many_days_arrow_holds_the_texts(tmp_path, units, storage):
    of = campaign(tmp_path)  # of eleven days
    texts.hold_texts_of(of.model_copy(update={"unit_rows": of.unit_rows[:1] * units}))

    assert pd.Series(["a"], dtype="string").dtype.storage == storage
