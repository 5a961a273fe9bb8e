"""The way through: init, check, build, run, explain, with their outputs and exit codes."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from gridlang.files import WRITTEN
from tests.unit.cli.shell import clean, grid


def rows(place: Path) -> list[dict[str, str]]:
    with place.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def modified(folder: Path) -> dict[str, int]:
    return {str(place): place.stat().st_mtime_ns for place in folder.rglob("*") if place.is_file()}


def test_check_of_a_fine_plan(plan: Path) -> None:
    before = modified(plan)
    done = grid("check", plan)
    assert done.returncode == 0
    assert "error" not in done.stderr
    assert done.stdout == ""
    assert modified(plan) == before, "a check writes nothing"


def test_check_of_a_broken_plan(broken: Path) -> None:
    done = grid("check", cwd=broken)
    assert done.returncode == 1
    assert "campaigns.grid" in done.stderr
    assert "emial" in done.stderr
    assert "`email`" in done.stderr, "the nearest name is the way out"
    assert "\x1b[" not in done.stderr, "no colours in a pipe"
    assert "1 error" in done.stderr


def test_findings_for_machines(broken: Path) -> None:
    done = grid("check", broken, "--format", "json")
    assert done.returncode == 1
    found = json.loads(done.stderr)
    assert "emial" in json.dumps(found)
    fine = grid("check", broken.parent / "nowhere", "--format", "json")
    assert fine.returncode == 2
    assert "G0001" in json.dumps(json.loads(fine.stderr))


def test_build_writes_everything_once(plan: Path) -> None:
    done = grid("build", plan)
    assert done.returncode == 0, done.stderr
    names = {place.relative_to(plan / "out").as_posix() for place in (plan / "out").rglob("*") if place.is_file()}
    names.remove(WRITTEN)
    assert names >= {"schedule.json", "plan.html", "plan.md", "calendar.ics"}
    assert any(name.startswith("tasks/") for name in names)
    for name in names:
        assert str(plan / "out" / name) in done.stdout
    before = modified(plan / "out")
    again = grid("build", plan)
    assert modified(plan / "out") == before, "unchanged files stay untouched"
    assert again.stdout.count("(unchanged)") == len(names)


def test_build_of_one_target(plan: Path, tmp_path: Path) -> None:
    done = grid("build", plan, "--target", "plan_md", "--out", tmp_path / "page")
    assert done.returncode == 0, done.stderr
    assert {place.name for place in (tmp_path / "page").iterdir()} == {"schedule.json", "plan.md", WRITTEN}


def test_nothing_is_built_of_a_broken_plan(broken: Path) -> None:
    for command in ("build", "run"):
        done = grid(command, broken)
        assert done.returncode == 1
        assert "emial" in done.stderr
        assert not (broken / "out").exists()


def test_a_built_schedule_is_a_plan_too(plan: Path, tmp_path: Path) -> None:
    assert grid("build", plan).returncode == 0
    schedule = plan / "out" / "schedule.json"
    assert grid("check", schedule).returncode == 0
    assert grid("build", schedule, "--out", tmp_path / "again").returncode == 0
    for name in ("plan.md", "calendar.ics"):
        assert (tmp_path / "again" / name).read_bytes() == (plan / "out" / name).read_bytes()
    page, again = ((folder / "plan.html").read_text("utf-8") for folder in (plan / "out", tmp_path / "again"))
    checked, built_before = (
        "Nothing: the check has no remark on the plan.",
        "This page was made from a plan that was built",
    )
    assert checked in page
    assert built_before in again
    assert page.partition(checked)[0] == again.partition(built_before)[0], (
        "nobody has checked it now; the rest is alike"
    )
    given = ["--persons", plan / "persons.csv", "--events", plan / "events.csv"]
    assert grid("run", schedule, *given, "--out", tmp_path / "run").returncode == 0
    assert grid("run", plan).returncode == 0
    for table in ("touches.csv", "tasks.csv", "moves.csv", "schedule.json"):
        assert (tmp_path / "run" / table).read_bytes() == (plan / "out" / "run" / table).read_bytes()


def test_run_takes_the_folders_own_people(plan: Path) -> None:
    done = grid("run", plan)
    assert done.returncode == 0, done.stderr
    assert rows(plan / "out" / "run" / "issues.csv") == []
    touches = rows(plan / "out" / "run" / "touches.csv")
    assert {touch["contact"] for touch in touches} <= {"", "p1", "p3", "p5", "p7"}
    assert any(touch["message"] == "welcome" and touch["contact"] == "p1" for touch in touches)
    assert any(task["state"] == "done" for task in rows(plan / "out" / "run" / "tasks.csv"))
    assert "touches" in done.stdout.lower()
    assert "\x1b[" not in done.stdout + done.stderr


def test_run_in_other_formats(plan: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    for tables in ("jsonl", "parquet"):
        done = grid("run", plan, "--tables", tables, "--out", tmp_path / tables)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / tables / f"touches.{tables}").is_file()


def test_run_of_a_part_of_the_period(plan: Path) -> None:
    done = grid("run", plan, "--until", "2027-04-01")
    assert done.returncode == 0, done.stderr
    touches = rows(plan / "out" / "run" / "touches.csv")
    assert touches
    assert max(touch["due_local"] for touch in touches) < "2027-04-01"
    for wrong in (["--until", "2029-01-01"], ["--from", "2027-05-01", "--until", "2027-04-01"]):
        refused = grid("run", plan, *wrong)
        assert refused.returncode == 2
        assert "2027-01-04 .. 2027-12-31" in refused.stderr


def test_explain_tells_the_chain_of_a_row(plan: Path) -> None:
    assert grid("run", plan).returncode == 0
    for table in ("touches", "tasks"):
        row = rows(plan / "out" / "run" / f"{table}.csv")[0]
        done = grid("explain", row["id"], cwd=plan)
        assert done.returncode == 0, done.stderr
        assert "campaigns.grid:" in done.stdout
        assert row["contact"] in done.stdout


def test_explain_of_an_id_that_is_not_there(plan: Path) -> None:
    nobody = "0123456789abcdef0123"
    without = grid("explain", nobody, cwd=plan)
    assert without.returncode == 2
    assert "out/run" in without.stderr
    assert grid("run", plan).returncode == 0
    done = grid("explain", nobody, "--run", plan / "out" / "run")
    assert done.returncode == 2
    assert nobody in done.stderr
    assert clean(done)


def test_more_refused_rows_than_allowed(plan: Path) -> None:
    with (plan / "events.csv").open("a", encoding="utf-8") as table:
        table.write("nobody,2027-03-02 10:00,clicked,,\nnobody,2027-03-02 11:00,clicked,,\n")
    assert grid("run", plan).returncode == 0
    assert grid("run", plan, "--max-issues", "2").returncode == 0
    strict = grid("run", plan, "--max-issues", "1")
    assert strict.returncode == 1
    assert "2 rows were refused" in strict.stderr
    assert len(rows(plan / "out" / "run" / "issues.csv")) == 2, "what was refused is written all the same"


def test_a_run_without_people(plan: Path) -> None:
    (plan / "persons.csv").unlink()
    done = grid("run", plan)
    assert done.returncode == 2
    assert "persons.csv, persons.jsonl or persons.parquet" in done.stderr
    (plan / "persons.csv").write_text("id\n")
    (plan / "persons.jsonl").write_text("")
    done = grid("run", plan)
    assert done.returncode == 2
    assert "persons.csv and persons.jsonl both" in done.stderr


def test_outputs_that_cannot_be_written(plan: Path) -> None:
    (plan / "out").write_text("a file")
    for command in ("build", "run"):
        done = grid(command, plan)
        assert done.returncode == 2
        assert "G0008" in done.stderr
        assert clean(done)
    assert (plan / "out").read_text() == "a file"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_stdout_on_a_full_disk(plan: Path) -> None:
    import subprocess

    from tests.unit.cli.shell import GRID

    with open("/dev/full", "w") as full:
        done = subprocess.run([GRID, "build", plan], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr


def test_the_list_of_a_team_that_is_gone_goes_too(plan: Path) -> None:
    assert grid("build", plan).returncode == 0
    assert (plan / "out" / "tasks" / "counter.csv").exists()
    for place in plan.glob("*.grid"):
        text = place.read_text("utf-8")
        place.write_text(text.replace("by counter", "by till").replace("owner:   counter", "owner: till"), "utf-8")
    text = (plan / "plan.grid").read_text("utf-8").replace("team counter", "team till")
    (plan / "plan.grid").write_text(text.replace("responsible: counter", "responsible: till"), "utf-8")
    (plan / "tests.grid").unlink()
    done = grid("build", plan)
    assert done.returncode == 0, done.stderr
    assert [place.name for place in (plan / "out" / "tasks").iterdir()] == ["till.csv"]
    assert "as no longer made" in done.stdout
    assert "tasks/counter.csv" in done.stdout
    assert "removed" not in grid("build", plan).stdout.lower()


def test_a_run_in_another_format_takes_the_place_of_the_first(plan: Path) -> None:
    assert grid("run", plan, "--tables", "jsonl").returncode == 0
    assert grid("run", plan).returncode == 0
    tables = {place.name for place in (plan / "out" / "run").iterdir()}
    assert "touches.csv" in tables
    assert not any(name.endswith(".jsonl") for name in tables)


def test_a_build_of_one_target_leaves_the_others(plan: Path) -> None:
    assert grid("build", plan).returncode == 0
    assert grid("build", plan, "--target", "plan_html").returncode == 0
    assert (plan / "out" / "calendar.ics").exists()
