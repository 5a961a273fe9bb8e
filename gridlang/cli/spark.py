"""`grid run --engine spark`: the session that a run is executed on, and plain words when there can be none."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from gridlang.runtime.rows import Execution, Input
    from gridlang.schedule.model import Schedule, Team

INSTALL = 'pip install "gridlang[spark]"'
JAVA = "Spark needs Java 17 or newer, and there is none: apt-get install default-jre-headless, or set JAVA_HOME"
_QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}


def execute(schedule: Schedule, given: Input, start: int, until: int) -> Execution:
    """Execute a plan on Spark; a plan, or a machine, that cannot is wrong usage."""
    if hindered := hindrance(schedule):
        raise click.UsageError(f"--engine spark: {hindered}")
    from gridlang.runtime.engine.lowering import Refused
    from gridlang.runtime.engine.spark.execution import execute as on_spark

    try:
        return on_spark(schedule, given, start, until, session=session())
    except Refused as refused:
        raise click.UsageError(f"--engine spark cannot execute {refused}: take --engine reference") from None


def hindrance(schedule: Schedule) -> str | None:
    """Why Spark cannot run this plan here, with the way out."""
    from gridlang.runtime.engine.spark import refused

    if teams := refused(schedule):
        return _capacities(schedule, teams)
    if any(importlib.util.find_spec(name) is None for name in ("pyspark", "pandas", "numba")):
        return f"what it needs is not installed. {INSTALL}"
    from gridlang.runtime.engine.lowering import unsupported

    if found := unsupported(schedule):
        return f"it cannot execute {'; '.join(found)} yet; the reference interpreter can: --engine reference"
    return None if _has_java() else JAVA


def _capacities(schedule: Schedule, teams: tuple[Team, ...]) -> str:
    """The desk (R18) is where accounts meet."""
    told = []
    for team in teams:
        place = team.place if team.capacity_place is None else team.capacity_place
        where = schedule.places[place]
        told.append(f"{team.name} hands out {team.capacity} ({where.file}:{where.line})")
    return (
        f"{'; '.join(told)}. Who gets such a place and who waits depends on everybody at once, and Spark executes each "
        "household or firm by itself. Take --engine compiled, or run the plan without `capacity:` and read in run.html "
        "how many tasks each week then has."
    )


def _has_java() -> bool:
    """Not asked of a Spark that runs elsewhere."""
    home = os.environ.get("JAVA_HOME")
    return bool(os.environ.get("SPARK_REMOTE") or (home and (Path(home) / "bin").is_dir()) or shutil.which("java"))


def session() -> Any:
    """The session that is open; else one as Spark is set up here (`spark-defaults.conf`, `PYSPARK_SUBMIT_ARGS`), which
    without any master is the cores of this machine."""
    from pyspark.sql import SparkSession

    found = SparkSession.getActiveSession()
    if found is not None:
        return found
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    building = SparkSession.builder.appName("gridlang")
    for option, value in _QUIET.items():
        building = building.config(option, value)
    return building.getOrCreate()
