"""Photos of the posted QR code: in the report, beside it in the folder, archive or e-mail."""

import io
import json
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from email.message import EmailMessage
from hashlib import sha256

import pytest
from click.testing import CliRunner
from docx import Document
from docx.shared import Cm
from making import ANSWERS_01, PARAMS, as_word, mau01_lines, mau02, people, workbook
from openpyxl import load_workbook
from openpyxl.drawing.image import Image as SheetImage
from photographing import CODE, Shot, as_file, photo, poster, shots
from PIL import Image, ImageFile
from tests.register.office import ingest

from briefing import cli
from briefing.intake.labels import pictures, qr_codes
from briefing.intake.labels.photos import with_photos_beside
from briefing.intake.labels.pictures import SCAN, Picture, look_at, same_code
from briefing.intake.parsers.disclosure import shown_code
from briefing.register import Arrival, Register
from briefing.register.view import view_of

OTHER = "BZ-2021-0099"
HEALTH = ("PHÒNG Y TẾ",)
POSTED = as_file(photo())
WRONG = as_file(photo(text=OTHER))
EMPTY_WALL = as_file(Image.new("L", (800, 600), 120))
LOGO = as_file(Image.new("RGB", (120, 120), "red"), "PNG")
PHOTO_LINE = "paragraph 13"


@pytest.fixture(scope="session")
def form() -> bytes:
    return as_word(mau01_lines(), "paragraphs")


def named(body: tuple[str, ...], code: str = CODE) -> bytes:
    lines = [line.replace(ANSWERS_01[1], code) for line in mau01_lines(body=body)]
    return as_word(lines, "paragraphs")


def with_pictures(content: bytes, *files: bytes, in_header: bool = False) -> bytes:
    document = Document(io.BytesIO(content))
    for file in files:
        run = (
            document.sections[0].header.paragraphs[0] if in_header else document.add_paragraph()
        ).add_run()
        run.add_picture(io.BytesIO(file), width=Cm(8))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def in_workbook(file: bytes) -> bytes:
    book = load_workbook(io.BytesIO(workbook([[line] for line in mau01_lines()])))
    book.active.add_image(SheetImage(io.BytesIO(file)), "C3")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def archived(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def evidence(report) -> tuple:
    facts = report.facts
    return facts["qr_photo"], facts["qr_photo_decoded"], rules(report)


def rules(report) -> list[str]:
    return [finding.rule for finding in report.findings]


# Reading a code


@pytest.mark.slow
def test_codes_are_read_at_every_turn_in_dim_light_from_the_side_and_from_afar():
    taken = shots()
    missed = [
        shot
        for seed, shot in enumerate(taken)
        if look_at(as_file(photo(shot, seed=seed))).codes != (CODE,)
    ]

    assert len(taken) >= 60
    rate = 1 - len(missed) / len(taken)
    print(f"{rate:.0%} of {len(taken)} photos read")
    assert rate >= 0.95, missed


@pytest.mark.slow
def test_codes_that_a_first_look_misses_are_read_by_trying_harder(monkeypatch):
    hard = [
        as_file(
            photo(Shot(turn=15 * i, tilt=0.3, light=0.15, noise=14, blur=1.6, fills=0.35), seed=i)
        )
        for i in (3, 8, 9)
    ]
    seen = sum(bool(look_at(file).codes) for file in hard)
    monkeypatch.setattr(qr_codes, "TREATMENTS", qr_codes.TREATMENTS[:1])
    monkeypatch.setattr(qr_codes, "SIDES", qr_codes.SIDES[:1])
    at_first = sum(bool(look_at(file).codes) for file in hard)

    assert seen > at_first


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_photo_of_any_common_format_is_read(kind):
    assert look_at(as_file(photo(), kind)) == Picture((CODE,), large=True)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_read_whichever_way_its_camera_was_held(orientation):
    exif = Image.Exif()
    exif[274] = orientation

    assert look_at(as_file(photo(), exif=exif)).codes == (CODE,)


def test_a_drawing_with_a_transparent_ground_is_read():
    drawn = poster().convert("RGBA")
    drawn.putalpha(poster().point(lambda grey: 0 if grey > 128 else 255))

    assert look_at(as_file(drawn, "PNG")).codes == (CODE,)


def test_a_jpeg_of_up_to_a_hundred_scans_is_read_and_one_of_more_is_a_trap():
    drawn = as_file(photo(), progressive=True)
    start = drawn.rfind(SCAN)

    def of_scans(count: int) -> bytes:
        return drawn[:-2] + drawn[start:-2] * (count - drawn.count(SCAN)) + drawn[-2:]

    assert look_at(of_scans(100)).codes == (CODE,)
    assert look_at(of_scans(101)) == Picture((), large=True)


def test_two_codes_on_one_picture_are_both_read():
    both = Image.new("L", (1600, 700), 200)
    both.paste(poster().resize((500, 600)), (100, 50))
    both.paste(poster(OTHER).resize((500, 600)), (900, 50))

    assert set(look_at(as_file(both)).codes) == {CODE, OTHER}


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n", POSTED[:200], b"RIFF0000WEBPVP8 ", LOGO]
)
def test_a_broken_or_tiny_picture_shows_no_code(content):
    assert look_at(content) == Picture()


def test_a_photo_cut_off_half_way_is_a_photo_without_a_code():
    assert look_at(EMPTY_WALL) == Picture((), large=True)
    assert not look_at(POSTED[: len(POSTED) // 4]).codes


@pytest.mark.parametrize("side", [9_000, 60_000])
def test_a_picture_that_unpacks_to_far_too_much_is_not_unpacked(side, monkeypatch):
    """A code large enough to be seen, in a file that says it has far more rows than it holds."""
    header, rest = as_file(poster(), "PNG").split(b"IHDR", 1)
    claimed = b"IHDR" + struct.pack(">II", side, side) + rest[8:13]
    bomb = header + claimed + struct.pack(">I", zlib.crc32(claimed)) + rest[17:]
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _image: pytest.fail("unpacked"))

    assert look_at(bomb).codes == ()


def test_a_phone_in_a_code_never_leaves_its_picture():
    with_phone = "https://qr.example.vn/?sdt=0912345678"

    assert look_at(as_file(photo(text=with_phone))).codes == (shown_code(with_phone),)
    assert "0912345678" not in shown_code(with_phone)


# Is it the declared code?


@pytest.mark.parametrize(
    ("declared", "shown", "same"),
    [
        ("BZ-2021-0045", "BZ-2021-0045", True),
        ("bz 2021 0045", "BZ-2021-0045", True),
        ("BZ-2021-0045", "https://qr.example.vn/?c=BZ-2021-0045&t=1", True),
        ("BZ-2021-0045", "https://qr.example.vn/BZ%2D2021%2D0045", True),
        ("https://qr.example.vn/0045", "http://www.qr.example.vn/0045", True),
        ("Mã địa điểm: BZ-2021-0045 (cổng chính)", "BZ-2021-0045", True),
        ("BZ-2021-004", "BZ-2021-0045", False),
        ("BZ-2021-0045", "BZ-2021-0099", False),
        ("2021", "BZ2021", False),
        ("đã tạo", "BZ-2021-0045", None),
        ("Xem ảnh", "BZ-2021-0045", None),
        ("x", "BZ-2021-0045", None),
        (None, "BZ-2021-0045", None),
        ("0912xxx678", "0912345678", True),
        ("0912xxx678", "https://qr.example.vn/?sdt=0912345678", True),
        ("0912xxx678", "0912345699", False),
        ("0912xxx678", "BZ-2021-0045", None),
    ],
)
def test_a_declared_code_is_held_against_what_the_photo_shows(declared, shown, same):
    assert same_code(declared, shown_code(shown)) is same


# In the report


def test_a_photo_in_a_word_form_shows_the_declared_code(read, form):
    assert evidence(read(with_pictures(form, POSTED), "a.docx")) == (True, CODE, [])


def test_a_photo_in_a_workbook_shows_the_declared_code(read):
    assert evidence(read(in_workbook(POSTED), "a.xlsx")) == (True, CODE, [])


def test_a_form_without_a_photo_asks_for_one_at_its_line(read, form):
    report = read(form, "a.docx")

    assert evidence(report) == (False, None, ["qr_photo_missing"])
    assert report.findings[0].where == PHOTO_LINE


def test_a_photo_of_another_code_is_a_mismatch_that_names_both(read, form):
    report = read(with_pictures(form, WRONG), "a.docx")
    (finding,) = report.findings

    assert evidence(report) == (True, OTHER, ["qr_photo_mismatch"])
    assert (finding.severity, finding.where, finding.found) == ("warning", PHOTO_LINE, OTHER)
    assert CODE in str(finding.message)


def test_a_photo_in_which_no_code_can_be_read_asks_for_a_clearer_one(read, form):
    report = read(with_pictures(form, EMPTY_WALL), "a.docx")

    assert evidence(report) == (True, None, ["qr_photo_unreadable"])
    assert report.findings[0].where == PHOTO_LINE


def test_of_several_photos_one_with_the_declared_code_is_enough(read, form):
    report = read(with_pictures(form, EMPTY_WALL, WRONG, POSTED), "a.docx")

    assert evidence(report) == (True, CODE, [])


def test_a_logo_is_no_photo_nor_is_a_picture_in_the_head_of_every_page(read, form):
    assert rules(read(with_pictures(form, LOGO), "a.docx")) == ["qr_photo_missing"]
    headed = with_pictures(form, EMPTY_WALL, in_header=True)
    assert rules(read(headed, "a.docx")) == ["qr_photo_missing"]


def test_a_phone_number_in_a_code_is_masked(read, form):
    sent = as_file(photo(text="https://qr.example.vn/?sdt=0912345678"))
    report = read(with_pictures(form, sent), "a.docx")

    assert report.facts["qr_photo_decoded"] == "https://qr.example.vn/?sdt=0912xxx678"
    assert "0912345678" not in json.dumps(report.to_record(), default=str)


def test_a_form_that_says_only_that_there_is_a_code_is_not_held_against_its_photo(read):
    content = with_pictures(named(HEALTH, "Đã tạo"), POSTED)

    assert evidence(read(content, "a.docx")) == (True, CODE, [])


def test_the_daily_form_asks_for_no_photo(read):
    report = read(workbook(mau02(people([45, 38, 52]))), "a.xlsx")

    assert "qr_photo" not in report.facts


# Beside it


@pytest.fixture
def check_all(tmp_path):
    """Lay files into a folder and check some of them; the objects printed."""

    def check(files: dict[str, bytes], *given: str) -> list[dict]:
        for name, content in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
        paths = [str(tmp_path / name) for name in given or files]
        run = CliRunner().invoke(
            cli.main, ["check", "--json", "--params", str(PARAMS), *paths], catch_exceptions=False
        )
        return [json.loads(line) for line in run.stdout.splitlines()]

    return check


def found(report: dict) -> list[str]:
    return [finding["rule"] for finding in report["findings"]]


@pytest.mark.slow
def test_a_photo_beside_the_given_file_counts_though_it_is_not_given(check_all, form):
    (report,) = check_all({"bao cao.docx": form, "IMG_0001.jpg": POSTED}, "bao cao.docx")

    assert report["facts"]["qr_photo_decoded"] == CODE
    assert report["findings"] == []


@pytest.mark.slow
def test_a_photo_that_is_given_too_is_a_line_of_its_own_without_a_finding(check_all, form):
    report, picture = check_all({"bao cao.docx": form, "bao cao.jpg": POSTED})

    assert found(report) == found(picture) == []
    assert picture["form"] is None
    assert picture["unit_code"] == "CQ005"
    assert picture["facts"] == {"qr_photo": True, "qr_photo_decoded": CODE}


def test_a_photo_beside_several_reports_goes_to_the_one_of_its_name(check_all):
    files = {
        "Phong Y te.docx": named(HEALTH, "BZ-1111"),
        "Phong Noi vu.docx": named(("PHÒNG NỘI VỤ",), "BZ-2222"),
        "Phong Y te - anh 1.jpg": as_file(photo(text="BZ-3333")),
    }
    health, home = check_all(files, "Phong Y te.docx", "Phong Noi vu.docx")

    assert found(health) == ["qr_photo_mismatch"]
    assert found(home) == ["qr_photo_missing"]


def test_a_photo_named_after_an_agency_is_its_own_whatever_the_reports_are_called(check_all):
    files = {
        "mau 01 (1).docx": named(HEALTH, "BZ-1111"),
        "mau 01 (2).docx": named(("PHÒNG NỘI VỤ",), "BZ-2222"),
        "anh phong Noi vu.jpg": EMPTY_WALL,
    }
    health, home, picture = check_all(files)

    assert found(health) == ["qr_photo_missing"]
    assert found(home) == ["qr_photo_unreadable"]
    assert found(picture) == []


def test_a_photo_of_no_name_goes_to_the_report_that_declares_its_code(check_all):
    files = {
        "a.docx": named(HEALTH, "BZ-1111"),
        "b.docx": named(("PHÒNG NỘI VỤ",), "BZ-2222"),
        "zalo/IMG_1.jpg": as_file(photo(text="BZ-2222")),
    }
    health, home, picture = check_all(files)

    assert [found(health), found(home), found(picture)] == [["qr_photo_missing"], [], []]


def test_files_beside_that_were_not_read_may_be_the_ones_that_a_photo_belongs_to(check_all, form):
    files = {"a.docx": form, "b.docx": named(HEALTH), "IMG_1.jpg": WRONG, "b.jpg": WRONG}
    (report,) = check_all(files, "a.docx")

    assert found(report) == ["qr_photo_missing"]


def test_a_photo_of_a_paper_report_is_an_error_that_asks_for_the_file(check_all):
    (report,) = check_all({"BC Bong Son 16-8.jpg": EMPTY_WALL})

    assert report["unit_code"] == "21640"
    assert [(f["severity"], f["rule"]) for f in report["findings"]] == [
        ("error", "file_unreadable")
    ]
    assert "Word" in report["findings"][0]["suggestion"]


def test_a_photo_of_a_paper_report_is_not_taken_for_the_photo_of_a_code(check_all, form):
    """Where other reports lie in the folder, a picture without a code may be anything."""
    daily = workbook(mau02(people([45, 38, 52])))
    files = {"a.docx": form, "BC Hoai Duc.xlsx": daily, "IMG_1.jpg": EMPTY_WALL}
    once, _daily, picture = check_all(files)

    assert found(once) == ["qr_photo_missing"]
    assert found(picture) == ["file_unreadable"]


def test_a_photo_that_comes_before_its_report_is_a_warning(check_all):
    (report,) = check_all({"Phong Y te.jpg": POSTED})

    assert [(f["severity"], f["rule"]) for f in report["findings"]] == [
        ("warning", "qr_photo_alone")
    ]


def test_photos_in_one_archive_belong_to_its_reports(reader):
    content = archived(
        {
            "y te/mau 01.docx": named(HEALTH, "BZ-1111"),
            "y te/anh.jpg": as_file(photo(text="BZ-1111")),
            "noi vu/mau 01.docx": named(("PHÒNG NỘI VỤ",), "BZ-2222"),
            "noi vu/1.jpg": as_file(photo(text="BZ-9999")),
            "noi vu/2.jpg": as_file(photo(text="BZ-2222")),
        }
    )
    reports = {report.member: report for report in reader.read(content, "thang 8.zip")}

    assert all(rules(report) == [] for report in reports.values())
    assert reports["noi vu/mau 01.docx"].facts["qr_photo_decoded"] == "BZ-2222"


def test_a_photo_attached_to_an_e_mail_belongs_to_the_report_attached_to_it(reader, form):
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Bao cao mau 01", "van thu <vt@example.vn>"
    mail.set_content("Kính gửi báo cáo.")
    mail.add_attachment(form, "application", "octet-stream", filename="mau 01.docx")
    mail.add_attachment(POSTED, "image", "jpeg", filename="IMG_1.jpg")
    once, picture = reader.read(mail.as_bytes(), "thu.eml")

    assert evidence(once) == (True, CODE, [])
    assert rules(picture) == []


def test_joining_twice_changes_nothing_more(reader, form):
    alone = [*reader.read(form, "x/a.docx"), *reader.read(WRONG, "x/a.jpg")]
    joined = with_photos_beside(alone)

    assert [rules(report) for report in joined] == [["qr_photo_mismatch"], []]
    assert [report.joined_to for report in joined] == ["", "a.docx"]
    assert with_photos_beside(joined) == joined


def test_a_photo_speaks_for_an_agencys_corrected_report_too(reader):
    """The second file comes without its photo: the first one's still hangs at the entrance."""
    alone = [
        *reader.read(named(HEALTH), "x/mau 01.docx"),
        *reader.read(POSTED, "x/mau 01.jpg"),
        *reader.read(named(HEALTH), "x/bao cao sua lai.docx"),
    ]

    assert [rules(report) for report in with_photos_beside(alone)] == [[], [], []]


def test_a_picture_of_an_unknown_agencys_report_serves_that_report_alone(reader):
    unknown = as_word(mau01_lines(body=("CÔNG TY SƯƠNG MAI",)), "paragraphs")
    alone = [
        *reader.read(unknown, "a.docx"),
        *reader.read(unknown, "b.docx"),
        *reader.read(WRONG, "a.jpg"),
    ]
    first, second, _picture = with_photos_beside(alone)

    assert "qr_photo_mismatch" in rules(first)
    assert "qr_photo_missing" in rules(second)


def test_the_register_joins_a_photo_that_came_in_a_file_of_its_own(tmp_path, campaign, form):
    files = {"co quan/mau 01.docx": form, "co quan/mau 01.jpg": POSTED}
    arrivals = []
    for hour, (name, content) in enumerate(files.items(), start=8):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
        at = datetime(2021, 8, 18, hour, tzinfo=UTC)
        arrivals.append(Arrival(name, sha256(content).hexdigest(), at))
    register = Register(tmp_path / "register", campaign)
    for arrival in arrivals:
        ingest(register, arrival, files[arrival.path])

    view = view_of(register.submissions(arrivals), register)
    assert view.reports["qr_photo_decoded"].tolist() == [CODE, CODE]
    assert view.findings["rule"].tolist() == []
    at = datetime(2021, 8, 18, 8, 30, tzinfo=UTC)
    before = view_of(register.submissions(arrivals, at), register)
    assert before.findings["rule"].tolist() == ["qr_photo_missing"]


# Old formats


def test_a_photo_among_the_bytes_of_an_older_format_is_found():
    assert [p.codes for p in pictures.pictures_in(b"\xd0\xcf\x11\xe0" + bytes(600) + POSTED)] == [
        (CODE,)
    ]


def test_bytes_that_only_look_like_the_beginning_of_a_photo_are_none():
    assert pictures.pictures_in(b"%PDF-1.4" + b"\xff\xd8\xff" + bytes(50_000)) == []


def test_a_drawing_such_as_the_frame_of_a_signature_is_no_photo(read, form):
    stream = io.BytesIO(form)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/media/image1.emf", bytes(50_000))

    assert rules(read(stream.getvalue(), "a.docx")) == ["qr_photo_missing"]
