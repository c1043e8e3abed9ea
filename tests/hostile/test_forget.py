"""`briefing forget`: the traces of a report go, the published figures stay."""

from __future__ import annotations

import base64
import html
import io
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.register.log import read_log
from briefing.run import publish
from briefing.run.forget import Wanted, forget
from briefing.run.redaction import Redaction
from tests.hostile.conftest import AT, COUNTS, DAY, Desk, report
from tests.hostile.test_crashes import killed_at, leftovers, posix
from tests.intake.making import mau02, people, workbook
from tests.run.conftest import ROOT, Office

FAULTY, UNIT = "Bao cao cua <Hoài Hương> & 'to 3'.xlsx", "21670"
FIGURES = ("communes", "town", "hamlets", "agencies")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Office:
    """A published day with a report that went back, its units' pages, and one run that failed."""
    office = Office(tmp_path_factory.mktemp("made"))
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, office.folder / name)
    (office.inbox / "16.8").mkdir(parents=True)
    for unit, counts in COUNTS.items():
        report(office.inbox, unit, counts)
    (office.inbox / "BC PHƯỜNG HOÀI HƯƠNG 16-8.xlsx").unlink()
    path = office.inbox / "16.8" / FAULTY
    rows = [[1, "Ba Nguyễn Thị Tám", "Thạnh Xuân", "09123", 12], *people([3, 4])[1:]]
    path.write_bytes(workbook(mau02(rows, unit="PHƯỜNG HOÀI HƯƠNG")))
    os.utime(path, (AT, AT))
    for command in (("daily",), ("units", "--unit", UNIT, "--unit", "21640")):
        done = office.briefing(*command, "--date", DAY)
        assert done.code == 0, done.err
    shutil.copytree(office.day / "tables", office.folder / "outputs" / "failed" / DAY / "tables")
    return office


@pytest.fixture
def office(made, tmp_path) -> Office:
    shutil.copytree(made.folder, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path)


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, and what is compressed or attached in it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            yield from unwrapped(name, path.read_bytes())


def unwrapped(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.namelist():
                yield from unwrapped(f"{name}/{part}", package.read(part))
    if content.startswith(b"%PDF"):
        pdf = pypdf.PdfReader(io.BytesIO(content))
        yield f"{name}/text", "\n".join(page.extract_text() for page in pdf.pages).encode()
        for attached, versions in pdf.attachments.items():
            for one in versions:
                yield from unwrapped(f"{name}/{attached}", one)
    if name.endswith(".eml"):
        for part in message_from_bytes(content, policy=default).iter_attachments():
            yield from unwrapped(f"{name}/{part.get_filename()}", part.get_content())
    for packed in re.findall(rb'"packed": "([^"]+)"', content):
        text = zlib.decompress(base64.b64decode(packed))
        yield f"{name}/block", json.dumps(json.loads(text), ensure_ascii=False).encode()


def traces(office: Office, *words: str) -> list[str]:
    forms = {form.encode() for word in words for form in (word, word.replace("&", "&amp;"))}
    outputs = office.folder / "outputs"
    return [
        name
        for name, content in contents(outputs)
        if any(f in content or f in name.encode() for f in forms)
    ]


def hash_of(office: Office, path: str) -> str:
    return sha256((office.inbox / path).read_bytes()).hexdigest()


def figures(office: Office) -> dict[str, bytes]:
    return {name: (office.day / "tables" / f"{name}.csv").read_bytes() for name in FIGURES}


def words(office: Office) -> str:
    text = (office.day / "briefing.html").read_text("utf-8")
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", text)))


def neutral(text: str) -> str:
    """A text in which the forgotten file is called the same before and after."""
    names = rf"(16\.8/)?{re.escape(FAULTY)}|\(báo cáo đã xóa\)"
    return re.sub(rf"{names}|sha256 ([0-9a-f]{{12}}|\(đã xóa\))", "X", text)


@pytest.mark.slow
def test_the_traces_of_a_file_are_everywhere_before_and_nowhere_after(office):
    digest, before, told = hash_of(office, f"16.8/{FAULTY}"), figures(office), words(office)
    searched = ("Bao cao cua", "to 3", digest[:12], "Nguyễn Thị Tám")
    found = traces(office, *searched)
    assert {"tables/reports.csv", "manifest.json"} <= {n.removeprefix(f"{DAY}/") for n in found}
    for place in ("returns/", "mail/", "briefing.pdf/"):
        assert any(place in name for name in found)

    (office.inbox / "16.8" / FAULTY).unlink()
    done = office.briefing("forget", "--file", f"16.8/{FAULTY}")

    assert done.code == 0, done.err
    assert "đã xóa: 1 báo cáo khỏi sổ tiếp nhận, 1 tệp trong thư mục trả lại" in done.out
    assert f"{DAY}, {DAY}/units" in done.out and "Số liệu đã công bố được giữ nguyên" in done.err
    assert traces(office, *searched) == []
    assert figures(office) == before
    assert neutral(words(office)) == neutral(told) and "(báo cáo đã xóa)" in words(office)
    assert not (office.folder / "outputs" / "failed" / DAY).exists()


@pytest.mark.slow
def test_a_second_time_there_is_nothing_to_delete(office):
    assert office.briefing("forget", "--unit", UNIT).code == 0
    before = {path: path.read_bytes() for path in office.day.rglob("*") if path.is_file()}
    again = office.briefing("forget", "--unit", UNIT)

    assert (again.code, again.err) == (0, "") and "không có gì để xóa" in again.out
    assert before == {path: path.read_bytes() for path in office.day.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_what_still_lies_in_the_inbox_is_said_and_left(office):
    path = office.inbox / "16.8" / FAULTY
    content = path.read_bytes()
    done = office.briefing("forget", "--unit", UNIT)

    assert "1 tệp vẫn còn trong thư mục báo cáo và lần chạy sau sẽ đọc lại" in done.err
    assert path.read_bytes() == content


@pytest.mark.slow
def test_a_day_after_forgetting_has_the_figures_of_the_others_and_no_finding_of_a_loss(office):
    (office.inbox / "16.8" / FAULTY).unlink()
    office.briefing("forget", "--unit", UNIT)
    done = office.briefing("daily", "--date", DAY)

    assert (done.code, done.err) == (0, "")
    known = office.table("communes").set_index("unit_code")["installs_cumulative"].dropna()
    assert sorted(known) == [51, 135]
    assert "register_incomplete" not in set(office.table("findings")["rule"])


@pytest.mark.slow
def test_pages_that_are_made_again_and_opened_by_hand_run_without_the_forgotten(office):
    office.briefing("forget", "--unit", UNIT)
    manifest = json.loads((office.day / "manifest.json").read_text("utf-8"))

    assert [one["path"] for one in manifest["inputs"]] == sorted(
        path.name for path in office.inbox.glob("*.xlsx")
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "hãy chọn một, và chỉ một"),
        (("--unit", UNIT, "--before", DAY), "hãy chọn một, và chỉ một"),
        (("--before", "16/8"), "“16/8” không phải là ngày"),
        (("--unit", "99999"), "99999"),
        (("--file", "../params/campaign.yaml"), "không phải tệp trong thư mục báo cáo"),
        (("--file", "/etc/passwd"), "không phải tệp trong thư mục báo cáo"),
        (("--file", ""), "không phải tệp trong thư mục báo cáo"),
    ],
)
def test_wrong_usage_is_told_and_deletes_nothing(office, options, said):
    done = office.briefing("forget", *options)

    assert done.code == 2 and said in done.err, done.err
    assert len(read_log((office.folder / "outputs/register/arrivals.csv").read_bytes())[0]) == 3


# Which reports, without pages


def forgotten(desk: Desk, **wanted) -> int:
    options = {"before": None, "unit": None, "file": None} | wanted
    return forget(desk.run, Wanted.checked(desk.run, **options)).reports


def test_reports_about_days_before_one_are_forgotten_and_those_of_it_stay(desk):
    from datetime import date

    assert forgotten(desk, before=date(2021, 8, 16)) == 0
    assert forgotten(desk, before=date(2021, 8, 17)) == 3
    assert forgotten(desk, before=date(2021, 8, 17)) == 0
    assert [*desk.register.glob("parsed/*/*/*")] == [] and desk.arrivals == ()


@pytest.mark.slow
def test_a_file_is_named_by_its_path_in_the_inbox_or_from_here(desk, monkeypatch):
    name = "BC PHƯỜNG BỒNG SƠN 16-8.xlsx"
    assert forgotten(desk, file=name) == 1
    desk.snapshot()
    assert forgotten(desk, file=str(desk.inbox / name)) == 1
    desk.snapshot()
    monkeypatch.chdir(desk.inbox)
    assert forgotten(desk, file=name) == 1


@pytest.mark.slow
def test_every_content_that_lay_at_a_path_is_forgotten(desk):
    path = report(desk.inbox, "PHƯỜNG BỒNG SƠN", [45, 38, 53])
    os.utime(path, (AT + 60, AT + 60))
    desk.snapshot()

    assert forgotten(desk, file=path.name) == 2
    path.unlink()
    assert desk.figures() == {"Phường Hoài Hương": 30, "Phường Tam Quan Bắc": 51}
    assert desk.snapshot().scan.findings == ()


def test_what_a_published_table_calls_otherwise_is_forgotten_with_its_content(desk):
    path = desk.inbox / "BC PHƯỜNG BỒNG SƠN 16-8.xlsx"
    digest = sha256(path.read_bytes()).hexdigest()
    tables = desk.outputs / DAY / "tables"
    tables.mkdir(parents=True)
    (tables / "reports.csv").write_text(
        "file,member,sha256,unit_code,report_date,received_at\n"
        f"tệp 3 của Phường Bồng Sơn.xlsx,,{digest},21640,2021-08-16,2021-08-16T14:00:00+07:00\n"
    )

    assert forgotten(desk, file=path.name) == 1
    said = (tables / "reports.csv").read_text()
    assert digest[:12] not in said and "(báo cáo đã xóa),,,21640" in said


def test_an_entry_of_other_params_is_forgotten_too(desk, monkeypatch):
    entries, = (desk.register / "parsed").iterdir()  # fmt: skip
    entries.rename(entries.with_name("0123456789abcdef"))
    desk.snapshot()
    forgotten(desk, file="BC PHƯỜNG BỒNG SƠN 16-8.xlsx")

    assert len([*desk.register.glob("parsed/*/*/*")]) == 4


def test_a_document_that_is_open_elsewhere_stops_it_before_the_register_is_touched(
    desk, monkeypatch
):
    tables = desk.outputs / DAY / "tables"
    tables.mkdir(parents=True)
    (tables / "reports.csv").write_text("BC PHƯỜNG BỒNG SƠN 16-8.xlsx", encoding="utf-8")
    monkeypatch.setattr(publish, "OPEN_FILES_BLOCK", True)
    real = Path.open

    def open_(path: Path, mode: str = "r", **names):
        if "+" in mode:
            raise PermissionError(13, "used by another process")
        return real(path, mode, **names)

    monkeypatch.setattr(Path, "open", open_)
    with pytest.raises(publish.RunError, match="reports"):
        forgotten(desk, file="BC PHƯỜNG BỒNG SƠN 16-8.xlsx")
    assert len(desk.arrivals) == 3


@posix
@pytest.mark.slow
def test_killed_at_any_step_it_is_finished_by_giving_it_again(tmp_path, opened):
    name = "BC PHƯỜNG BỒNG SƠN 16-8.xlsx"
    for number in range(1, 2000, 3):
        desk = Desk(tmp_path / str(number))
        shutil.copytree(opened.folder, desk.folder)
        for day in ("2021-08-15", DAY):
            (desk.outputs / day / "tables").mkdir(parents=True)
            (desk.outputs / day / "tables" / "trace.csv").write_text(f"communes,1,{name}\n")
        killed = killed_at(number, lambda desk=desk: forgotten(desk, file=name))
        for day in ("2021-08-15", DAY):  # never absent, never half
            said = (desk.outputs / day / "tables" / "trace.csv").read_text()
            assert said in (f"communes,1,{name}\n", "communes,1,(báo cáo đã xóa)\n")
        forgotten(desk, file=name)
        assert len(desk.arrivals) == 2 and leftovers(desk.outputs) == []
        assert [n for n, c in contents(desk.outputs) if name.encode() in c] == []
        if not killed:
            break

    assert number > 30


# Texts


def test_a_name_in_a_longer_name_of_another_file_stays():
    redaction = Redaction(["BC.xlsx"], [], ["Tam Quan BC.xlsx"])

    assert redaction.text("Tam Quan BC.xlsx, BC.xlsx") == "Tam Quan BC.xlsx, (báo cáo đã xóa)"


def test_a_name_that_is_a_number_is_not_looked_for_among_figures():
    assert Redaction(["16", "2021-08-16"], [], []).text("16 của 2021-08-16") == "16 của 2021-08-16"


def test_a_hash_goes_long_and_short_and_leaves_an_empty_cell_in_tables():
    redaction = Redaction([], ["0123456789abcdef" * 4], [])

    assert redaction.text("sha256 0123456789ab") == "sha256 (đã xóa)"
    table = redaction.content("reports.csv", b"x," + b"0123456789abcdef" * 4 + b",y")
    assert table == b"x,,y"


def test_of_the_files_that_still_lie_in_the_inbox_five_are_named(monkeypatch):
    here = [f"BC {n}.xlsx" for n in range(1, 7)]
    done = SimpleNamespace(reports=6, returns=0, folders=[], in_inbox=here)
    monkeypatch.setattr("briefing.run.forget.forget", lambda *_asked: done)
    said = CliRunner().invoke(main, ["forget", "--unit", UNIT]).stderr

    assert "6 tệp" in said
    assert [name for name in here if name in said] == here[:5]
