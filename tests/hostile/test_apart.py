"""A stranger's bytes are opened only in workers: what one of them does costs its file alone."""

from __future__ import annotations

import ast
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from briefing.intake import apart
from briefing.intake.apart import read_paths
from briefing.intake.packing import demand_sound, packed
from briefing.intake.reader import Reader
from briefing.intake.readers.old_word import as_docx
from briefing.intake.sandbox import Ended, Shared, each, pool
from briefing.intake.sandbox.spawning import Spawning
from briefing.intake.submission import Submission
from briefing.params import Campaign
from briefing.params.settings import FileBudget
from briefing.run import ingest
from tests.hostile.conftest import COUNTS, SUMS, report, said
from tests.intake.making import mau02, people, workbook
from tests.run.conftest import ROOT

linux = pytest.mark.skipif(sys.platform != "linux", reason="the walls are those of Linux")
READERS = sorted((ROOT / "lib" / "briefing" / "intake" / "readers").glob("*.py"))
SMALL = FileBudget(megabytes=300, processor_seconds=3, seconds=120)  # filled in 1 s at worst
OS, TIME, SOCKET = (f"__import__('{name}')" for name in ("os", "time", "socket"))
ABORTS = f"{OS}.abort()"
ABORTED = b"cos\nabort\n(tR."  # what ends its reader as a library does without memory
HANGS = "[0 for _ in iter(int, 1)]"
EATS = f"[bytearray(2**20) for _ in range(500)] and {TIME}.sleep(5) or b''"
KILLED = f"{OS}.kill({OS}.getpid(), {signal.SIGTERM.value})"


def told(*expressions: str, budget: FileBudget = SMALL, workers: int = 2) -> list[bytes | Ended]:
    """What comes of Python expressions in workers: what a stranger's file may make them do."""
    return list(each(eval, expressions, budget, workers=workers))


@pytest.fixture(params=["forked", "spawned"])
def made(request, monkeypatch) -> None:
    """Both ways to make workers: that of Linux, and that of systems without a fork."""
    if request.param == "spawned":
        monkeypatch.setattr(pool, "_new", Spawning)
        monkeypatch.setattr(pool, "_nurseries", {})


@linux
@pytest.mark.slow
def test_a_worker_that_ends_costs_its_task_alone_and_says_why(made):
    loops = "sum(1 for _ in iter(int, 1))"

    tasks = ("b'1'", ABORTS, "b'2'", loops, EATS, "1 / 0", "b'3'", KILLED, "b'4'")

    assert told(*tasks) == [
        b"1", Ended.DAMAGED, b"2", Ended.SLOW, Ended.MEMORY, Ended.DAMAGED, b"3", Ended.LOST, b"4",
    ]  # fmt: skip


@pytest.mark.slow
@linux
def test_what_hangs_without_working_is_ended_by_the_clock():
    budget = SMALL.model_copy(update={"seconds": 1})  # less than params allow

    assert told(f"{TIME}.sleep(60)", "b'1'", budget=budget) == [Ended.WAITED, b"1"]


def test_results_come_in_the_order_of_the_tasks_whoever_is_done_first():
    assert told(*(f"{TIME}.sleep({(9 - n) / 50}) or b'{n}'" for n in range(9)), workers=3) == [
        b"%d" % n for n in range(9)
    ]


def test_tasks_are_taken_as_workers_become_free():
    taken = []

    def tasks():
        for number in range(20):
            taken.append(number)
            yield f"{TIME}.sleep(0.05) or b'{number}'"

    results = each(eval, tasks(), SMALL, workers=2)
    next(results)

    assert len(taken) < 6
    results.close()


@linux
def test_a_file_that_another_one_has_left_no_memory_to_is_read_in_a_worker_of_its_own():
    keeps = f"{OS}.__dict__.setdefault('kept', bytearray(250 * 2**20)) and b'kept'"
    needs = "bytearray(100 * 2**20) and b'read'"

    assert told(keeps, needs, workers=1) == [b"kept", b"read"]


@linux
@pytest.mark.parametrize(
    "reaches",
    [
        f"{SOCKET}.create_connection(('127.0.0.1', {{port}}), 2)",
        f"{SOCKET}.getaddrinfo('example.org', 80)",
        "open('/etc/passwd')",
        "open('/proc/1/status')",
        "open({secret!r})",
        "open({secret!r}, 'w')",
        f"{OS}.listdir({{folder!r}})",
    ],
)
def test_a_worker_reaches_no_network_and_no_file_of_anybody(reaches, tmp_path):
    secret = tmp_path / "bi mat.txt"
    secret.write_text("Bí mật")
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        given = {"port": server.server_port, "secret": str(secret), "folder": str(tmp_path)}

        assert told(reaches.format(**given)) == [Ended.DAMAGED]
    assert secret.read_text() == "Bí mật"


@linux
def test_a_worker_is_in_an_empty_folder_and_knows_nothing_of_where_it_came_from(monkeypatch):
    monkeypatch.setenv("MY_TOKEN", "Bí mật")
    held = f"{OS}.listdir('.')", f"sorted({OS}.environ)", f"{OS}.getcwd()"

    folder, names, here = eval(told(f"repr(({', '.join(held)})).encode()")[0])

    assert folder == []
    assert "MY_TOKEN" not in names and "PATH" in names
    assert here == "/tmp" or Path(here).parent == Path(tempfile.gettempdir())


def alive(mark: str) -> list[str]:
    return [
        entry.name
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and mark.encode() in read_of(entry / "cmdline")
    ]


def read_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


ENDLESS = """
import signal, sys
from briefing.intake.sandbox import each
from briefing.params.settings import FileBudget
mark = sys.argv[1]
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
results = each(eval, ["b'begun'", "__import__('time').sleep(60)"], FileBudget(), workers=2)
print(next(results), flush=True)
next(results)
"""


@pytest.mark.slow
@linux
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_of_a_run_that_is_ended(number, tmp_path):
    mark = f"mark-{os.getpid()}-{number}"
    environment = os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT / "lib")}
    run = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, mark],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert run.stdout and run.stdout.readline() == b"b'begun'\n"
    assert [*tmp_path.iterdir()] and len(alive(mark)) > 1

    run.send_signal(number)
    run.wait(10)
    run.stdout.close()
    until = time.monotonic() + 10
    while (alive(mark) or [*tmp_path.iterdir()]) and time.monotonic() < until:
        time.sleep(0.05)

    assert (alive(mark), [*tmp_path.iterdir()]) == ([], [])


# Memory that is used up is no damage


HAVE_NO_MEMORY = {"Exception", "BaseException", "LxmlError", "XMLSyntaxError"}
ASKED, HANDED_ON = "demand_memory(error)", "outcome['error'] = error"
NO_MEMORY = """
import resource
from pathlib import Path
from briefing.intake.readers import read_parts
status = Path("/proc/self/status").read_text().splitlines()
used = next(int(line.split()[1]) for line in status if line.startswith("VmData:"))
resource.setrlimit(resource.RLIMIT_DATA, ((used + 50_000) * 1024,) * 2)
try:
    read_parts(b"<table>" + b"<tr><td>1<td>2<td>3" * 200_000, ".html")
except BaseException as error:
    print(type(error).__name__, type(error.__cause__).__name__)
"""


def caught(handler: ast.ExceptHandler) -> set[str]:
    if handler.type is None:
        return {"BaseException"}
    inside = ast.walk(handler.type)
    return {getattr(node, "id", getattr(node, "attr", "")) for node in inside}


@pytest.mark.parametrize("module", READERS, ids=lambda path: path.stem)
def test_no_module_that_opens_files_takes_used_up_memory_for_damage(module):
    for handler in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(handler, ast.ExceptHandler) and caught(handler) & HAVE_NO_MEMORY:
            begins = ast.unparse(handler.body[0])
            assert begins in (ASKED, HANDED_ON), f"{module.name}:{handler.lineno}"


@pytest.mark.slow
@linux
def test_a_parser_that_calls_used_up_memory_broken_syntax_is_not_believed():
    environment = os.environ | {"PYTHONPATH": str(ROOT / "lib")}

    done = subprocess.run([sys.executable, "-c", NO_MEMORY], env=environment, capture_output=True)

    assert done.stdout.split() == [b"MemoryError", b"XMLSyntaxError"]


@pytest.mark.slow
@linux
def test_a_page_that_needs_more_memory_than_there_is_is_not_said_to_be_damaged(tmp_path, campaign):
    path = tmp_path / "BC.html"
    path.write_bytes(b"<table>" + b"<tr><td>1<td>2<td>3" * 200_000)
    little = campaign.model_copy(update={"file_budget": FileBudget(megabytes=200)})

    (found,) = read_paths(Reader(little), [path])

    assert [(one.rule, "200 MB" in str(one.message)) for one in found.findings] == [
        ("file_unreadable", True)
    ]


# A nursery that is ended


@pytest.mark.slow
@linux
def test_a_nursery_that_somebody_ends_is_made_again():
    assert told("b'1'") == [b"1"]
    nursery = pool._nursery(SMALL.megabytes)
    process = nursery._process  # type: ignore[attr-defined]
    os.kill(process if isinstance(process, int) else process.pid, signal.SIGKILL)

    assert told("b'2'") == [b"2"]


# What workers say is doubted


def of_file(**about: str) -> bytes:
    return packed([replace(Submission(file="a.xlsx", sha256="1"), **about)])


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[0]\n[]\n", b"[0]\n[{}]\n", b"\x80\x04K\x01.", of_file(file="b.xlsx"),
        of_file(sha256="2"), of_file().replace(b"[0]", b"[0, 0]"),
        of_file().replace(b"[0]", b"[9]") + b"ARROW1\0\0?",
    ],
)  # fmt: skip
def test_what_is_no_report_of_the_file_is_not_believed(body):
    demand_sound(of_file(), "a.xlsx", "1")

    with pytest.raises(ValueError):
        demand_sound(body, "a.xlsx", "1")


@pytest.mark.slow
def test_reports_come_back_from_a_worker_as_they_are_read_here(campaign, tmp_path):
    path = tmp_path / "BC Bong Son 16-8.xlsx"
    path.write_bytes(workbook(mau02(people([45, 38, "x"]))))
    reader = Reader(campaign, b"1" * 16)

    (apart_read,) = read_paths(reader, [path])
    (here,) = reader.read(path.read_bytes(), f"{tmp_path.name}/{path.name}")

    assert apart_read.to_json() == here.to_json() | {"file": path.as_posix()}
    assert apart_read.facts["numerator_cumulative"] == 83


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return Campaign.load(ROOT / "params")


# In a day


@pytest.mark.slow
@linux
def test_a_workbook_that_aborts_its_reader_is_one_finding_of_its_unit_and_the_day_goes_on(
    desk, monkeypatch
):
    name = report(desk.inbox, "XÃ HOÀI SƠN", [5, 6]).name
    read = apart.read_apart

    def aborting(requests, *limits):
        given = (r._replace(reader=ABORTED) if r.file == name else r for r in requests)
        return read(given, *limits)

    monkeypatch.setattr(apart, "read_apart", aborting)

    snapshot = desk.snapshot()

    assert desk.figures(snapshot) == SUMS
    (found,) = [one for arrival, one in snapshot.submissions if arrival.path == name]
    assert [(one.rule, one.severity) for one in found.findings] == [("file_unreadable", "error")]
    assert found.unit_code == "21652" or found.unit_name == "Xã Hoài Sơn"
    assert desk.snapshot().parsed == 0  # what the file itself brings about is kept


@pytest.mark.slow
def test_a_file_whose_worker_was_killed_is_told_and_read_by_the_next_run(desk, monkeypatch):
    path = report(desk.inbox, "XÃ HOÀI SƠN", [5, 6])
    settled = apart.settled

    def lost(made, reader, file, sha256):
        return settled(Ended.LOST if file == path.name else made, reader, file, sha256)

    with monkeypatch.context() as patched:
        patched.setattr(apart, "settled", lost)
        snapshot = desk.snapshot()
    assert said(snapshot) == [("file_unreadable", path.name)]
    assert desk.figures(snapshot) == SUMS

    again = desk.snapshot()
    assert (said(again), again.parsed) == ([], 1)
    assert desk.figures(again) == SUMS | {"Xã Hoài Sơn": 11}


def test_many_files_are_kept_in_the_same_bytes_however_many_workers_read_them(desk, monkeypatch):
    shutil.rmtree(desk.register / "parsed")
    sizes = []
    for workers in (1, 3):
        monkeypatch.setattr(pool, "usual_workers", lambda workers=workers: workers)
        assert desk.snapshot().parsed == len(COUNTS)
        sizes.append({p.name: p.read_bytes() for p in desk.register.rglob("*.entry")})
        shutil.rmtree(desk.register / "parsed")

    assert sizes[0] == sizes[1] and len(sizes[0]) == len(COUNTS)


def test_nothing_new_starts_no_worker(desk, monkeypatch):
    def nothing(*_given: object) -> None:
        raise AssertionError("a worker was started")

    monkeypatch.setattr(pool, "_nursery", nothing)

    assert desk.snapshot().parsed == 0
    assert ingest.MANY > 1


# LibreOffice


class Asked(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_error(404)

    def log_message(self, *_given: object) -> None:
        pass


def linking_rtf(file: Path, address: str) -> bytes:
    return (
        r"{\rtf1\ansi Bong Son {\field{\*\fldinst INCLUDETEXT "
        rf'"{file}"}}{{\fldrslt x}}}}{{\field{{\*\fldinst INCLUDEPICTURE "{address}" \\d}}'
        r"{\fldrslt y}}\par}"
    ).encode()


def linking_xml(file: Path, address: str) -> bytes:
    """A document of LibreOffice that says it is one of Word 2003."""
    names = " ".join(
        f'xmlns:{name}="{space}"'
        for name, space in {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
            "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
            "xlink": "http://www.w3.org/1999/xlink",
        }.items()
    )
    return (
        f'<?xml version="1.0"?><!-- Word.Document --><office:document {names} '
        'office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.2">'
        "<office:body><office:text><text:p>Bong Son <draw:frame><draw:image "
        f'xlink:href="{address}" xlink:type="simple"/></draw:frame></text:p>'
        f'<text:section text:name="S"><text:section-source xlink:href="{file.as_uri()}"/>'
        "<text:p>x</text:p></text:section></office:text></office:body></office:document>"
    ).encode()


@pytest.mark.slow
@linux
@pytest.mark.needs("soffice")
@pytest.mark.parametrize("linking", [linking_rtf, linking_xml])
@pytest.mark.parametrize("walls", ["a worker", "the settings of LibreOffice alone"])
def test_libreoffice_reads_no_local_file_and_asks_no_address(
    walls: str, linking: Callable[[Path, str], bytes], tmp_path
):
    secret = tmp_path / "secret.txt"
    secret.write_text("7777")
    as_docx.cache_clear()
    with HTTPServer(("127.0.0.1", 0), Asked) as server:
        server.asked = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        content = linking(secret, f"http://127.0.0.1:{server.server_port}/a.png")
        in_worker = walls == "a worker"
        (made,) = each(as_docx, [content], FileBudget()) if in_worker else [as_docx(content)]
        server.shutdown()

    assert isinstance(made, bytes)
    text = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert "7777" not in text
    assert server.asked == []  # type: ignore[attr-defined]


@pytest.mark.slow
@linux
@pytest.mark.needs("soffice")
def test_an_old_document_is_read_inside_the_walls(tmp_path, campaign):
    path = tmp_path / "BC.rtf"
    said_there = "UBND phường Bồng Sơn báo cáo ngày 16/8: cài Bluezone lũy kế: 5.432"
    coded = "".join(c if ord(c) < 128 else rf"\u{ord(c)}?" for c in said_there)
    path.write_bytes(rf"{{\rtf1\ansi {coded}\par}}".encode())

    (found,) = read_paths(Reader(campaign), [path])

    assert found.facts["numerator_cumulative"] == 5432
    assert not [p for p in Path("/tmp").glob("OSL_PIPE*") if p.stat().st_mtime > time.time() - 5]


def test_what_tasks_share_is_not_sent_with_each_of_them():
    shared = Shared(bytes(10**6))
    tasks = [(shared, b"1"), (shared, b"2"), (Shared(b"another"), b"3"), (shared, b"4")]
    crew = pool._Crew(FileBudget(), 1, ())

    assert [*each(b"".join, tasks, FileBudget(), workers=1)] == [*map(b"".join, tasks)]
    assert all(len(crew._message(b"".join, task)) < 1000 for task in tasks)
