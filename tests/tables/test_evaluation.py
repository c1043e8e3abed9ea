"""The sentences that rules draft: when each is said, when not, and what it rests on."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from briefing.errors import ParamsError
from briefing.language import current_language, language
from briefing.params.report import ReportTexts
from briefing.tables import build
from briefing.tables.period import Period, period_of, unused
from briefing.tables.period.evaluation import RULES
from briefing.tables.period.evaluation.figure_recorder import FigureRecorder
from briefing.tables.period.evaluation.shortcomings import not_in_time, slowing
from briefing.tables.period.evaluation.strengths import reports_on_time
from briefing.tables.period.evaluation.tasks import focus
from tests.tables import tiny
from tests.tables.test_period import BEFORE, WEEK, with_baseline
from tests.tables.tiny import AN, BINH, CAT, DONG, report

UNITS = (AN, BINH, CAT, DONG)
_PERIODS: dict[tuple, Period] = {}


@pytest.fixture(autouse=True)
def english():
    with language("en"):
        yield


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return tiny.campaign(tmp_path_factory.mktemp("campaign"))


def shares(*days: tuple[int, float]) -> list[dict]:
    """Every unit at these shares of its owners (day of August, fraction), all on time."""
    return [
        report(unit, about, f"{about} 10:00", round(tiny.DENOMINATOR[unit] * share))
        for about, share in days
        for unit in UNITS
    ]


def body(code: str, at: str, denominator: int, done: int) -> dict:
    staff = {"staff_total": denominator, "staff_denominator": denominator, "staff_numerator": done}
    return report(code, None, at, form="mau01", **staff)


def period(campaign, last: int, *records, first: int = 16, texts: dict | None = None):
    """Made once for each day, and kept with it; not to be changed."""
    day = tiny.build_once(tiny.view(*records), campaign, tiny.day(last))
    key = (id(day), first, repr(texts), current_language())
    if key not in _PERIODS:
        words = ReportTexts.model_validate(texts or {})
        _PERIODS[key] = period_of(day, tiny.day(first), tiny.day(last), texts=words)
    return _PERIODS[key]


def said(result, rule: str) -> str:
    """The sentence of a rule; nothing where it was not said."""
    mine = result.evaluation[result.evaluation["rule"].eq(rule).fillna(False)]
    return mine["sentence"].iloc[0] if len(mine) else ""


RISING = shares((15, 0.40), (16, 0.50), (17, 0.60))
FALLING = shares((15, 0.70), (16, 0.68), (17, 0.65))
SLOW = shares((15, 0.40), (16, 0.50), (17, 0.51))
SLUGGISH = shares((15, 0.40), (16, 0.41), (17, 0.42))  # 300, 307, 315 of 750
FULL = [body("CQ1", "16 10:00", 10, 10), body("CQ2", "16 10:00", 10, 10)]
SHORT = [body("CQ1", "16 10:00", 10, 7)]
OVER = [body("CQ1", "16 10:00", 10, 12)]

SAID = {
    "target_reached": (17, RISING, "Rate of the whole town is 60.00%: the target of 60% by 18 Aug"),
    "rise": (17, RISING, "Since 15 Aug 2021, the whole town has gained 150 installed (20.00"),
    "pace_enough": (17, shares((15, 0.2), (16, 0.35), (17, 0.5)), "The pace of 113 people"),
    "units_reached": (17, RISING, "4 of 4 communes have reached 60% or more"),
    "fastest": (17, BEFORE + WEEK, "Largest rises in the period: Xã An Bình (20.00"),
    "reports_on_time": (17, RISING, "8 of 8 on time (100.00%)"),
    "always_on_time": (17, RISING, "4 of 4 communes have sent every report on time"),
    "bodies_reached": (17, RISING + FULL, "2 of 2 agencies that have reported have reached 100%"),
    "target_missed": (19, shares((18, 0.5), (19, 0.52)), "50.00% on that day, 52.00% on 19 Aug"),
    "figure_falls": (17, FALLING, "has fallen by 5.07"),
    "pace_short": (17, SLUGGISH, "8 people a day, below the 135 needed for 60% by 18 Aug 2021"),
    "slowing": (17, SLOW, "from 75 people on 16 Aug to 8 on 17 Aug"),
    "units_below": (17, SLOW, "4 of 4 communes have not reached 60%; lowest: Xã An Bình (51.00%)"),
    "units_doubtful": (17, BEFORE + WEEK, "The figures of 1 commune"),
    "over_denominator": (16, shares((16, 1.02)), "Xã An Bình (102.00%)"),
    "units_unknown": (16, WEEK, "1 of 4 communes has sent no usable figure so far: Xã Cát Tường"),
    "reports_lacking": (17, BEFORE + WEEK, "Of 8 reports due: 1 late, 1 not reported (annex III)"),
    "often_late": (17, WEEK[:1], "Xã Bình Minh (0 of 2 reports on time)"),
    "bodies_missing": (20, RISING + SHORT, "due by the end of 19 Aug 2021: 1 not reported"),
    "bodies_below": (17, RISING + SHORT, "have not reached 100%; 3 people are still needed"),
    "bodies_in_doubt": (17, RISING + OVER, "1 agencies report more installed than"),
    "denominator_assumed": (17, RISING, "owners of 4 of 4 communes is assumed"),
    "carried": (16, BEFORE + WEEK, "has no usable report of 16 Aug 2021: 4.8%"),
    "not_in_time": (17, BEFORE + WEEK, "1 report came after it, 1 did not come"),
    "not_usable": (16, [report(AN, 16, "16 9:00", None)], "1 report came, but could not be used"),
    "reach_target": (17, SLOW, "Reach 60% by 18 Aug 2021: 67 people are still needed, 67 a day"),
    "focus": (17, SLOW, "Xã Đông Hải (36 people); Xã Bình Minh (18 people)"),
    "report_last_day": (16, BEFORE + WEEK, "Send the report of 16 Aug 2021 without delay: Xã Cát"),
    "report_in_time": (17, BEFORE + WEEK, "their daily report before 15:00, until 19 Aug 2021"),
    "bodies_report": (20, RISING + SHORT, "1 agencies without a usable report"),
    "bodies_complete": (17, RISING + SHORT, "below 100% have the remaining 3 people install"),
    "verify": (17, BEFORE + WEEK, "Check the figures of Xã Đông Hải"),
    "official_denominator": (17, RISING, "in place of the assumed one of 4 communes"),
    "keep_reporting": (19, SLOW, "until 20 Aug 2021, the date of the target of 90%"),
    "remind": (17, WEEK[:1], "least often on time are to be reminded: Xã Bình Minh"),
    "remind_bodies": (20, RISING + SHORT, "Remind the 1 agencies"),
    "commend": (17, RISING, "Xã An Bình (60.00%)"),
}  # fmt: skip
"""Rule → last day, reports, and a part of what is said."""

SILENT = {
    "target_reached": (17, SLOW),
    "rise": (17, shares((15, 0.5), (16, 0.55), (17, 0.5))),
    "pace_enough": (17, SLUGGISH),
    "units_reached": (17, SLOW),
    "fastest": (17, FALLING),
    "reports_on_time": (17, BEFORE + WEEK),  # 6 of 8
    "always_on_time": (16, RISING),  # one day says nothing about always
    "bodies_reached": (17, RISING + SHORT),
    "target_missed": (17, SLOW),  # its day is to come
    "figure_falls": (17, RISING),
    "pace_short": (17, RISING),
    "slowing": (17, BEFORE + WEEK[:-1]),  # fewer reports make a smaller increase
    "units_below": (17, RISING),
    "units_doubtful": (17, RISING),
    "over_denominator": (17, shares((17, 1.0))),
    "units_unknown": (17, RISING),
    "reports_lacking": (17, RISING),
    "often_late": (16, WEEK[:1]),  # once is not often
    "bodies_missing": (19, RISING + SHORT),  # the last day is not past
    "bodies_below": (17, RISING + FULL),
    "bodies_in_doubt": (17, RISING + FULL),
    "carried": (17, BEFORE + WEEK),
    "not_in_time": (17, RISING),
    "not_usable": (17, RISING),
    "readings_doubtful": (17, RISING),
    "reach_target": (17, RISING),
    "focus": (17, RISING),
    "report_last_day": (17, RISING),
    "report_in_time": (17, RISING),
    "bodies_report": (17, RISING + FULL),
    "bodies_complete": (17, RISING + FULL),
    "verify": (17, RISING),
    "keep_reporting": (17, SLOW),  # reports go on anyway
    "remind": (17, RISING),
    "remind_bodies": (17, RISING + FULL),
    "commend": (17, SLOW),
}


def test_every_rule_is_tried_both_ways_but_for_what_the_campaign_alone_decides():
    names = {rule.__name__ for rules in RULES.values() for rule in rules}

    assert names - set(SAID) == {"readings_doubtful"}
    assert names - set(SILENT) == {"denominator_assumed", "official_denominator"}


@pytest.mark.parametrize("rule", SAID)
def test_a_rule_says_what_the_figures_say(campaign, rule):
    last, records, part = SAID[rule]

    assert part in said(period(campaign, last, *records), rule)


@pytest.mark.parametrize("rule", SILENT)
def test_a_rule_is_silent_where_it_does_not_apply(campaign, rule):
    last, records = SILENT[rule]

    assert said(period(campaign, last, *records), rule) == ""


def test_official_denominators_are_no_cause_and_nothing_to_ask_for(campaign):
    rows = tuple(
        row.model_copy(update={"denominator_status": "official"}) for row in campaign.unit_rows
    )
    result = period(campaign.model_copy(update={"unit_rows": rows}), 17, *RISING)

    assert said(result, "denominator_assumed") == said(result, "official_denominator") == ""


def test_a_reading_in_doubt_is_a_cause(campaign):
    doubtful = [{**one, "reading_confidence": "low"} for one in RISING]

    assert "8 reports leave open" in said(period(campaign, 17, *doubtful), "readings_doubtful")


# What is never said


@pytest.mark.slow
@pytest.mark.parametrize(
    "records",
    [
        FALLING,
        shares((15, 0.95), (16, 0.93), (17, 0.91)),  # above every target
        shares((15, 0.50), (16, 0.80), (17, 0.70)),  # above the opening, falling at the end
    ],
)
def test_a_falling_series_is_never_praised(campaign, records):
    result = period(campaign, 17, *records)
    praise = ("target_reached", "rise", "pace_enough", "units_reached", "fastest", "commend")

    assert [rule for rule in praise if said(result, rule)] == []
    assert said(result, "figure_falls") != ""


@pytest.mark.slow
def test_a_cause_is_never_made_up(campaign):
    """Nothing is late, nothing missing, yet the target is missed: why, nobody has reported."""
    result = period(campaign, 19, *shares((16, 0.5), (17, 0.5), (18, 0.5), (19, 0.51)))
    causes = result.evaluation[result.evaluation["section"].eq("causes")]

    assert said(result, "target_missed") != ""
    assert causes["rule"].drop_duplicates().tolist() == ["denominator_assumed", "to_be_added"]
    assert causes["sentence"].iloc[-1] == "(To be added by the analyst)"


# What each rests on


@pytest.mark.slow
@pytest.mark.parametrize("records", [BEFORE + WEEK, RISING + SHORT, SLOW, FALLING, []])
def test_every_figure_of_a_sentence_is_a_cell_of_a_published_table(campaign, records, tmp_path):
    from briefing.tables import write_csv

    result = period(with_baseline(campaign, 14), 18, *records)
    write_csv(result.published(), tmp_path)
    keys = {"period": "period", "period_days": "report_date", "period_units": "unit_code",
            "period_targets": "target_date"}  # fmt: skip

    cited = result.evaluation[result.evaluation["table"].notna()]
    for row in cited.to_dict("records"):
        path = tmp_path / f"{row['table']}.csv"
        table = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
        cell = table.set_index(keys[row["table"]], drop=False).at[row["key"], row["column"]]
        assert cell == row["value"] or float(cell) == float(row["value"]), row


@pytest.mark.slow
def test_before_the_deadline_of_the_last_day_nobody_is_asked_to_send_without_delay(campaign):
    records = [r for r in BEFORE + WEEK if r["received_at"] <= tiny.moment("16 14:30")]
    day = build(
        tiny.view(*records), campaign, tiny.day(16), as_of=tiny.moment("16 14:30").to_pydatetime()
    )
    early = period_of(day, tiny.day(16), tiny.day(16))

    assert said(early, "report_last_day") == ""
    assert (early.whole["expected"].iloc[0], early.whole["missing"].iloc[0]) == (1, 0)  # An's


@pytest.mark.slow
def test_every_number_in_a_sentence_is_among_the_figures_that_it_rests_on(campaign):
    """But for dates, deadlines and the numbers in names of annexes and units."""
    for records in (BEFORE + WEEK, RISING + SHORT, SLOW, FALLING):
        result = period(campaign, 18, *records)
        for sentence, rows in result.evaluation.groupby("sentence"):
            plain = re.sub(r"\d+\sAug(\s2021)?|\d\d:\d\d", "", sentence)
            numbers = {n.replace(",", "") for n in re.findall(r"\d[\d,.]*\d|\d", plain)}
            assert numbers <= _readable(rows["value"].dropna()), sentence


def _readable(values: pd.Series) -> set[str]:
    """The figures as texts can show them: counts, sums of two, rates, rounded up."""
    known = [float(v) for v in values if re.fullmatch(r"-?[\d.]+", v)]
    exact = [*known, *(a + b for a in known for b in known)]
    shown = {f"{v:.0f}" for v in exact} | {f"{-(-v // 1):.0f}" for v in known}
    return shown | {f"{abs(v) * 100:.{digits}f}" for v in known for digits in (0, 1, 2)}


# The analyst's hand


def test_the_analyst_replaces_leaves_out_and_adds_sentences(campaign):
    result = period(campaign, 17, *RISING, texts={
        "strengths": {"replace": {"rise": "Tăng rất nhanh."}, "suppress": ["units_reached"]},
        "causes": {"add": ["Nhiều người đi vắng."]},
    })  # fmt: skip
    rows = result.evaluation.drop_duplicates(["section", "sentence"]).set_index("sentence")

    assert said(result, "units_reached") == ""
    assert rows.at["Tăng rất nhanh.", "author"] == "analyst"
    assert rows.at["Tăng rất nhanh.", "rule"] == "rise"
    assert rows.at["Tăng rất nhanh.", "column"] == "opening_basis"  # its figures stay with it
    assert rows.at["Nhiều người đi vắng.", "author"] == "analyst"
    assert pd.isna(rows.at["Nhiều người đi vắng.", "rule"])
    assert "causes" not in set(rows[rows["rule"].eq("to_be_added")]["section"])


@pytest.mark.slow
def test_a_sentence_in_place_of_one_that_is_not_said_is_not_said_either_and_told(campaign):
    result = period(campaign, 17, *SLOW, texts={"recommendations": {"replace": {"commend": "x"}}})

    assert "x" not in set(result.evaluation["sentence"])
    assert unused(result) == [("recommendations", "commend")]


def test_a_rule_that_there_is_not_is_named_with_the_nearest(campaign):
    result = period(campaign, 17, *RISING, texts={"causes": {"suppress": ["carryed"]}})

    with pytest.raises(ParamsError, match=r"texts.causes: .*“carryed”\. Did you mean “carried”"):
        _ = result.evaluation


def test_the_sentences_come_in_the_language_of_the_page(campaign):
    with language("vi"):
        assert said(period(campaign, 17, *RISING), "rise").startswith("So với ngày 15/8/2021, ")


# The bounds, on both sides


def cited(whole: dict[str, Any], **tables: list[dict[str, Any]]) -> Any:
    """What the rules draft from, with these figures of the whole and these tables alone."""
    frames = {name: pd.DataFrame(rows) for name, rows in tables.items()}
    return SimpleNamespace(
        period=SimpleNamespace(**frames),
        whole=whole.__getitem__,
        of_day=lambda _day, _column: 0,
        terms=SimpleNamespace(units="units"),
        named=lambda frame, *_how: "; ".join(frame["unit_code"]),
    )


@pytest.mark.parametrize(
    ("reported", "last", "slower"),
    [(10, 49, True), (10, 50, False), (9, 49, True), (8, 49, False)],
)
def test_slower_is_less_than_half_of_the_best_day_with_nine_of_ten_reports(reported, last, slower):
    best = pd.Timestamp("2021-08-16")
    days = [
        {"report_date": day, "numerator_new": new, "units_reported": n, "units_counted": 10}
        for day, new, n in ((best, 100, 10), (pd.Timestamp("2021-08-17"), last, reported))
    ]
    of = cited({"best_day": best, "best_day_numerator_new": 100}, days=days)

    assert bool(slowing(of)) == slower


@pytest.mark.parametrize(("on_time", "expected", "named"), [(4, 6, 0), (5, 8, 1), (7, 12, 1)])
def test_often_late_is_less_than_two_thirds_on_time(on_time, expected, named):
    unit = {"unit_code": AN, "expected": expected, "on_time": on_time}
    of = cited({}, units=[unit | {"timeliness": on_time / expected}])

    assert len(not_in_time(of)) == named


def test_of_those_often_late_the_five_latest_are_named():
    units = [
        {"unit_code": f"{n}", "expected": 20, "on_time": n, "timeliness": n / 20}
        for n in range(6, 0, -1)
    ]

    assert list(not_in_time(cited({}, units=units))["unit_code"]) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(("on_time", "praised"), [(90, True), (89, False)])
def test_nine_of_ten_reports_on_time_are_praised(on_time, praised):
    whole = {"timeliness": on_time / 100, "on_time": on_time, "expected": 100}

    assert bool(reports_on_time(cited(whole))) == praised


def test_the_five_units_that_need_most_people_are_to_be_concentrated_on():
    units = [{"unit_code": f"{n}", "numerator_needed": n} for n in range(1, 7)]

    assert focus(cited({}, units=units)).endswith("needed: 6; 5; 4; 3; 2.")


@pytest.mark.parametrize(("count", "with_figure", "rest"), [(5, 5, 0), (6, 6, 0), (7, 5, 2)])
def test_every_unit_that_is_named_has_its_figure(campaign, count, with_figure, rest):
    codes = [f"{n}" for n in range(count)]
    units = pd.DataFrame({"unit_code": codes, "unit_name": codes, "coverage_closing": 0.5})
    of = FigureRecorder(SimpleNamespace(units=units, day=SimpleNamespace(campaign=campaign)))

    with language("en"):
        text = of.named(units, "coverage_closing", of.percent)

    assert text.count("(50.00%)") == len(of.figures) == with_figure
    assert text.endswith(f"and {rest} others") == bool(rest)
