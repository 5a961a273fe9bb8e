"""`grid run --engine` as a user meets it: the same tables, and plain words when it cannot be."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import click
import pytest

from gridlang.cli import engines, spark
from gridlang.runtime.inputs import InputFile, InputFiles
from gridlang.runtime.outputs.tables import TABLES
from tests.unit.cli.shell import clean, grid
from tests.unit.cli.test_state import EVENTS, PERSONS, PLAN

EXAMPLES = Path(__file__).parents[3] / "examples"
PLANS = sorted({place.parent for place in EXAMPLES.rglob("persons.csv")})
LISTS = {
    "holiday_trip": """[run]
lists = ["hubspot", "google_ads", "meta_ads", "task_calendar"]
""",
    "family_car": """[run]
lists = ["hubspot", "task_calendar"]
[targets.hubspot]
fields = { Mail = "person.email", About = "id" }
""",
    "canteen_dishwasher": """[run]
lists = ["salesforce"]
[targets.salesforce]
owner = "17"
opportunities = "company"
fields = { Mail__c = "person.email", Industry__c = "account.industry" }
""",
}
HAS_ENGINE = importlib.util.find_spec("numba") is not None


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "plan.grid").write_text(PLAN, "utf-8")
    (folder / "persons.csv").write_text(PERSONS, "utf-8")
    (folder / "events.csv").write_text(EVENTS + "per,2027-02-01T10:00,paid\n", "utf-8")
    return folder


def tables(folder: Path) -> dict[str, bytes]:
    return {str(place.relative_to(folder)): place.read_bytes() for place in folder.rglob("*") if place.is_file()}


@pytest.mark.skipif(not HAS_ENGINE, reason="the extra `engine` is not installed")
@pytest.mark.parametrize("folder", PLANS, ids=lambda place: place.name)
def test_the_examples_leave_the_same_folder_and_summary(folder: Path, tmp_path: Path) -> None:
    told = {}
    for engine in ("reference", "compiled"):
        done = grid("run", folder, "--engine", engine, "--out", tmp_path / engine)
        assert done.returncode == 0, done.stderr
        told[engine] = done.stdout.split("The tables stand in")[0], done.stderr
    written = tables(tmp_path / "reference")
    assert {"touches.csv", "run.html", "schedule.json", ".written"} <= written.keys()
    assert tables(tmp_path / "compiled") == written
    assert told["compiled"] == told["reference"]


@pytest.mark.skipif(not HAS_ENGINE, reason="the extra `engine` is not installed")
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("state", [False, True], ids=["alone", "on_a_state"])
def test_lists_of_every_system_are_the_same(name: str, state: bool, tmp_path: Path) -> None:
    """CRM lists with roles and attributes, calendars, audiences with consent asked again: all made of rows."""
    plan = shutil.copytree(EXAMPLES / name, tmp_path / "plan")
    (plan / "grid.toml").write_text(LISTS[name], "utf-8")
    for engine in ("reference", "compiled"):
        kept = ("--state", tmp_path / f"state of {engine}") if state else ()
        done = grid("run", plan, "--engine", engine, "--tables", "jsonl", "--out", tmp_path / engine, *kept)
        assert done.returncode == 0, done.stderr
    written = tables(tmp_path / "reference")
    beside = {"run.html", "schedule.json", ".written", "withdrawn.jsonl"}
    made = written.keys() - {f"{table.name}.jsonl" for table in TABLES} - beside
    assert made
    assert all(len(written[path].splitlines()) > 1 for path in made), made
    assert tables(tmp_path / "compiled") == written


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_rows_are_counted_before_they_are_read(ending: str, tmp_path: Path) -> None:
    content = b"id\r\n" + b"p\r\n" * 30
    if ending == "parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        pyarrow = pytest.importorskip("pyarrow")
        parquet.write_table(pyarrow.table({"id": ["p"] * 31}), tmp_path / "persons.parquet")
        content = (tmp_path / "persons.parquet").read_bytes()
    assert engines._rows(InputFile(f"persons.{ending}", content)) == 31
    assert engines._rows(InputFile(f"persons.{ending}", b"broken")) == 0


@pytest.mark.skipif(not HAS_ENGINE, reason="the extra `engine` is not installed")
def test_both_engines_write_the_same_files(shop: Path, tmp_path: Path) -> None:
    for engine in ("reference", "compiled"):
        done = grid("run", shop, "--engine", engine, "--out", tmp_path / engine)
        assert done.returncode == 0, done.stderr
        assert clean(done)
    written = tables(tmp_path / "reference")
    assert len(written["touches.csv"].splitlines()) > 50
    assert tables(tmp_path / "compiled") == written


@pytest.mark.skipif(not HAS_ENGINE, reason="the extra `engine` is not installed")
def test_days_on_a_state_by_one_engine_the_other_or_in_turn(shop: Path, tmp_path: Path) -> None:
    """Tables and the folder of the state are the same, to the byte, after each day; a payment comes late."""
    days = {"2027-01-12": "", "2027-01-19": "", "2027-02-02": "per,2027-01-13T10:00,paid\n"}
    who = {"reference": ["reference"], "compiled": ["compiled"], "both": ["compiled", "reference"]}
    for number, (day, late) in enumerate(days.items()):
        with (shop / "events.csv").open("a", encoding="utf-8") as file:
            file.write(late)
        left = []
        for name, turns in who.items():
            state, out = tmp_path / name / "state", tmp_path / name / "out"
            engine = turns[number % len(turns)]
            where = ("--state", state, "--out", out, "--known", day, "--until", "2027-03-02")
            done = grid("run", shop, "--engine", engine, *where)
            assert done.returncode == 0, done.stderr
            assert clean(done)
            left.append((tables(state), tables(out)))
        assert left[1] == left[0]
        assert left[2] == left[0]
    assert len(left[0][1]["touches.csv"].splitlines()) > 2


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_is_installed", lambda: False)
    from tests.laws.worlds.plans import schedule_of

    schedule = schedule_of("flows")
    assert engines._chosen(schedule, engines.MANY, None, "text") == "reference"
    with pytest.raises(Exception, match=r"gridlang\[engine\]"):
        engines._chosen(schedule, 1, "compiled", "text")


def test_many_people_without_the_extra_are_told_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(engines, "_is_installed", lambda: False)
    from tests.laws.worlds.plans import schedule_of

    assert engines._chosen(schedule_of("flows"), engines.MANY + 1, None, "text") == "reference"
    assert capsys.readouterr().err.count("gridlang[engine]") == 1


def test_values_beyond_the_engine_are_told_by_name_and_run_by_the_reference(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Numbers of more digits than the loop can hold: asked for, it is refused; left to us, the reference runs it."""
    monkeypatch.setattr(engines, "_by_the_engine", lambda *given, **named: "it cannot execute numbers of 30 digits yet")
    monkeypatch.setattr(engines, "_is_installed", lambda: True)
    monkeypatch.setattr(engines, "MANY", -1)
    from tests.laws.worlds.plans import schedule_of

    assert engines.large(schedule_of("flows"), InputFiles(), 0, 1, None, "text") is None
    assert "numbers of 30 digits" in capsys.readouterr().err
    with pytest.raises(click.UsageError, match="numbers of 30 digits"):
        engines.large(schedule_of("flows"), InputFiles(), 0, 1, "compiled", "text")


def test_a_capacity_is_refused_on_spark_with_its_place_and_the_way_out(tmp_path: Path) -> None:
    """Whether Spark is installed or not: the plan is what has to change."""
    done = grid("run", EXAMPLES / "family_car", "--engine", "spark", "--out", tmp_path / "out")
    assert done.returncode == 2
    said = " ".join(done.stderr.split())
    assert "sales_desk hands out 25 per calendar day (plan.grid:55)" in said
    assert "--engine compiled" in said
    assert clean(done)
    assert not (tmp_path / "out").exists()


def test_spark_without_java_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.laws.worlds.plans import schedule_of
    from tests.unit.engine.partitions import without_capacity

    schedule = without_capacity(schedule_of("flows"))
    for name in ("JAVA_HOME", "SPARK_REMOTE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(spark.shutil, "which", lambda name: None)
    monkeypatch.setattr(spark.importlib.util, "find_spec", lambda name: object())
    assert spark.hindrance(schedule) == spark.JAVA
    monkeypatch.setattr(spark.importlib.util, "find_spec", lambda name: None)
    assert "gridlang[spark]" in (spark.hindrance(schedule) or "")


def test_spark_keeps_no_state(shop: Path, tmp_path: Path) -> None:
    done = grid("run", shop, "--engine", "spark", "--state", tmp_path / "state")
    assert done.returncode == 2
    assert "--engine spark keeps no state between runs" in done.stderr
