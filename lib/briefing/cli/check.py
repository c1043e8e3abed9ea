"""`briefing check`: reports are read, and nothing is stored."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from briefing.cli.completion import option
from briefing.cli.group import main
from briefing.cli.options import campaign_folder
from briefing.documents.terminal import print_reports
from briefing.intake.apart import read_files
from briefing.intake.files import ENDINGS, kind_of
from briefing.intake.reader import Reader
from briefing.messages import _
from briefing.params import RunParams
from briefing.writing import json_line


class ReportPath(click.Path):
    """A file to read; a folder named like one, or a link, is a finding and no wrong usage."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        path = Path(os.fsdecode(value))
        named = path.suffix.lower() in ENDINGS and kind_of(path) == "folder"
        return path if named or kind_of(path) == "link" else super().convert(value, param, ctx)


@main.command(epilog='briefing check "inbox/16.8/BC Hoai Thanh 16-8.xlsx"')
@click.argument("files", nargs=-1, required=True, type=ReportPath())
@option("--json", "as_json", is_flag=True, help="One JSON object a report, one a line.")
@option("--params", "folder", metavar="DIR", help="The campaign's folder.")
def check(files: tuple[Path, ...], as_json: bool, folder: str | None) -> None:
    """Read reports and say what is right and wrong with them; nothing is stored."""
    run = RunParams.checked({"params": campaign_folder(folder)}, where=_("command line"))
    reports = read_files(Reader(run.campaign), files)
    if as_json:
        for report in reports:
            click.echo(json_line(run.campaign.naming.record(report.to_json())))
    else:
        print_reports(reports, run.campaign)
    faulty = any(finding.severity == "error" for report in reports for finding in report.findings)
    sys.exit(1 if faulty else 0)
