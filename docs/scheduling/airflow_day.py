"""The briefing of each day as a DAG of Airflow 2.4 or newer: at 15:10, with the day as the date."""

import os
import shlex

import pendulum

try:  # Airflow 3
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.sdk import DAG
except ImportError:
    from airflow.models.dag import DAG
    from airflow.operators.bash import BashOperator

FOLDER = os.environ.get("BRIEFING_FOLDER", "/srv/briefing")
COMMAND = os.environ.get("BRIEFING_COMMAND", f"{FOLDER}/.venv/bin/briefing")
ZONE = "Asia/Ho_Chi_Minh"

with DAG(
    "briefing",
    schedule="10 15 * * *",
    start_date=pendulum.datetime(2021, 8, 16, tz=ZONE),
    catchup=False,
    max_active_runs=1,
) as dag:
    # The run of 15:10 begins when its interval ends: the day is that of the end.
    BashOperator(
        task_id="daily",
        bash_command=f"{shlex.quote(COMMAND)} daily --date "
        f"{{{{ data_interval_end.in_timezone('{ZONE}').strftime('%Y-%m-%d') }}}}",
        cwd=FOLDER,
        retries=1,
    )
