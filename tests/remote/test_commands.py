"""Folders given by their URLs to the commands, and what is said where that goes wrong."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing import mirrors
from briefing.cli import main
from briefing.errors import ParamsError
from briefing.messages import _
from briefing.mirrors import local, plain, shown
from briefing.params import RunParams

ROOT = Path(__file__).parents[2]
OFFICE = "memory://thị xã"
WHERE = [f"--{name}={OFFICE}/{name}" for name in ("inbox", "params", "outputs")]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")


@pytest.fixture
def office(memory) -> None:
    """The project's campaign in a store, and a report that is not on paper."""
    for path in (ROOT / "params").iterdir():
        memory.pipe_file(f"{OFFICE}/params/{path.name}", path.read_bytes())
    told = "BC ngày 16/8/2021 Xã Hoài Sơn\nLũy kế số người cài đặt: 2623"
    memory.pipe_file(f"{OFFICE}/inbox/tin nhắn #1 (50%).txt", told.encode())


def said(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, arguments)
    return done.exit_code, done.output


def test_a_campaign_that_lies_elsewhere_is_looked_through(office):
    assert said("params", f"{OFFICE}/params") == said("params", str(ROOT / "params"))


@pytest.mark.slow
def test_what_one_machine_learns_is_in_the_register_there_and_another_knows_it(
    office, memory, monkeypatch, tmp_path
):
    daily = memory.cat_file(f"{OFFICE}/params/daily.yaml").decode()
    urls = "".join(f'{name}: "{OFFICE}/{name}"\n' for name in ("inbox", "outputs"))
    kept = [line for line in daily.splitlines() if not line.startswith(("inbox", "outputs"))]
    memory.pipe_file(f"{OFFICE}/params/daily.yaml", "\n".join([*kept, urls]).encode())

    code, table = said("status", "--date", "2021-08-16", "--params", f"{OFFICE}/params")

    assert code == 0 and "Hoài Sơn" in table
    register = f"{OFFICE}/outputs/register"
    assert memory.exists(f"{register}/arrivals.csv")
    assert not any("/." in path for path in memory.find(f"{OFFICE}/outputs"))
    assert [*Path.cwd().iterdir()] == []

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    monkeypatch.setattr("briefing.mirrors._known", {})

    assert said("forget", "--file", "tin nhắn #1 (50%).txt", *WHERE)[0] == 0
    assert "tin nhắn" not in memory.cat_file(f"{register}/arrivals.csv").decode()
    assert not memory.find(f"{register}/parsed")


def test_what_fails_names_the_url_and_leaves_its_note_there(office, memory):
    code, text = said("daily", "--date", "2021-08-16", *WHERE[1:], "--inbox", "memory://none")

    assert code == 2
    assert text.startswith("inbox: không có thư mục memory://none.") and "cache" not in text
    memory.pipe_file(f"{OFFICE}/outputs/2021-08-15/briefing.html", b"")
    said("daily", "--date", "2021-08-16", *WHERE[1:], "--inbox", "memory://none")
    assert "memory://none" in memory.cat_file(f"{OFFICE}/outputs/CHUA-XONG.txt").decode()


def test_a_kind_of_place_that_nobody_knows(office):
    code, text = said("params", "nowhere::memory://a/b")

    assert code == 2
    assert text == "nowhere::memory://a/b: không biết loại nơi lưu này. Chưa chạy gì.\n"


def test_what_speaks_with_a_place_has_to_be_installed(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)

    code, text = said("params", "memory://a/b")

    assert code == 2 and "pip install briefing[remote]" in text


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (PermissionError("key AKIA123"), 1, "không được phép vào (PermissionError)"),
        (type("NoCredentialsError", (Exception,), {})("AKIA123"), 1, "(NoCredentialsError)"),
        (ConnectionRefusedError("AKIA123"), 1, "không kết nối được"),
        (FileNotFoundError("AKIA123"), 2, "không có thùng chứa"),
        (RuntimeError("AKIA123"), 1, "trả lời không đúng (RuntimeError)"),
    ],
)
def test_a_failure_is_one_line_without_what_might_be_a_secret(
    memory, monkeypatch, error, code, words
):
    def find(*_given, **_how):
        raise error

    monkeypatch.setattr(type(memory), "find", find)

    done, text = said("params", "memory://me:secret@a/b")

    assert done == code and words in text and text.count("\n") == 1
    assert text.startswith("memory://a/b: ")
    assert "AKIA" not in text and "secret" not in text


def test_a_watch_is_for_folders_that_tell_what_changes(office):
    code, text = said("status", "--watch", *WHERE)

    assert code == 2 and text.startswith("--watch chỉ theo dõi thư mục")


@pytest.mark.parametrize("command", ["init", "sample", "forms"])
def test_what_is_written_for_people_is_written_here(command):
    code, text = said(command, "s3://bucket/x")

    assert code == 2 and "s3://bucket/x: hãy chỉ một thư mục của máy này." in text
    assert [*Path.cwd().iterdir()] == []


def test_a_notebook_works_on_folders_of_its_own_machine(office):
    with pytest.raises(ParamsError, match="sổ tính làm việc với thư mục của máy này"):
        RunParams.checked({"inbox": f"{OFFICE}/inbox"})


def test_a_mirror_is_called_by_what_it_is_of_and_a_password_by_nothing():
    url = "sftp://me:secret@máy/thư mục/outputs"
    mirror = local(url)

    assert local(f"{url}/2021-08-16/briefing.html") == mirror / "2021-08-16/briefing.html"
    assert local(f"{url}/../../x") == mirror / "x"
    assert local(f"{url}2") not in (mirror, local(url + "/"), *mirror.parents)
    assert local(f"{url}/") == mirror and mirror.name == "outputs"
    assert plain(url) == "sftp://máy/thư mục/outputs"
    assert shown(f"in {mirror}/a.html") == "in sftp://máy/thư mục/outputs/a.html"
    assert _("{folder}: {n} forms, prefilled with {day}", folder=mirror, n=1, day="x").startswith(
        "sftp://máy/thư mục/outputs:"
    )


def test_a_worker_shows_the_mirrors_of_the_process_that_it_works_for(monkeypatch):
    mirror = local("s3://bucket/outputs")
    told = mirrors.mirrors()
    monkeypatch.setattr(mirrors, "_known", {})
    monkeypatch.setattr(mirrors, "_others", {})

    mirrors.know(told)

    assert shown(f"{mirror}/a.html") == "s3://bucket/outputs/a.html"
    assert mirrors.url_of(mirror) is None


@pytest.mark.parametrize("folder", ["inbox", "a/b", "C:\\inbox", "\\\\server\\share", "/a:/b"])
def test_a_folder_is_no_url(folder):
    assert local(folder) == folder
