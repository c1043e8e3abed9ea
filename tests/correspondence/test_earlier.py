"""A report goes back as it went before while its content, remarks and texts are the same."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from briefing.correspondence import sending
from briefing.correspondence.earlier import FOLDER, Earlier
from briefing.correspondence.returns import to_return
from briefing.correspondence.sending import Sent, write_returns
from briefing.language import language
from briefing.run.day import day_of
from briefing.run.snapshot import take_snapshot
from tests.correspondence.desk import faulty, members, sheet, sound
from tests.intake.making import workbook

DAY, NAME = "2021-08-16", "An Binh 16-8.xlsx"


class Run:
    """Makes a day's returns as a run does: into the folder that is published."""

    def __init__(self, desk) -> None:
        self.desk, self.made = desk, []

    @property
    def published(self) -> Path:
        return self.desk.run(16).outputs / DAY / "returns"

    @property
    def notes(self) -> Path:
        return self.desk.run(16).outputs / "register" / FOLDER

    def __call__(self, lang: str = "vi") -> list[Sent]:
        run = self.desk.run(16)
        snapshot, aside = take_snapshot(run), run.outputs / "aside"
        self.made.clear()
        with language(lang):
            items = to_return(day_of(run, snapshot))
            earlier = Earlier(snapshot.register.folder, run.outputs, Path(DAY, "returns"))
            sent = write_returns(items, run.inbox, run.campaign, aside, earlier)
        shutil.rmtree(self.published, ignore_errors=True)
        self.published.parent.mkdir(exist_ok=True)
        aside.rename(self.published)
        return [replace(one, path=self.published / one.path.relative_to(aside)) for one in sent]


@pytest.fixture
def run(desk, monkeypatch) -> Run:
    """`made`: the reports of which a copy is made anew."""
    noted, each = Run(desk), sending.each

    def noting(work, tasks, *given, **named):
        tasks = list(tasks)
        noted.made += [item.file_name for _content, item, _campaign in tasks]
        return each(work, tasks, *given, **named)

    monkeypatch.setattr(sending, "each", noting)
    return noted


def contents(sent: list[Sent]) -> list[bytes]:
    return [one.path.read_bytes() for one in sent]


def as_word(rows: list) -> bytes:
    document, stream = Document(), io.BytesIO()
    for row in rows[:2]:
        document.add_paragraph(str(row[0]))
    table = document.add_table(0, 5)
    for row in rows[2:]:
        cells = table.add_row().cells
        for cell, value in zip(cells, [*row, "", "", "", ""], strict=False):
            cell.text = str(value)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "docx", "csv"])
def test_a_copy_is_taken_from_before_and_one_made_anew_is_the_same_to_the_byte(run, desk, kind):
    rows = faulty("Xã An Bình")
    lines = "\n".join(";".join(map(str, row)) for row in rows)
    content = {"xlsx": workbook, "docx": as_word}.get(kind, lambda _rows: lines.encode())(rows)
    desk.put(f"An Binh 16-8.{kind}", content)
    first = run()
    bytes_of_first = contents(first)
    assert run.made == [f"An Binh 16-8.{kind}"] and first[0].marked

    again = run()

    assert run.made == []
    assert contents(again) == bytes_of_first and again[0].marked
    assert [one.item for one in again] == [one.item for one in first]
    shutil.rmtree(run.notes)
    assert contents(run()) == bytes_of_first and run.made


@pytest.mark.slow
def test_another_content_or_language_or_wording_of_the_office_is_made_anew(run, desk):
    desk.put(NAME, faulty("Xã An Bình"))
    desk.put("Binh Minh 16-8.xlsx", faulty("Xã Bình Minh"))
    run()
    assert len(run.made) == 2

    desk.put(NAME, faulty("Xã An Bình", counts=(9, 4, 12, 3, 7, 6)))
    run()
    assert run.made == [NAME]

    run("en")
    assert len(run.made) == 2

    params = desk.office.folder / "params" / "campaign.yaml"
    text = params.read_text(encoding="utf-8")
    params.write_text(text.replace("app_name: App", "app_name: Khác"), encoding="utf-8")
    assert desk.run(16).campaign.fingerprint != desk.office.campaign.fingerprint
    run()
    assert len(run.made) == 2


@pytest.mark.slow
def test_another_remark_about_the_same_content_is_made_anew(run, desk):
    """A phone of An Bình's comes to stand in Bình Minh's list too."""
    desk.put(NAME, faulty("Xã An Bình"))
    run()

    rows = members("Xã Bình Minh", (1, 2, 3))
    rows[0][3] = members("Xã An Bình", (1, 2))[1][3]
    desk.put("Binh Minh 16-8.xlsx", sheet("Xã Bình Minh", rows))
    sent = run()

    assert NAME in run.made
    rules = {one.rule for one in sent[0].item.remarks}
    assert "phone_in_two_units" in rules


@pytest.mark.slow
def test_what_a_cell_of_the_senders_own_holds_is_quoted_from_before_as_well(run, desk):
    rows = members("Xã Bình Minh", (1, 2, 3))
    rows[0][3] = members("Xã An Bình", (1, 2))[1][3]
    desk.put("An Binh 16-8.xlsx", sound("Xã An Bình"))
    desk.put("Binh Minh 16-8.xlsx", sheet("Xã Bình Minh", rows))
    first = run()

    again = run()

    assert run.made == []
    shown = [one.found for sent in again for one in sent.item.remarks]
    assert shown == [one.found for sent in first for one in sent.item.remarks]
    assert any("xxx" in found for found in shown)


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["changed", "gone", "the note is damaged"])
def test_a_copy_that_is_not_as_it_was_published_is_made_anew(run, desk, harm):
    desk.put(NAME, faulty("Xã An Bình"))
    (path,) = [one.path for one in run()]
    before = path.read_bytes()
    if harm == "changed":
        path.write_bytes(before + b" ")
    elif harm == "gone":
        path.unlink()
    else:
        (note,) = run.notes.glob("*/note.json")
        note.write_bytes(b"[]")

    assert contents(run()) == [before] and run.made == [NAME]


@pytest.mark.slow
def test_a_file_that_is_gone_from_the_inbox_gives_its_list_though_a_copy_went_before(run, desk):
    path = desk.put(NAME, faulty("Xã An Bình"))
    assert run()[0].marked
    content = path.read_bytes()
    path.write_bytes(content + b"x")
    snapshot = take_snapshot(desk.run(16))
    path.unlink()

    items = to_return(day_of(desk.run(16), snapshot))
    earlier = Earlier(snapshot.register.folder, desk.run(16).outputs, Path(DAY, "returns"))
    (sent,) = write_returns(items, desk.office.inbox, desk.office.campaign, desk.returns, earlier)

    assert not sent.marked and sent.path.suffix == ".txt"


@pytest.mark.slow
def test_the_notes_hold_no_name_and_no_full_phone(run, desk):
    desk.put(NAME, faulty("Xã An Bình"))
    run()

    notes = [path.read_text(encoding="utf-8") for path in run.notes.rglob("*.json")]
    people = members("Xã An Bình", (9, 4, 12))
    assert notes
    assert [row[1] for row in people if any(row[1] in note for note in notes)] == []
    assert [row[3] for row in people if any(str(row[3]) in note for note in notes)] == []
