"""A run on Spark, on two cores of this machine, gives the bytes of the reference and of the embedded engine.

`pytest -m spark`: a session takes its time to begin. Skipped, and said so, where there is no Spark or no Java.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

from gridlang.cli.commands.run import command
from gridlang.cli.period import stretch
from gridlang.runtime import inputs, outputs, reference
from gridlang.runtime.engine.execution import execute as embedded
from gridlang.runtime.engine.spark import wire
from gridlang.runtime.engine.spark.execution import execute
from gridlang.runtime.engine.spark.partition import PARTS
from gridlang.runtime.inputs import InputFile, InputFiles
from gridlang.runtime.rows import Execution, Input
from gridlang.schedule.model import Schedule
from tests.bench import population
from tests.unit.cli.test_state import EVENTS, PERSONS, PLAN
from tests.unit.engine.partitions import some, without_capacity
from tests.unit.engine.test_partitions import schedule_at
from tests.unit.engine.test_reading import PLANS, files_of

pytestmark = pytest.mark.spark

PEOPLE = 150
"""Of an example, where the kernel is not compiled."""
ACCOUNTS = 120
SMALL = {
    "spark.driver.memory": "1g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": "3",
    # Otherwise Spark makes one partition of so few people.
    "spark.sql.adaptive.coalescePartitions.enabled": "false",
}


def _missing() -> str | None:
    if importlib.util.find_spec("pyspark") is None:
        return "the extra `spark` is not installed"
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        return "Spark needs a Java runtime"
    return None


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    if missing := _missing():
        warnings.warn(f"NOTHING WAS TRIED ON SPARK: {missing}", stacklevel=1)
        pytest.skip(missing)
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    building = SparkSession.builder.master("local[2]").appName("gridlang tests")
    for option, value in SMALL.items():
        building = building.config(option, value)
    found = building.getOrCreate()
    yield found
    found.stop()


def bytes_of(schedule: Schedule, execution: Execution, given: Input) -> dict[str, bytes]:
    files = outputs.files(schedule, execution, "csv", lists={}, given=given)
    return {file.path: file.content for file in files}


def hold(schedule: Schedule, given: Input, session: Any) -> Execution:
    """The three executions, byte by byte; gives that of Spark."""
    period = stretch(schedule.plan, None, None)
    found = execute(schedule, given, *period, session=session)
    for other in (embedded(schedule, given, *period), reference.execute(schedule, given, *period)):
        assert bytes_of(schedule, found, given) == bytes_of(schedule, other, given)
        assert attrs.asdict(found.counts) == attrs.asdict(other.counts)
    return found


@pytest.mark.parametrize("folder", PLANS, ids=lambda place: place.name)
def test_the_examples(folder: Path, session: Any) -> None:
    """With room at every desk; only the record shop has it already."""
    schedule = schedule_at(folder)
    if folder.name != "record_shop":
        schedule = without_capacity(schedule)
    assert hold(schedule, some(schedule, files_of(folder), PEOPLE), session).touches


@pytest.fixture
def came(monkeypatch: pytest.MonkeyPatch) -> list[wire.Found]:
    """What came from partitions, a run of Spark after the other."""
    runs: list[wire.Found] = []

    def found(table: Any) -> wire.Found:
        runs.append(as_found(table))
        return runs[-1]

    as_found = wire.found
    monkeypatch.setattr(wire, "found", found)
    return runs


def test_a_generated_population(tmp_path: Path, session: Any, came: list[wire.Found]) -> None:
    made = population.make(ACCOUNTS, tmp_path)
    schedule = without_capacity(schedule_at(population.PLAN))
    persons, events = (InputFile(place.name, place.read_bytes()) for place in (made.persons, made.events))
    read = inputs.read(schedule, InputFiles(persons=persons, events=events))
    assert not read.problems
    execution = hold(schedule, read.value, session)
    assert {task.member for task in execution.tasks if task.kind == "task"} == {"mette@example.dk", "jonas@example.dk"}
    assert len({part // PARTS for part in came[0].parts}) == int(SMALL["spark.sql.shuffle.partitions"])


def test_without_people_only_the_plan_itself_runs(session: Any) -> None:
    schedule = without_capacity(schedule_at(population.PLAN))
    nobody = Input(contacts=(), accounts={}, happenings=())
    assert {touch.contact for touch in hold(schedule, nobody, session).touches} == {""}


def test_the_command(tmp_path: Path, session: Any, came: list[wire.Found]) -> None:
    """In this process, so that it finds the session."""
    shop = tmp_path / "shop"
    shop.mkdir()
    for name, text in (("plan.grid", PLAN), ("persons.csv", PERSONS), ("events.csv", EVENTS)):
        (shop / name).write_text(text, "utf-8")
    written = []
    for engine in ("reference", "spark"):
        out = tmp_path / engine
        done = CliRunner().invoke(command, [str(shop), "--engine", engine, "--out", str(out)])
        assert done.exit_code == 0, done.output
        written.append({place.name: place.read_bytes() for place in out.iterdir() if place.is_file()})
    assert written[0] == written[1]
    assert len(written[0]["touches.csv"].splitlines()) > 50
    assert len(came) == 1
