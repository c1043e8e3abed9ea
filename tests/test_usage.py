"""Wrong usage of the command: what was wrong, in the language of the run."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.cli.group import LAZY
from briefing.language import PARAGRAPH, catalog, language


def said(*args: str) -> tuple[int, str]:
    run = CliRunner().invoke(main, [*args], prog_name="briefing")
    return run.exit_code, run.stderr.strip()


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (["check", "nofile.xlsx"], "briefing check: 'FILES...': “nofile.xlsx” không tồn tại."),
        (["check", "."],
         "briefing check: 'FILES...': “.” là thư mục: hãy chỉ các tệp trong đó, ví dụ ./*."),
        (["check", "--jsn", "x"],
         "briefing check: Không có tùy chọn “--jsn”. Có phải là '--json'?"),
        (["check"], "briefing check: Thiếu tham số 'FILES...'."),
        (["chek"], "briefing: Không có lệnh “chek”. Có phải là 'check'?"),
        (["backfill", "--from", "2021-08-16"], "briefing backfill: Thiếu tùy chọn '--to'."),
        (["backfill", "--from", "16/8"],
         "briefing backfill: '--from': “16/8” không phải là ngày: viết theo dạng 2021-08-16."),
        (["daily", "--workers", "hai"], "briefing daily: '--workers': “hai” không phải là số."),
        (["daily", "--workers", "0"], "briefing daily: '--workers': 0 nằm ngoài khoảng x>=1."),
        (["daily", "--date"], "briefing daily: Tùy chọn “--date” cần một giá trị theo sau."),
        (["check", "--json=1", "x"], "briefing check: Tùy chọn “--json” không nhận giá trị."),
        (["sample", "a", "b"], "briefing sample: Thừa tham số (b)."),
        (["sample", "a", "b", "c"], "briefing sample: Thừa các tham số (b c)."),
    ],
)  # fmt: skip
def test_wrong_usage_is_said_in_vietnamese_with_where_to_look(args, text):
    code, told = said(*args)

    assert code == 2
    assert told.startswith(text)
    assert "Chưa chạy gì. Xem hướng dẫn: briefing" in told and told.endswith("--help")
    assert "Usage" not in told and "Error" not in told


@pytest.fixture
def english(monkeypatch) -> Iterator[None]:
    """As for somebody whose BRIEFING_LANG says so; the language of before afterwards."""
    monkeypatch.setenv("BRIEFING_LANG", "en_GB.UTF-8")
    with language("en"):
        yield


def test_the_same_comes_in_english_where_the_run_is_english(english):
    assert said("check", "nofile.xlsx")[1] == (
        "briefing check: Invalid value for 'FILES...': File 'nofile.xlsx' does not exist. "
        "Nothing was run. See: briefing check --help"
    )


def helps(command: click.Command) -> Iterator[str]:
    """Every text that the help of a command, its options and its own commands is made of."""
    yield from (command._help or "").split(PARAGRAPH)
    yield from (option._help or "" for option in command.params if isinstance(option, click.Option))
    for own in getattr(command, "commands", {}).values():
        yield from helps(own)


def test_the_help_of_every_command_and_option_is_there_in_vietnamese():
    assert [text for text in helps(main) if text not in catalog("vi")] == []


def test_help_is_no_wrong_usage_and_comes_in_the_language_of_the_run():
    run = CliRunner().invoke(main, ["backtest", "--help"], prog_name="briefing")

    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout.startswith("Cách dùng: briefing backtest [OPTIONS] SERIES")
    assert "Số ngày dự báo trước.  [mặc định: 7; x>=1]" in run.stdout
    assert "-h, --help               Hiện hướng dẫn này rồi thoát." in run.stdout


def test_an_english_office_has_english_help(english):
    run = CliRunner().invoke(main, ["backtest", "--help"], prog_name="briefing")

    assert run.stdout.startswith("Usage: briefing backtest [OPTIONS] SERIES")
    assert "Days ahead.  [default: 7; x>=1]" in run.stdout


@pytest.mark.parametrize("name", LAZY)
def test_each_command_stands_in_its_module_and_its_help_begins_as_the_list_says(name):
    module, text = LAZY[name]
    command = main.get_command(click.Context(main), name)

    assert command.callback.__module__ == f"briefing.cli.{module}"
    assert command._help.split(PARAGRAPH)[0].replace("\n", " ") == text


@pytest.mark.parametrize("named", [["--params", "own"], ["--params=own"], []])
def test_without_it_help_is_in_the_language_of_the_campaign_that_is_meant(
    named, tmp_path, monkeypatch
):
    folder = tmp_path / ("own" if named else "params")
    folder.mkdir()
    (folder / "daily.yaml").write_text("report_date: ''\nlang: en    # vi or en\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    with language("vi"):
        run = CliRunner().invoke(main, ["daily", *named, "--help"], prog_name="briefing")

    assert run.stdout.startswith("Usage: briefing daily [OPTIONS]")
