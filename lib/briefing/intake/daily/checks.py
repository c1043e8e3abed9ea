"""What is wrong with single rows of a table of Mẫu 02, each mistake at its own cell."""

from __future__ import annotations

from briefing.intake.daily.count_checks import count_findings, day_count_findings, meaning_findings
from briefing.intake.daily.judging import Judged, Placed, each, finder
from briefing.intake.daily.phone_checks import duplicate_findings, phone_findings, slipped_from
from briefing.intake.daily.tallies import hamlet_keys
from briefing.intake.submission import Finding
from briefing.intake.values.disclosure import shown_place
from briefing.intake.values.text import clean
from briefing.messages import Message

NAMELESS = {"total", "per_hamlet"}  # readings in which a row need not be a person


def row_findings(judged: Judged) -> list[Finding]:
    """What is wrong with single rows, in their order.

    Where next to every row of a long table has the same fault, the column is said to have it.
    """
    found: list[tuple[int, Finding]] = []
    for check in (
        phone_findings, duplicate_findings, count_findings, meaning_findings,
        day_count_findings, name_findings, place_findings,
    ):  # fmt: skip
        found += check(judged)
    return [finding for _position, finding in sorted(found, key=lambda item: item[0])]


def name_findings(judged: Judged) -> Placed:
    table = judged.table
    if "ho_ten" not in table.rows.columns:
        return
    for i in sorted(judged.tally.repeated):
        if table.phones[i] is None and judged.reading != "per_hamlet":
            yield i, Finding(
                "warning", "person_duplicate", table.rows.where("ho_ten", i), "",
                Message("the same person as in another row, without a phone; the larger is taken"),
                Message("Fill in the phone number."),
            )  # fmt: skip
    if judged.reading not in NAMELESS:
        names = table.rows.values["ho_ten"]
        nameless = [i for i, n in enumerate(names) if not n or (len(str(n)) < 3 and not clean(n))]
        make = finder(
            judged, "ho_ten", "warning", "name_missing",
            Message("the row has no name"), Message("Fill in the full name."),
        )  # fmt: skip
        yield from each(judged, nameless, "ho_ten", make)
    for i in table.sharing:
        yield i, finder(
            judged, "ho_ten", "warning", "several_persons",
            Message("several persons in one row, with one count; they are taken for one"),
            Message("Write each person in a row of their own and send the report again."),
        )(i)  # fmt: skip


def place_findings(judged: Judged) -> Placed:
    table = judged.table
    if "dia_chi" not in table.rows.columns:
        return
    if judged.reading == "per_hamlet":
        yield from _repeated_hamlets(judged)
    if not judged.places_known:
        return
    addresses = table.rows.values["dia_chi"]
    unknown = [i for i, hamlet in enumerate(table.hamlets) if hamlet is None and addresses[i]]
    unknown = [i for i in unknown if clean(addresses[i]) and not slipped_from(table, i)]

    def make(i: int) -> Finding:
        said = shown_place(clean(addresses[i]), clean(table.rows.value("ho_ten", i)))
        return Finding(
            "info", "hamlet_unknown", table.rows.where("dia_chi", i), said,
            Message("this place is not in the unit's list; the count is kept"),
            Message("Check the name, or add it to params/hamlets.csv."),
        )  # fmt: skip

    yield from each(judged, unknown, "dia_chi", make, share=0)


def _repeated_hamlets(judged: Judged) -> Placed:
    """Hamlets with several rows that say different counts."""
    table, keys = judged.table, hamlet_keys(judged.table)
    values: dict[str, int | None] = {keys[i]: table.count[i] for i in judged.tally.basis}
    for i in sorted(judged.tally.repeated):
        if table.count[i] != values.get(keys[i]):
            yield i, finder(
                judged, "dia_chi", "warning", "hamlet_duplicate",
                Message("the same place as in another row; the larger count is taken"),
                Message("Check which of the two is right."),
            )(i)  # fmt: skip
