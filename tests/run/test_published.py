"""What a day publishes, seen from outside: the folder, the tables, the pages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import docx
import pandas as pd
import pypdf
import pytest
from docx.oxml.ns import qn

from briefing.run import pages
from briefing.run.pages import Edition, Page
from briefing.run.template import template
from tests.run.command import program
from tests.run.conftest import DAY, Office
from tests.run.described import at_fault, described
from tests.run.test_kernel import LINUX

TABLES = {
    "communes", "town", "agencies", "hamlets", "reports", "corrections", "findings", "trace",
    "projection", "goals", "actions", "actions_followed_up", "anomalies", "changes",
    "denominators", "headline",
}  # fmt: skip
CONTRACT = {
    "communes": "report_date, unit_code, unit_name, smartphone_owners, installs_cumulative, "
    "installs_new, installs_new_days, coverage, coverage_change, rank, status, received_at, "
    "carried_from, target_coverage, target_date, installs_needed, pace_required, pace_observed, "
    "outlook, reading",
    "town": "report_date, smartphone_owners, installs_cumulative, installs_new, "
    "installs_new_days, coverage, coverage_change, target_coverage, target_date, "
    "installs_needed, pace_required, pace_observed, outlook, reports_expected, "
    "reports_on_time, reports_late, reports_missing, "
    "installs_carried",
    "agencies": "agency_code, agency_name, sector, staff_total, staff_smartphone, "
    "staff_installed, coverage, qr_posted, status, received_at, installs_needed",
    "findings": "severity, rule, where, found, message, suggestion, file, unit_code",
    "trace": "table, key, column, value, source_file, sha256, where, rule",
}


class _Words(HTMLParser):
    """The words of a page, without styles, scripts and drawings."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in ("style", "script", "svg"):
            self._hidden.append(tag)

    def handle_endtag(self, tag):
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data):
        if not self._hidden:
            self.words += data.split()


def html_text(office: Office) -> str:
    reader = _Words()
    reader.feed((office.day / "briefing.html").read_text(encoding="utf-8"))
    return " ".join(reader.words)


def pdf_text(office: Office, pages: slice = slice(None)) -> str:
    reader = pypdf.PdfReader(office.day / "briefing.pdf")
    return " ".join(" ".join(page.extract_text() for page in reader.pages[pages]).split())


def docx_text(office: Office) -> str:
    made = docx.Document(office.day / "briefing.docx")
    return " ".join(" ".join(t.text or "" for t in made.element.iter(qn("w:t"))).split())


def vi_count(n: float) -> str:
    return f"{int(n):,}".replace(",", ".")


def vi_percent(fraction: float, places: int = 2) -> str:
    return f"{fraction * 100:.{places}f}%".replace(".", ",")


def vi_points(fraction: float) -> str:
    return f"{fraction * 100:+.2f}".replace(".", ",").replace("-", "\u2212")


def test_the_command_ends_by_naming_the_html_and_the_pdf(published):
    lines = (published.folder / "stdout.txt").read_text(encoding="utf-8").split()

    assert lines == [
        str(published.day / "briefing.html"),
        str(published.day / "briefing.pdf"),
    ]


def test_a_day_publishes_pages_notebooks_tables_and_manifest(published):
    assert {path.stem for path in (published.day / "tables").glob("*.csv")} == TABLES
    assert {path.name for path in (published.day / "notebooks").iterdir()} == {
        "1_intake.ipynb", "2_coverage.ipynb", "3_briefing.ipynb",
    }  # fmt: skip
    assert (published.day / "manifest.json").is_file()


@pytest.mark.parametrize("name", CONTRACT)
def test_a_table_has_the_columns_of_the_contract_and_opens_in_excel(published, name):
    raw = (published.day / "tables" / f"{name}.csv").read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf")
    assert set(CONTRACT[name].split(", ")) <= set(published.table(name).columns)


def test_the_tables_are_as_they_say_of_themselves(published):
    tables = published.day / "tables"
    told = described(tables)

    assert {*told} == {path.relative_to(tables).as_posix() for path in tables.rglob("*.csv")}
    assert not at_fault(tables)


def test_a_table_that_is_not_as_it_says_is_told(published, tmp_path):
    tables = shutil.copytree(published.day / "tables", tmp_path / "tables")
    units = tables / "communes.csv"
    rows = units.read_text("utf-8-sig").splitlines()
    units.write_text("\n".join([*rows, rows[1].replace("on_time", "soon")]), "utf-8-sig")

    said = " ".join(at_fault(tables))

    assert "soon" in said and "primary key" in said.lower()


def test_a_column_is_told_with_its_type_its_heading_its_unit_and_its_codes(published):
    fields = described(published.day / "tables")["communes.csv"]["schema"]["fields"]
    told = {field["name"]: field for field in fields}

    assert told["installs_new"]["type"] == "integer" and told["installs_new"]["unit"] == "person"
    assert told["coverage"]["title"] == "Tỷ lệ" and told["report_date"]["type"] == "date"
    assert "on_time" in told["status"]["constraints"]["enum"]
    assert "đúng hạn" in told["status"]["description"]


def test_on_14_august_coverage_is_that_of_the_letter(published):
    whole = published.table("town").set_index("report_date")

    assert round(whole.at["2021-08-14", "coverage"], 4) == 0.4285


def test_the_tables_hold_17_units_and_add_up_to_the_town(published):
    units, last = published.table("communes"), published.table("town").iloc[-1]

    assert len(units) == 17
    assert units["installs_cumulative"].sum() == last["installs_cumulative"]
    carried = units[units["carried_from"].notna()]
    assert carried["installs_cumulative"].sum() == last["installs_carried"]
    reports = ("expected", "on_time", "late", "missing", "empty", "unreadable")
    assert [last[f"reports_{name}"] for name in reports] == [17, 9, 4, 2, 1, 1]


def test_the_figures_read_are_those_that_the_illustrative_campaign_was_made_of(published):
    from briefing.params import Campaign
    from briefing.sample import campaign_truth

    truth = campaign_truth(Campaign.load(published.folder / "params"))
    truth = truth[truth["date"].astype(str) == DAY].set_index("unit_code")["numerator_cumulative"]
    told = published.table("communes").set_index("unit_code")
    told = told["installs_cumulative"].where(told["carried_from"].isna())

    pd.testing.assert_series_equal(
        told.astype("Int64"), truth.astype("Int64").reindex(told.index), check_names=False
    )


@pytest.mark.parametrize("text_of", [html_text, lambda o: pdf_text(o, slice(1)), docx_text])
def test_every_figure_on_page_one_equals_the_tables(published, text_of):
    text, last = text_of(published), published.table("town").iloc[-1]
    units = published.table("communes")
    known = units.sort_values("coverage")
    assert known.iloc[0]["carried_from"] == "2021-08-15"

    expected = [
        vi_percent(last["coverage"]),
        f"{vi_count(last['installs_cumulative'])} trên {vi_count(last['smartphone_owners'])} "
        "người có điện thoại thông minh",
        vi_points(last["coverage_change"]),
        f"+{vi_count(last['installs_new'])} người",
        vi_count(last["installs_needed"]),
        f"{vi_count(-(-last['pace_required'] // 1))} người mỗi ngày",
        vi_count(round(last["pace_observed"])),
        f"{last['reports_on_time']}/{last['reports_expected']}",
        vi_percent(last["installs_carried"] / last["installs_cumulative"], 1),
        f"Cao nhất: {known.iloc[-1]['unit_name']} ({vi_percent(known.iloc[-1]['coverage'])})",
        f"thấp nhất: {known.iloc[0]['unit_name']}, số liệu ngày 15/8 "  # its report brings no news
        f"({vi_percent(known.iloc[0]['coverage'])})",
        *units[units["status"].isin(["missing", "empty", "unreadable"])]["unit_name"],
    ]

    assert [part for part in expected if part not in text] == []


def test_page_one_of_the_pdf_says_where_we_are_against_what_and_who_is_missing(published):
    text = pdf_text(published, slice(1))

    for part in (
        "60% – 20/8",
        "90% – 30/8",
        "Còn thiếu để đạt 60%",
        "chưa báo cáo",
        "SỐ LIỆU MINH HỌA",
    ):
        assert part in text


@pytest.mark.parametrize("text_of", [html_text, pdf_text])
def test_the_pages_hold_nothing_machine_like(published, text_of):
    text = text_of(published)

    assert not re.search(r"\b(nan|None|NaT|NA|per_person|on_time|out_of_reach)\b|<NA>", text)
    assert "số liệu minh họa" in text.lower() and "giả định" in text


def test_the_html_asks_nothing_of_anywhere(published):
    page = (published.day / "briefing.html").read_text(encoding="utf-8")
    unhashed = re.sub(r"'sha256-[^']+'", "", page)  # a hash may hold "//"
    addresses = set(re.findall(r"(?:https?:)?//[^\s\"'<>)]+", unhashed))

    assert {a for a in addresses if "w3.org" not in a} == set()
    assert "default-src 'none'" in page
    assert len(page.encode()) < 600_000


def test_the_pdf_carries_the_manifest_the_annex_and_every_table(published):
    names = set(pypdf.PdfReader(published.day / "briefing.pdf").attachments)

    assert names == {"manifest.json", "annex.xlsx", *(f"{name}.csv" for name in TABLES)}


def test_the_pdf_is_pdf_a_3a_and_pdf_ua_1_in_vietnamese_with_a_title(published):
    reader = pypdf.PdfReader(published.day / "briefing.pdf")
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()

    assert re.search(r"pdfaid:part>3<", xmp) and re.search(r"pdfaid:conformance>A<", xmp)
    assert re.search(r"pdfuaid:part>1<", xmp)
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert "16/8/2021" in reader.metadata.title


@pytest.mark.needs("qpdf", "pdffonts")
def test_the_pdf_is_sound_and_embeds_every_font(published):
    pdf = str(published.day / "briefing.pdf")
    checked = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True)
    fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True).stdout.splitlines()[
        2:
    ]

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert fonts and all(re.search(r"\byes\s+yes\s+yes\b", line) for line in fonts), fonts


@pytest.mark.slow
def test_the_exporters_work_from_nbconvert_alone(published, tmp_path):
    source = published.day / "notebooks" / "3_briefing.ipynb"
    for form in ("html", "pdf", "docx"):
        wanted = ["--to", f"briefing_{form}", "--output-dir", str(tmp_path)]
        done = program("nbconvert", tmp_path, [*wanted, str(source)])
        assert done.code == 0, done.err

    assert (tmp_path / "3_briefing.html").read_bytes() == (
        published.day / "briefing.html"
    ).read_bytes()
    assert (tmp_path / "3_briefing.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "3_briefing.docx").read_bytes() == (
        published.day / "briefing.docx"
    ).read_bytes()


def test_the_manifest_says_what_the_day_was_made_of(published):
    manifest = json.loads((published.day / "manifest.json").read_text(encoding="utf-8"))

    assert manifest["report_date"] == DAY
    assert manifest["intake"] == {"files": 156, "parsed": 156, "from_register": 0}
    assert len(manifest["inputs"]) == 156
    assert all(len(item["sha256"]) == 64 and item["received_at"] for item in manifest["inputs"])
    assert {"intake", "3_briefing", "html", "pdf"} <= set(manifest["seconds"])
    assert manifest["libraries"]["typst"]


def test_no_name_and_no_full_phone_number_is_published(published):
    """The names and phones of one report of campaigners, looked for in every published text."""
    import openpyxl

    report = next(published.inbox.glob("16.8/*Bong Son*.xlsx"))
    sheet = openpyxl.load_workbook(report).active
    texts = [str(cell.value).strip() for row in sheet.iter_rows() for cell in row if cell.value]
    phones = {re.sub(r"\D", "", text) for text in texts if re.fullmatch(r"[\d .]{9,13}", text)}
    names = {text for text in texts if re.fullmatch(r"(\w+ ){2,3}\w+", text) and text.istitle()}
    assert len(phones) > 20 and len(names) > 20
    places = set(published.table("hamlets")["hamlet"].dropna())
    published_text = "".join(
        path.read_text(encoding="utf-8-sig")
        for path in published.day.rglob("*")
        if path.suffix in (".csv", ".html", ".json", ".ipynb")
    )

    assert not [p for p in phones if len(p) >= 9 and p.lstrip("0") in published_text]
    assert not [
        n
        for n in names
        if n in published_text and not any(p in n for p in places) and "Phường" not in n
    ]


@pytest.mark.slow
@LINUX
def test_a_pdf_that_carries_much_is_made_by_another_process_and_is_the_same(published, monkeypatch):
    outputs = published.day.parent
    page = Page("3_briefing", Edition(published.day, outputs, DAY), "briefing")
    template()  # with the program as it is
    with monkeypatch.context() as large:
        large.setattr(pages, "LARGE", 1)
        large.setattr(pages.pdf.render, "__code__", refused.__code__)
        beside = page._rendered("pdf")

    assert beside == page._rendered("pdf")


def refused(source, attached=()):
    raise AssertionError("made here")
