"""`grid run --engine spark`: the session that a run is executed on, and plain words when there can be none."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gridlang.cli.exits import UNUSABLE

if TYPE_CHECKING:
    from gridlang.runtime.rows import Execution, Input
    from gridlang.schedule.model import Schedule, Team

INSTALL = 'pip install "gridlang[spark]"'
JAVA = "Spark needs Java 17 or newer, and there is none: apt-get install default-jre-headless, or set JAVA_HOME"
_OURS = "org.apache.spark.api.python.PythonException"
"""In what Spark tells when our own code in a worker has failed."""
_LOST = "Python worker exited unexpectedly"
_TRIES = 4
"""So often a part is executed when its worker is lost, as Spark does on a cluster; on one machine it would try once."""
_MASTER, _HERE = "spark.master", "local[*]"
"""What Spark takes when nobody says where: all cores of this machine."""
_QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF"}


def execute(schedule: Schedule, given: Input, start: int, until: int) -> Execution:
    """Execute a plan on Spark; a plan, or a machine, that cannot is wrong usage."""
    if hindered := hindrance(schedule):
        raise click.UsageError(f"--engine spark: {hindered}")
    from py4j.protocol import Py4JError  # type: ignore[import-untyped, import-not-found, unused-ignore]
    from pyspark.errors import PySparkException, PythonException

    from gridlang.runtime.engine.lowering import Refused
    from gridlang.runtime.engine.spark.execution import execute as on_spark

    try:
        return on_spark(schedule, given, start, until, session=session())
    except Refused as refused:
        raise click.UsageError(f"--engine spark cannot execute {refused}: take --engine reference") from None
    except (Py4JError, PySparkException) as error:
        if isinstance(error, PythonException) or _OURS in str(error):
            raise
        raise GaveUp(_why(str(error))) from error


class GaveUp(click.ClickException):
    """A worker was killed again and again, or what Spark runs on has gone."""

    exit_code = UNUSABLE

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"--engine spark: Spark gave up: {reason}. No output has changed. Mostly a worker had too little memory: "
            "give it more (spark.executor.memory, spark.driver.memory), or more and smaller parts "
            "(spark.sql.shuffle.partitions); spark.log.level=WARN tells more. --engine compiled needs no Spark."
        )


def _why(told: str) -> str:
    """What Spark says itself, from the depth of its traces: that a worker was lost, else the last cause."""
    if _LOST in told:
        return re.split(r"[.\n]", told[told.index(_LOST) :])[0]
    causes = [line.removeprefix("Caused by: ") for line in told.splitlines() if line.startswith("Caused by: ")]
    last = (causes[-1:] or told.splitlines() or ["it did not say why"])[0]
    return re.sub(r"^(?:[\w.$]+(?:Exception|Error): )+", "", last).strip().rstrip(".:")


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
    """The session that is open; else one as Spark is set up here (`spark-defaults.conf`, `PYSPARK_SUBMIT_ARGS`), and
    without any master the cores of this machine."""
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    found = SparkSession.getActiveSession()
    if found is not None:
        return found
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    building = SparkSession.builder.appName("gridlang")
    for option, value in _wanted(SparkContext, SparkConf).items():
        building = building.config(option, value)
    return building.getOrCreate()


def _wanted(context: Any, settings: Any) -> dict[str, str]:
    """What of our settings nobody has set otherwise; of a Spark elsewhere that is not known from here."""
    if os.environ.get("SPARK_REMOTE"):
        return _QUIET
    context._ensure_initialized()  # before, the settings of this machine are not known
    known = settings()
    wanted = {option: value for option, value in _QUIET.items() if not known.contains(option)}
    if known.get(_MASTER, _HERE) == _HERE:
        wanted[_MASTER] = f"local[*,{_TRIES}]"
    return wanted
