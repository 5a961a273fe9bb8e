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
from gridlang.runtime.engine.spark import execution as execution_
from gridlang.runtime.engine.spark import wire
from gridlang.runtime.engine.spark.execution import execute
from gridlang.runtime.engine.spark.partition import PARTS, Work
from gridlang.runtime.inputs import InputFile, InputFiles
from gridlang.runtime.rows import Execution, Input
from gridlang.schedule.model import Schedule
from tests.bench import population
from tests.unit.cli.test_state import EVENTS, PERSONS, PLAN
from tests.unit.engine.partitions import some, without_capacity
from tests.unit.engine.test_partitions import schedule_at
from tests.unit.engine.test_reading import PLANS, files_of

pytestmark = pytest.mark.spark

RECORD_SHOP = next(place for place in PLANS if place.name == "record_shop")
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
    building = SparkSession.builder.master("local[2,2]").appName("gridlang tests")
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


def shop_at(folder: Path) -> Path:
    """A plan without capacities, with its people."""
    shop = folder / "shop"
    shop.mkdir()
    for name, text in (("plan.grid", PLAN), ("persons.csv", PERSONS), ("events.csv", EVENTS)):
        (shop / name).write_text(text, "utf-8")
    return shop


def test_the_command(tmp_path: Path, session: Any, came: list[wire.Found]) -> None:
    """In this process, so that it finds the session."""
    shop = shop_at(tmp_path)
    written = []
    for engine in ("reference", "spark"):
        out = tmp_path / engine
        done = CliRunner().invoke(command, [str(shop), "--engine", engine, "--out", str(out)])
        assert done.exit_code == 0, done.output
        written.append({place.name: place.read_bytes() for place in out.iterdir() if place.is_file()})
    assert written[0] == written[1]
    assert len(written[0]["touches.csv"].splitlines()) > 50
    assert len(came) == 1


def dying(work: Work, mark: Path | None) -> Any:
    """The same work; the first worker that begins is killed, without a mark each that begins."""

    def executed(batches: Any) -> Any:
        import os
        import signal

        if mark is None or not mark.exists():
            if mark is not None:
                mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield from work(batches)

    return executed


def test_a_killed_worker_costs_its_part_only(tmp_path: Path, session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its part is executed once more."""
    mark = tmp_path / "one was killed"
    monkeypatch.setattr(execution_, "Work", lambda **told: dying(Work(**told), mark))
    schedule = schedule_at(RECORD_SHOP)
    assert hold(schedule, some(schedule, files_of(RECORD_SHOP), PEOPLE), session).touches
    assert mark.exists()


def test_workers_that_are_killed_again_and_again(tmp_path: Path, session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told in plain words; what was written before stays."""
    shop, out = shop_at(tmp_path), tmp_path / "out"
    told = [str(shop), "--out", str(out), "--engine"]
    assert CliRunner().invoke(command, [*told, "reference"]).exit_code == 0
    before = {place.name: place.read_bytes() for place in out.iterdir() if place.is_file()}
    monkeypatch.setattr(execution_, "Work", lambda **named: dying(Work(**named), None))
    done = CliRunner().invoke(command, [*told, "spark"])
    assert done.exit_code == 2
    assert "Spark gave up: Python worker exited unexpectedly" in " ".join(done.output.split())
    assert "No output has changed." in " ".join(done.output.split())
    assert "at org.apache" not in done.output
    assert {place.name: place.read_bytes() for place in out.iterdir() if place.is_file()} == before


def test_a_mistake_of_ours_in_a_worker_is_not_sparks(
    tmp_path: Path, session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> Any:
        def executed(batches: Any) -> Any:
            raise RuntimeError("a mistake of ours")

        return executed

    monkeypatch.setattr(execution_, "Work", broken)
    done = CliRunner().invoke(command, [str(shop_at(tmp_path)), "--out", str(tmp_path / "out"), "--engine", "spark"])
    assert done.exception is not None
    assert not isinstance(done.exception, SystemExit)
    assert "a mistake of ours" in str(done.exception)
