"""The briefing of each day as an asset of Dagster: one partition a day, run at 15:10."""

import os
import subprocess

from dagster import (
    AssetExecutionContext,
    DailyPartitionsDefinition,
    Definitions,
    Failure,
    MaterializeResult,
    MetadataValue,
    RunRequest,
    ScheduleEvaluationContext,
    asset,
    define_asset_job,
    schedule,
)

FOLDER = os.environ.get("BRIEFING_FOLDER", "/srv/briefing")
COMMAND = os.environ.get("BRIEFING_COMMAND", f"{FOLDER}/.venv/bin/briefing")
ZONE = "Asia/Ho_Chi_Minh"


# The partition of a day is there on that day itself (end_offset), not only on the next one.
DAYS = DailyPartitionsDefinition(start_date="2021-08-16", timezone=ZONE, end_offset=1)


@asset(partitions_def=DAYS)
def briefing_of_the_day(context: AssetExecutionContext) -> MaterializeResult:
    """What `briefing daily` publishes; exit codes 1 and 2 fail with what the command says."""
    done = subprocess.run(
        [COMMAND, "daily", "--date", context.partition_key],
        cwd=FOLDER,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Failure(done.stderr.strip() or f"exit code {done.returncode}")
    pages = done.stdout.splitlines()
    return MaterializeResult(metadata={"pages": MetadataValue.text("\n".join(pages))})


job = define_asset_job("briefing", [briefing_of_the_day])


@schedule(job=job, cron_schedule="10 15 * * *", execution_timezone=ZONE)
def after_the_deadline(context: ScheduleEvaluationContext) -> RunRequest:
    """Today's partition, at 15:10."""
    return RunRequest(partition_key=context.scheduled_execution_time.strftime("%Y-%m-%d"))


definitions = Definitions(assets=[briefing_of_the_day], jobs=[job], schedules=[after_the_deadline])
