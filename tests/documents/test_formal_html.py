"""A formal document on a screen, in JupyterLab and in a terminal, in reading order."""

import lxml.html
import pytest

from briefing.documents import blocks
from briefing.documents.assemble import document
from briefing.documents.exporters import BriefingHTMLExporter
from briefing.documents.fragments import ended

from . import demo, formal_demo


@pytest.fixture(scope="module")
def root():
    return lxml.html.fromstring(
        BriefingHTMLExporter().from_notebook_node(formal_demo.full())[0].replace("\u00a0", " ")
    )


def words(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_the_title_is_the_type_and_the_subject(root):
    (title,) = root.xpath("//h1")

    assert words(title) == f"BÁO CÁO {formal_demo.head().about}"
    assert words(root.xpath("//title")[0]) == formal_demo.head().about


def test_the_head_holds_state_issuer_number_and_addressees(root):
    head = words(root.xpath("//header")[0])

    for text in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN THỊ XÃ HOÀI NHƠN PHÒNG VĂN HÓA VÀ THÔNG TIN",
        "Số: /BC-VHTT",
        "Kính gửi: Ban Chỉ đạo phòng, chống dịch COVID-19 thị xã; UBND thị xã Hoài Nhơn; "
        "Sở Thông tin và Truyền thông.",
    ):
        assert text in head


def test_annexes_are_headings_that_the_contents_lead_to(root):
    links = {words(a): a.get("href") for a in root.xpath("//nav//a")}

    for number, label in enumerate(formal_demo.ANNEXES, 1):
        (target,) = (href for text, href in links.items() if text.startswith(f"{label}. "))
        assert target == f"#annex-{number}"
        assert words(root.xpath(f"//h2[@id='annex-{number}']")[0]).startswith(label)


def test_the_end_holds_recipients_and_position(root):
    (end,) = root.xpath("//*[@class='b-sign']")

    assert words(end) == (
        "Nơi nhận: Như trên; CT, các PCT UBND thị xã; Ban Tuyên giáo Thị ủy (để phối hợp); "
        "Lưu: VT, VHTT. KT. TRƯỞNG PHÒNG PHÓ TRƯỞNG PHÒNG"
    )


def test_two_annexes_of_the_same_id_are_told_apart():
    made = document(
        demo.notebook(
            demo.cell_of(
                formal_demo.head(),
                blocks.AnnexHeading("Phụ lục I", "A", id="x"),
                blocks.AnnexHeading("Phụ lục II", "B", id="x"),
            )
        )
    )

    assert [b["id"] for b in made.blocks if b["block"] == "annex_heading"] == ["x", "x-2"]
    assert made.formal


def test_a_page_is_not_formal():
    assert not document(demo.full()).formal


def test_a_formal_head_names_the_document_by_its_subject():
    assert document(demo.notebook(demo.cell_of(formal_demo.head()))).title == (
        formal_demo.head().about
    )


def test_jupyterlab_and_a_terminal_show_the_blocks_too():
    shown = formal_demo.head(title="Tên tệp")._repr_mimebundle_()

    assert "<h1>" in shown["text/html"] and "Số:      /BC-VHTT" in shown["text/html"]
    assert "Kết quả thực hiện tuần cao điểm" in shown["text/plain"]
    assert "Tên tệp" not in shown["text/plain"]
    assert "PHÓ TRƯỞNG PHÒNG" in formal_demo.signature()._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (("Như trên", "Lưu: VT"), ["Như trên;", "Lưu: VT."]),
        (("Như trên;", "Lưu: VT."), ["Như trên;", "Lưu: VT."]),
        (("UBND thị xã",), ["UBND thị xã."]),
        ((), []),
    ],
)
def test_the_lines_of_a_list_end_as_an_office_ends_them(items, expected):
    assert ended(items) == expected
