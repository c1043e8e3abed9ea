"""Wrong usage of the command: what was wrong, in the language of the run."""

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.language import language


def said(*args: str) -> tuple[int, str]:
    run = CliRunner().invoke(main, [*args], prog_name="briefing")
    return run.exit_code, run.stderr.strip()


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (["check", "nofile.xlsx"], "briefing check: không có tệp “nofile.xlsx”."),
        (["check", "."], "briefing check: “.” là thư mục: hãy chỉ các tệp trong đó, ví dụ ./*."),
        (["check", "--jsn", "x"], "briefing check: không có tùy chọn --jsn (có phải là --json?)."),
        (["check"], "briefing check: thiếu FILES."),
        (["chek"], "briefing: không có lệnh chek"),
        (["backfill", "--from", "16/8"],
         "briefing backfill: --from: “16/8” không phải là ngày: viết theo dạng 2021-08-16."),
        (["sample", "a", "b"], "briefing sample: thừa b."),
    ],
)  # fmt: skip
def test_wrong_usage_is_said_in_vietnamese_with_where_to_look(args, text):
    code, told = said(*args)

    assert code == 2
    assert told.startswith(text)
    assert "Chưa chạy gì. Xem hướng dẫn: briefing" in told and told.endswith("--help")
    assert "Usage" not in told and "Error" not in told


def test_the_same_comes_in_english_where_the_run_is_english():
    with language("en"):
        assert said("check", "nofile.xlsx")[1] == (
            "briefing check: there is no file “nofile.xlsx”. Nothing was run. "
            "See: briefing check --help"
        )


def test_help_is_no_wrong_usage():
    run = CliRunner().invoke(main, ["check", "--help"])

    assert (run.exit_code, run.stderr) == (0, "")
