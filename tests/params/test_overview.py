"""`briefing params`: a folder is told whole, what is wrong with it and how it was understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.documents.overview import overview, second_look
from briefing.language import language
from briefing.params import Campaign
from briefing.params.files import MOST_TOLD
from tests.params.campaigns import PEOPLE, VACCINATION, vaccination
from tests.tables.tiny import params_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path) -> Path:
    return params_folder(tmp_path / "params")


def replace(path: Path, old: str, new: str, times: int = 1) -> None:
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, times), encoding="utf-8")


def said(folder: Path) -> tuple[int, str, str]:
    run = CliRunner().invoke(main, ["params", str(folder)], prog_name="briefing")
    return run.exit_code, run.stdout, run.stderr


def test_the_mistakes_of_all_files_and_lines_are_told_at_once(folder):
    replace(folder / "campaign.yaml", "coverage: 0.60", "coverage: 60")
    replace(folder / "campaign.yaml", "Asia/Ho_Chi_Minh", "Asia/Hanoi")
    replace(folder / "communes.csv", ",assumed", ",guessed", 2)
    replace(folder / "agencies.csv", "sector", "sektor")
    code, out, err = said(folder)

    assert (code, out) == (2, "")
    lines = err.strip().splitlines()
    assert [line.removeprefix(f"{folder}/").split(":")[0] for line in lines[:-1]] == [
        "campaign.yaml", "campaign.yaml", "communes.csv, dòng 2", "communes.csv, dòng 3",
        "agencies.csv",
    ]  # fmt: skip
    assert lines[-1] == "Chưa chạy gì."
    assert err.count("Chưa chạy gì.") == 1


def test_what_refers_to_another_file_is_told_once_that_can_be_read(folder):
    replace(folder / "hamlets.csv", "00001", "99999")
    (folder / "readings.yaml").write_text('"88888": per_person\n', encoding="utf-8")
    (folder / "corrections.yaml").write_text("- {unit: Nowhere}\n", encoding="utf-8")
    code, _out, err = said(folder)

    assert code == 2
    assert "hamlets.csv: mã đơn vị “99999” không có" in err
    assert "readings.yaml: mã đơn vị “88888” không có" in err
    assert "corrections.yaml, mục 1" in err


@pytest.mark.parametrize(("wrong", "more"), [(MOST_TOLD, 0), (MOST_TOLD + 1, 1)])
def test_of_very_many_mistakes_of_one_file_the_first_are_told_and_the_others_counted(
    folder, wrong, more
):
    lines = ["agency_code,name,sector", *(f"A{n},,Phòng" for n in range(wrong))]
    (folder / "agencies.csv").write_text("\n".join(lines), encoding="utf-8")
    _code, _out, err = said(folder)

    assert err.count("agencies.csv, dòng") == MOST_TOLD
    assert ("… và 1 lỗi khác tương tự." in err) == bool(more)


def test_a_campaign_is_told_as_it_was_understood(folder):
    with language("en"):
        told = dict(reversed(overview(Campaign.load(folder))))  # of both targets the first

    assert told["Daily reports"] == ("16 Aug to 19 Aug 2021, each before 15:00: 4 days, 16 reports")
    assert told["Denominator"].startswith("750 ")  # 100 + 200 + 50 + 400
    assert told["Target"].startswith("60% by the end of 18 Aug 2021: 450 ")


def test_of_what_there_is_none_nothing_is_told_but_of_entries(folder):
    with language("en"):
        told = dict(overview(Campaign.load(folder)))
        (folder / "corrections.yaml").unlink(missing_ok=True)
        replace(folder / "campaign.yaml", "terms:", "other_subjects: [VNeID]\nterms:")
        more = dict(overview(Campaign.load(folder)))

    assert "Set aside" not in told
    assert told["Entries"] == "0 corrections, 0 readings"
    assert more["Set aside"] == "files about 1 other subject"
    assert told["Spellings"].endswith(" of column headings")


def test_what_is_allowed_and_yet_worth_a_second_look_is_said(folder):
    assert any("4 trên 4 đơn vị là giả định" in line for line in second_look(Campaign.load(folder)))

    replace(folder / "communes.csv", ",assumed", ",official", 99)
    assert not any("là giả định" in line for line in second_look(Campaign.load(folder)))


def test_the_command_prints_both_for_the_projects_own_campaign():
    code, out, err = said(ROOT / "params")

    assert (code, err) == (0, "")
    assert "17 xã, phường" in out and "119" in out and "! communes.csv" in out


def test_each_assumed_denominator_is_named_with_its_own_file_and_word(tmp_path):
    code = "  - code: dose2\n    denominator: people\n"
    own = "  - code: dose2\n    denominator: due\n    owners: {vi: người đủ hạn tiêm, en: due}\n"
    folder = vaccination(tmp_path / "params", VACCINATION.replace(code, own))
    with (folder / "denominators.csv").open("a", encoding="utf-8") as lines:
        lines.writelines(f"{ward},due,,300,assumed\n" for ward in PEOPLE)

    said = second_look(Campaign.load(folder))
    assert [line for line in said if "là giả định" in line] == [
        "denominators.csv: số người đủ hạn tiêm của 4 trên 4 đơn vị là giả định; mọi trang đều ghi "
        "rõ như vậy cho đến khi có số liệu chính thức."
    ]


def test_adults_of_units_stand_among_their_denominators(tmp_path):
    effective = "effective: {coverage: 0.6, of: người lớn, note: Số người lớn là giả định.}\nterms:"
    folder = vaccination(tmp_path / "params", VACCINATION.replace("\nterms:", "\n" + effective))
    lacking = [line for line in second_look(Campaign.load(folder)) if "adults" in line]
    with (folder / "denominators.csv").open("a", encoding="utf-8") as lines:
        lines.writelines(f"{ward},adults,,{n - 9},official\n" for ward, n in PEOPLE.items())
    campaign = Campaign.load(folder)

    assert lacking[0].startswith("denominators.csv: adults còn trống ở An Hòa; Bình Sơn; ")
    assert lacking[0].endswith("chưa tính được tỷ lệ trên số người lớn.")
    assert [unit.adults for unit in campaign.unit_rows] == [991, 1991, 491, 3991]
    assert not any("adults" in line for line in second_look(campaign))
