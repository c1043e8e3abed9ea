"""Whatever fails reaches the user as words and an exit code, never as a traceback."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.cli.group import LAZY, Commands
from briefing.errors import RunError
from briefing.failures import failure_message, kernel_message
from briefing.register.locks import held
from briefing.writing import write_legibly
from tests.hostile.conftest import COUNTS, DAY, Desk, report
from tests.run.conftest import ROOT, Office

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows writes Unicode to its windows")


def failing(error: BaseException, *arguments: str) -> tuple[int, str]:
    """Exit code and messages of a command that meets an error, as `briefing` would end."""
    group = Commands("briefing")

    @group.command()
    def work() -> None:
        raise error

    from briefing.cli.group import _debug

    group.params.append(_debug())
    run = CliRunner().invoke(group, [*arguments], prog_name="briefing")
    return run.exit_code, run.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x/outputs"), "/x/outputs: đĩa đã đầy."),
        (shutil.Error([("/x/a", "/y/a", "[Errno 28] No space left on device")]), "đĩa đã đầy."),
        (OSError(errno.EFBIG, "File too large"), "briefing work: đĩa đã đầy."),
        (PermissionError(errno.EACCES, "denied", "/x/outputs"), "không có quyền đọc hoặc ghi"),
        (OSError(errno.EROFS, "Read-only file system", "/x"), "không có quyền đọc hoặc ghi"),
        (OSError(errno.EMFILE, "Too many open files"), "quá nhiều tệp đang mở"),
        (FileNotFoundError(errno.ENOENT, "gone", "/x/y"), "/x/y: tệp hoặc thư mục này không còn"),
        (OSError(errno.EIO, "Input/output error", "/x/y"), "báo lỗi (EIO)"),
        (MemoryError(), "máy hết bộ nhớ"),
        (RecursionError("maximum recursion depth exceeded"), "lỗi ngoài dự kiến (RecursionError"),
        (KeyError("unit\ncode"), r"lỗi ngoài dự kiến (KeyError: 'unit\ncode')"),
        (ValueError("a\x1b[31mred\nline"), r"(ValueError: a\x1b[31mred line)"),
        (KeyboardInterrupt(), "briefing work: đã dừng vì Ctrl-C."),
    ],
)  # fmt: skip
def test_an_error_is_one_line_in_vietnamese_that_says_what_stands(error, said):
    code, message = failing(error, "work")

    assert code == 1 and said in message
    assert message.count("\n") == 1 and "Traceback" not in message
    assert message.endswith("những gì đã công bố trước đó vẫn giữ nguyên.\n")


@pytest.mark.parametrize("arguments", [("--debug", "work"), ("work", "--debug")])
def test_debug_before_or_behind_the_command_shows_the_traceback_too(arguments):
    code, message = failing(RunError("không chạy"), *arguments)

    assert code == 1 and "Traceback" in message and message.endswith("không chạy\n")
    assert failing(RunError("không chạy"), "work") == (1, "không chạy\n")


def test_every_command_takes_debug():
    for name in LAZY:
        command = main.get_command(click.Context(main), name)
        assert "--debug" in [option for one in command.params for option in one.opts], name


@posix
@pytest.mark.parametrize("kind", ["a file", "a folder in it"])
def test_outputs_that_are_a_file_are_named(tmp_path, kind):
    desk = Desk(tmp_path)
    desk.inbox.mkdir()
    desk.outputs.write_text("not a folder")
    outputs = desk.outputs if kind == "a file" else desk.outputs / "more"
    run = invoked("daily", "--inbox", str(desk.inbox), "--outputs", str(outputs))

    assert run.exit_code == 1 and "có tệp nằm ở chỗ của thư mục" in run.stderr


def invoked(*arguments: str):
    return CliRunner().invoke(main, [*arguments], prog_name="briefing")


def test_an_inbox_that_is_no_folder_is_wrong_usage_and_makes_nothing(tmp_path):
    (tmp_path / "inbox").write_text("x")
    outputs = str(tmp_path / "outputs")
    run = invoked("daily", "--inbox", str(tmp_path / "inbox"), "--outputs", outputs)

    assert run.exit_code == 2 and "là tệp, không phải thư mục" in run.stderr
    assert not (tmp_path / "outputs").exists()


@pytest.mark.slow
def test_from_a_folder_without_a_campaign_a_command_finds_the_project_of_the_program(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "thu.txt").write_text("Xã Hoài Sơn", encoding="utf-8")

    assert invoked("check", "thu.txt").exit_code == 1  # nothing is known of params here


def test_a_folder_without_a_campaign_that_is_named_says_where_to_go(tmp_path):
    run = invoked("daily", "--params", str(tmp_path))

    assert run.exit_code == 2
    assert "campaign.yaml: không có tệp này." in run.stderr and "--params" in run.stderr


@pytest.fixture
def desk_with_notebooks(tmp_path, opened, monkeypatch) -> Office:
    import shutil

    shutil.copytree(opened.folder, tmp_path, dirs_exist_ok=True)
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Office(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "không có sổ tính này"),
        ("no JSON", "không phải sổ tính hoặc đã hỏng"),
        ("[]", "không phải sổ tính hoặc đã hỏng"),
        ('{"cells": 3}', "không phải sổ tính hoặc đã hỏng"),
    ],
)
def test_a_notebook_that_is_missing_or_none_is_told_before_the_work(
    desk_with_notebooks, content, said, monkeypatch
):
    notebook = desk_with_notebooks.folder / "notebooks" / "3_briefing.ipynb"
    notebook.unlink()
    if content is not None:
        notebook.write_text(content)
    monkeypatch.setattr("briefing.params.run.OWN", Path("/nowhere"))
    monkeypatch.setattr("briefing.run.pages.OWN", Path("/nowhere"))
    monkeypatch.chdir(desk_with_notebooks.folder)
    run = invoked("daily", "--date", DAY)

    assert run.exit_code == 1 and "3_briefing.ipynb" in run.stderr and said in run.stderr
    assert not (desk_with_notebooks.folder / "outputs" / DAY).exists()


# Streams


@pytest.mark.slow
@posix
@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "ascii", "latin-1", "utf-8"])
def test_what_is_redirected_is_written_whatever_the_encoding(tmp_path, encoding):
    path = report(tmp_path, "PHƯỜNG BỒNG SƠN", COUNTS["PHƯỜNG BỒNG SƠN"])
    found = {}
    for form in ((), ("--json",)):
        done = subprocess.run(
            [sys.executable, "-m", "briefing.cli", "check", *form, str(path)],
            cwd=ROOT, capture_output=True, env=os.environ | {"PYTHONIOENCODING": encoding},
        )  # fmt: skip
        assert b"Traceback" not in done.stderr and done.returncode in (0, 1), done.stderr
        found[form] = done.stdout.decode(encoding)
    assert json.loads(found["--json",])["unit_name"] == "Phường Bồng Sơn"
    if encoding == "utf-8":
        assert "Phường Bồng Sơn" in found[()]
    if encoding == "ascii":
        assert "Phuong Bong Son" in found[()]
    if encoding == "cp1258":  # the tone stands behind its letter
        assert "Phươ\u0300ng Bô\u0300ng Sơn" in found[()]


@pytest.mark.slow
@posix
def test_a_pipe_that_nobody_reads_ends_the_command_quietly(tmp_path):
    path = report(tmp_path, "PHƯỜNG BỒNG SƠN", COUNTS["PHƯỜNG BỒNG SƠN"])
    running = subprocess.Popen(
        [sys.executable, "-m", "briefing.cli", "check", str(path)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert running.stdout and running.stderr
    running.stdout.close()
    said = running.stderr.read()
    running.wait()

    assert said == b""


# Two runs at once


def test_a_second_run_says_that_it_waits_for_whom_and_goes_on(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr("briefing.register.locks.PATIENCE", 0.05)
    lock = tmp_path / ".lock"
    begun, ended = threading.Event(), []

    def first() -> None:
        with held(lock):
            begun.set()
            time.sleep(0.6)
            ended.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait()
    with held(lock):
        ended.append("second")
    thread.join()

    assert ended == ["first", "second"]
    waits, goes_on = caplog.messages
    assert f"(tiến trình {os.getpid()} trên máy " in waits and "Lần chạy này chờ" in waits
    assert "chạy tiếp sau 1 giây" in goes_on
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_a_run_that_need_not_wait_says_nothing(tmp_path, caplog):
    with held(tmp_path / ".lock"):
        pass

    assert caplog.messages == []


def test_words_for_an_error_of_wrong_params_come_with_exit_code_two(tmp_path):
    from briefing.errors import ParamsError

    assert failure_message(ParamsError("sai"), "briefing daily") == ("sai", 2)


def test_an_error_of_the_system_inside_a_notebook_is_told_in_the_same_words():
    said = kernel_message("OSError", "[Errno 28] No space left on device", "3_briefing.ipynb")

    assert said.startswith("3_briefing.ipynb: đĩa đã đầy.")
    assert kernel_message("KeyError", "'a'\n'b'", "x") == "KeyError: 'a' 'b'"


@pytest.mark.parametrize(
    ("encoding", "written"),
    [("ascii", 'Pho huong: 12 h, "xa" - ?'), ("cp1252", "Phô huong: 12\xa0h, “xã” – ?")],
)
def test_a_sign_that_an_encoding_lacks_is_written_as_the_nearest_that_it_has(encoding, written):
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    write_legibly(stream)
    stream.write("Phố hương: 12\xa0h, “xã” – 漢")
    stream.flush()

    assert stream.buffer.getvalue().decode(encoding) == written
