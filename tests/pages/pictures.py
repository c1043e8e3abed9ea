"""The pictures of the guide, made of the illustrative campaign: `make pictures`.

    python -m tests.pages.pictures [FOLDER]

Each picture holds the words that it shows, by which a test tells whether the program still says
them.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.run.conftest import DAY, ROOT, Office
from tests.run.test_lab import lab, run_all

PICTURES = ROOT / "docs" / "pictures"
LARGEST = 150_000  # bytes
COLOURS = 96
WORDS = "Words"  # the chunk of a picture that holds them
FIRST = "2021-08-14"  # of the period
LAPTOP, PHONE = (1280, 800), (360, 740)
TERMINAL = """<meta charset="utf-8"><body style="margin:0;background:#fff;color:#111">
<pre style="font:15px/1.25 'Liberation Mono',monospace;padding:14px;margin:0;display:inline-block">
{}</pre>"""
CODE = ".cm-content * {font-family: 'Liberation Mono', monospace !important}"
"""Of JupyterLab: DejaVu Sans Mono lacks letters of Vietnamese."""
SEEN = """box => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), said = [];
    for (let node; (node = walker.nextNode());) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const {top, bottom, height} = range.getBoundingClientRect();
        if (height && top >= box.y && bottom <= box.y + box.height) said.push(node.data);
    }
    return said.join(" ");
}"""
"""The texts that lie between two heights of the window."""


def words(text: str) -> list[str]:
    """The words of a text, each once: how a page breaks its lines is left out, and figures."""
    return sorted(set(re.findall(r"[^\W\d_]{2,}", text.lower())))


def said_by(picture: Path) -> list[str]:
    """The words that a picture shows."""
    with Image.open(picture) as image:
        return str(image.info[WORDS]).split()


def keep(folder: Path, name: str, png: bytes, text: str) -> None:
    """A picture in few colours, and its words."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    info = PngInfo()
    info.add_itxt(WORDS, " ".join(words(text)), zip=True)
    few = image.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(folder / f"{name}.png", optimize=True, pnginfo=info)


def main(folder: Path = PICTURES) -> None:
    """Make all pictures in a folder."""
    with sync_playwright() as driver:
        make_pictures(folder, driver)


def make_pictures(folder: Path, driver: Playwright) -> None:
    """The same by a driver of browsers that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        office = _office(Path(scratch))
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--hide-scrollbars"]
        )
        for make in (_desk, _pages, _terminal, _papers):
            for name, png, text in make(office, chromium):
                keep(folder, name, png, text)
        chromium.close()


def _office(folder: Path) -> Office:
    """With the illustrative inbox, in which nothing has been published yet."""
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    office = Office(folder)
    _run(office, "sample", "inbox")
    return office


def _run(office: Office, *arguments: str, columns: int = 100) -> str:
    done = office.alone(*arguments, COLUMNS=str(columns))
    assert done.code == 0, done.err
    return done.out


Made = Iterator[tuple[str, bytes, str]]


def _desk(office: Office, chromium: Browser) -> Made:
    """The desk in JupyterLab: as it opens, run; and what is to be decided."""
    with lab(office) as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.wait_for_selector('.jp-Notebook h1:has-text("Bàn làm việc")', timeout=90_000)
        page.add_style_tag(content=CODE)
        page.wait_for_timeout(2000)  # until the kernel is there
        run_all(page)
        page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
        page.locator(".jp-Notebook h1").first.scroll_into_view_if_needed()
        page.wait_for_timeout(1000)
        yield "ban-lam-viec", *_seen(page, *LAPTOP)
        heading = page.locator('.jp-Notebook h2:has-text("Việc phải quyết định")')
        heading.evaluate("found => found.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(500)
        yield "viec-phai-quyet-dinh", *_seen(page, 1200, 560, top=_top(heading), left=70)
        page.close()


def _top(found) -> int:
    return max(0, int(found.bounding_box()["y"]) - 6)


def _seen(page: Page, width: int, height: int, top: int = 0, left: int = 0) -> tuple[bytes, str]:
    """A part of the window, and what is said in it."""
    box = {"x": left, "y": top, "width": width, "height": height}
    return page.screenshot(clip=box), page.evaluate(SEEN, box)


def _pages(office: Office, chromium: Browser) -> Made:
    """The page of the day on a laptop and on a telephone."""
    _run(office, "daily", "--date", DAY)
    for name, (width, height) in (("trang-bao-cao", LAPTOP), ("trang-dien-thoai", PHONE)):
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.goto((office.day / "briefing.html").as_uri())
        yield name, *_seen(page, width, height)
        page.close()


def _terminal(office: Office, chromium: Browser) -> Made:
    """Who has reported, as the terminal shows it."""
    said = _run(office, "status", "--date", DAY)
    page = chromium.new_page(viewport={"width": 1000, "height": 600})
    page.set_content(TERMINAL.format(html.escape(said)))
    yield "bang-tinh-hinh", page.locator("pre").screenshot(), said
    page.close()


def _papers(office: Office, chromium: Browser) -> Made:
    """The page on paper, a report that goes back, a form, a formal report."""
    (office.folder / "none").mkdir()
    _run(office, "forms", "mau", "--date", "2021-08-17", "--inbox", "none")  # persons of nobody
    _run(office, "period", "--from", FIRST, "--to", DAY)
    [back] = (office.day / "returns" / "21661").iterdir()
    form = office.folder / "mau" / "Mẫu 02" / "Mẫu 02 - Phường Bồng Sơn.xlsx"
    report = office.folder / "outputs" / f"{FIRST}_{DAY}" / "report.pdf"
    papers = {
        "trang-in": office.day / "briefing.pdf",
        "bao-cao-tra-lai": _as_pdf(back),
        "mau-02": _as_pdf(form),
        "bao-cao-tong-hop": report,
    }
    for name, pdf in papers.items():
        png = _trimmed(_output("pdftoppm", "-r", "84", "-f", "1", "-l", "1", "-png", str(pdf)))
        text = _output("pdftotext", "-f", "1", "-l", "1", str(pdf), "-").decode()
        yield name, png, text


def _trimmed(png: bytes) -> bytes:
    """A page without the empty paper below what is on it."""
    page = Image.open(io.BytesIO(png)).convert("L")
    box = page.point(lambda grey: 255 if grey < 250 else 0).getbbox()
    assert box, "an empty page"
    cut = io.BytesIO()
    Image.open(io.BytesIO(png)).crop((0, 0, page.width, min(page.height, box[3] + 30))).save(
        cut, "png"
    )
    return cut.getvalue()


def _as_pdf(document: Path) -> Path:
    folder = document.parent / ".pdf"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _output("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder),
            str(document))  # fmt: skip
    return folder / f"{document.stem}.pdf"


def _output(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
