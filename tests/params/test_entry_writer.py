"""An entry put into a file of params: below the others, every other letter as it was."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from briefing.errors import ParamsError
from briefing.params import Campaign
from briefing.params.entry_writer import entry_line, entry_text, write_entry
from tests.tables.tiny import AN, BINH, params_folder

ROOT = Path(__file__).parents[2]
ENTRY = {
    "unit": "An Bình",
    "date": date(2021, 8, 16),
    "column": "installs_cumulative",
    "found": 35,
    "value": 36,
    "reason": "Gõ nhầm: một số",
    "by": "Cán bộ tổng hợp",
    "when": datetime(2021, 8, 16, 16, 0, 5),
}
KNOWN = """- unit: Bình Minh
  date: 2021-08-16
  value: reject
  reason: Bản nháp  # của phường
  by: Cán bộ
  when: 2021-08-16
"""
INDENTED = "  " + KNOWN.replace("\n", "\n  ").rstrip(" ")
CORRECTIONS = {
    "nothing": "",
    "comments": "# Đính chính\n",
    "no_entry": "# Đầu\ncorrections:\n#  - unit: ví dụ\n",
    "empty_list": "corrections: []  # chưa có\n# cuối\n",
    "bare": f"# Đầu\n{KNOWN}# cuối\n",
    "indented": f"# Đầu\ncorrections:\n{INDENTED}\n# cuối\n",
    "no_last_line": f"corrections:\n{INDENTED}".rstrip(),
}


@pytest.fixture
def folder(tmp_path):
    return params_folder(tmp_path / "params")


@pytest.mark.parametrize("before", CORRECTIONS.values(), ids=CORRECTIONS)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_correction_is_put_below_the_others_and_no_word_is_lost(folder, before, ending):
    path = folder / "corrections.yaml"
    path.write_bytes(before.replace("\n", ending).encode())
    known = Campaign.load(folder).corrections

    line = write_entry(folder, "corrections.yaml", ENTRY)

    *others, new = Campaign.load(folder).corrections
    after = path.read_bytes().decode()
    assert tuple(others) == known
    assert (new.unit_code, new.found, new.value, new.reason) == (AN, 35, 36, "Gõ nhầm: một số")
    assert new.when.isoformat() == "2021-08-16T16:00:05+07:00"
    assert after.splitlines()[line - 1].lstrip() == "- unit: An Bình"
    for said in before.replace("[]", "").splitlines():
        assert said.split("#")[-1].strip() in after
    assert after.endswith(ending if before else "\n")
    assert not before or after.count(ending) == after.count("\n")


@pytest.mark.parametrize("name", ["bluezone", "vaccination", "vneid", "kilifi"])
def test_the_files_that_campaigns_begin_with_take_an_entry(tmp_path, name):
    starters = ROOT / "lib/briefing/starters"
    source = ROOT / "params" if name == "bluezone" else starters / name
    if (source / "params").is_dir():
        source = source / "params"
    folder = Path(shutil.copytree(source, tmp_path / "params"))
    path = folder / "corrections.yaml"
    before = path.read_text("utf-8") if path.exists() else ""
    campaign = Campaign.load(folder)
    unit = campaign.unit_rows[0].unit_code
    day = campaign.reporting.first
    column = campaign.naming.outside("numerator_cumulative")

    own = {"unit": unit, "date": day, "column": column, "value": 36}
    line = write_entry(folder, "corrections.yaml", {**own, "reason": "x", "by": "y", "when": day})
    write_entry(folder, "readings.yaml", {unit: "total"})

    after = path.read_text("utf-8")
    assert after.startswith(before) and after.splitlines()[line - 1].startswith("  - unit:")
    assert Campaign.load(folder).corrections[-1].value == 36
    assert Campaign.load(folder).readings[unit][0].reading == "total"


READINGS = {
    "nothing": ("", ["total"]),
    "braces": ("# Cách hiểu\n{}\n# cuối\n", ["total"]),
    "another": (f'"{BINH}": per_person  # tổ\n# cuối\n', ["total"]),
    "own": (f'"{AN}": per_person  # tổ\n', ["per_person", "total"]),
    "own_list": (f'"{AN}":\n  - {{reading: flag, file: a.xlsx}}\n# cuối\n', ["flag", "total"]),
    "own_row": (f'"{AN}": [flag]\n"{BINH}": ratio\n', ["flag", "total"]),
}


@pytest.mark.parametrize(("before", "readings"), READINGS.values(), ids=READINGS)
def test_a_reading_is_put_behind_those_of_its_unit(folder, before, readings):
    path = folder / "readings.yaml"
    path.write_text(before, encoding="utf-8")
    known = Campaign.load(folder).readings

    line = write_entry(folder, "readings.yaml", {AN: {"reading": "total"}})

    after = Campaign.load(folder).readings
    assert [one.reading for one in after[AN]] == readings
    assert {unit: own for unit, own in after.items() if unit != AN} == {
        unit: own for unit, own in known.items() if unit != AN
    }
    assert "total" in "\n".join(path.read_text("utf-8").splitlines()[line - 1 : line + 1])
    for word in ("# Cách hiểu", "# tổ", "# cuối"):
        assert (word in before) == (word in path.read_text("utf-8"))


def test_an_alias_is_a_line_more_and_the_mark_of_the_file_stays(folder):
    path = folder / "aliases.csv"
    before = b"kind,target,alias\nheader,stt,STT\n"
    path.write_bytes(b"\xef\xbb\xbf" + before)

    line = write_entry(
        folder, "aliases.csv", {"kind": "unit", "target": AN, "alias": "An Bình, cũ"}
    )

    assert Campaign.load(folder).code_of("an binh, cu") == AN
    assert path.read_bytes() == b"\xef\xbb\xbf" + before + f'unit,{AN},"An Bình, cũ"\n'.encode()
    assert line == before.count(b"\n") + 1


@pytest.mark.parametrize(
    ("before", "entry", "said"),
    [
        ("", ENTRY | {"unit": "Xã Lạ"}, "Xã Lạ"),
        ("", ENTRY | {"reason": "gọi 0912 345 678"}, "số điện thoại"),
        ("", ENTRY | {"value": "…"}, "value"),
        ("corrections: [{unit: An Bình, date: 2021-08-16, value: reject, reason: a, by: b, "
         "when: 2021-08-16}]\n", ENTRY, "- unit: An Bình"),
    ],
    ids=["unit", "phone", "not_filled_in", "no_place"],
)  # fmt: skip
def test_what_would_not_be_right_is_told_and_not_written(folder, before, entry, said):
    path = folder / "corrections.yaml"
    path.write_text(before, encoding="utf-8")

    with pytest.raises(ParamsError) as error:
        write_entry(folder, "corrections.yaml", entry)

    assert said in str(error.value) and "corrections.yaml" in str(error.value)
    assert path.read_text("utf-8") == before
    assert not [p for p in folder.iterdir() if p.suffix == ".new"]


def test_where_an_entry_would_stand_is_known_before_it_is_written(folder):
    (folder / "corrections.yaml").write_text(f"# Đầu\n{KNOWN}", encoding="utf-8")

    assert entry_line(folder, "corrections.yaml", ENTRY) == 8
    assert entry_text("corrections.yaml", ENTRY).splitlines()[0] == "  - unit: An Bình"
    assert write_entry(folder, "corrections.yaml", ENTRY) == 8
