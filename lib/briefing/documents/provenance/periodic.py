"""What each column of a period's tables measures."""

from __future__ import annotations

from briefing.documents.provenance.measure import Kind, Measure
from briefing.messages import Message


def _counts(**labels: Message) -> dict[str, Measure]:
    return {name: Measure(label, "count") for name, label in labels.items()}


def _of(kind: Kind, **labels: Message) -> dict[str, Measure]:
    return {name: Measure(label, kind) for name, label in labels.items()}


REPORTING = _counts(
    expected=Message("Reports due"),
    reported=Message("Have reported"),
    on_time=Message("On time"),
    late=Message("Late"),
    empty=Message("Nothing new in it"),
    unreadable=Message("Received, not usable"),
    missing=Message("Not reported"),
    not_due=Message("Not due yet"),
) | {
    "completeness": Measure(
        Message("Completeness"), "share", Message("Reports on time or late, of those due.")
    ),
    "timeliness": Measure(
        Message("Timeliness"), "share", Message("Reports on time, of those due.")
    ),
}
STATES = _of(
    "day",
    period_from=Message("First day"),
    period_to=Message("Last day"),
    covered_to=Message("Last day known"),
    opening_date=Message("Opening figure of"),
    closing_date=Message("Closing figure of"),
    unused_date=Message("Day written in the unused file"),
    best_day=Message("Best day"),
    worst_day=Message("Weakest day"),
) | _of(
    "share",
    coverage_opening=Message("Rate at the opening"),
    coverage_closing=Message("Rate at the close"),
    coverage_at_date=Message("Rate on the target's day"),
    share_carried=Message("Share carried over from earlier days"),
    period_target=Message("Target of the period"),
    agencies_target=Message("Target of the bodies that report once"),
    agencies_coverage=Message("Rate of the bodies that report once"),
)
COUNTS = _counts(
    installs_opening=Message("Installed at the opening"),
    installs_closing=Message("Installed at the close"),
    installs_change=Message("Installed in between"),
    installs_gained=Message("Gained by the units known at both ends"),
    rank_opening=Message("Rank at the opening"),
    rank_closing=Message("Rank at the close"),
    rank_change=Message("Places gained"),
    communes=Message("Units"),
    communes_opening=Message("Units with a figure at the opening"),
    communes_carried=Message("Units whose figure is of an earlier day"),
    communes_unknown=Message("Units without any figure"),
    communes_compared=Message("Units known at both ends"),
    communes_gained=Message("Units that have gained"),
    communes_reported=Message("Units with a figure of the day"),
    best_day_installs_new=Message("Installed on the best day"),
    worst_day_installs_new=Message("Installed on the weakest day"),
    days_due=Message("Days on which reports were due"),
    reports_doubtful=Message("Reports in doubt"),
    units_reached=Message("Units that have reached the target"),
    units_below=Message("Units below the target"),
    units_in_doubt=Message("Units above the target that fall"),
    units_suspect=Message("Units with a figure in doubt"),
    units_always_on_time=Message("Units always on time"),
    units_over_denominator=Message("Units above 100%"),
    owners_assumed=Message("Units whose denominator is assumed"),
    agencies=Message("Bodies that report once"),
    agencies_reported=Message("Of these, have reported"),
    agencies_on_time=Message("Of these, on time"),
    agencies_late=Message("Of these, late"),
    agencies_unreadable=Message("Of these, received and not usable"),
    agencies_missing=Message("Of these, not reported"),
    agencies_not_due=Message("Of these, not due yet"),
    agencies_reached=Message("Of these, have reached the target"),
    agencies_below=Message("Of these, below the target"),
    agencies_in_doubt=Message("Of these, in doubt"),
    agencies_installs_needed=Message("Still needed by these bodies"),
)
PERIODIC: dict[str, Measure] = {
    **REPORTING,
    **STATES,
    **COUNTS,
    "period": Measure(Message("Period")),
    "gap": Measure(Message("Short of the target by"), "points"),
    "opening_basis": Measure(Message("The opening is that of"), "word"),
    "falls": Measure(Message("Has fallen on the last day"), "word"),
    "fell": Measure(Message("Has fallen in between"), "word"),
    "standing": Measure(Message("Standing"), "word"),
    "period_target_standing": Measure(Message("Against the target of the period"), "word"),
    "kind": Measure(Message("Kind"), "word"),
    "unused_file": Measure(Message("File received and not used")),
    "code": Measure(Message("Code of the unit")),
    "name": Measure(Message("Unit")),
    "section": Measure(Message("Part of the report"), "word"),
    "sentence": Measure(
        Message("Sentence"),
        "text",
        Message("Drafted by rules from the figures beside it, unless the analyst has written it."),
    ),
    "author": Measure(Message("Written by"), "word"),
}
