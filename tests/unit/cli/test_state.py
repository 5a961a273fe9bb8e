"""`grid run --state`, `grid story` and `grid explain --state` as a user meets them."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path

import pytest

from tests.unit.cli.killing import tree
from tests.unit.cli.shell import clean, grid

PLAN = """
plan shop "Shop" {
  period:   2027-01-04 .. 2027-12-31
  timezone: "Europe/Copenhagen"
  locale:   en
  currency: DKK
  calendar: std.calendars.denmark
  journey:  way
}
journey way "Way" {
  start: open
  phase open   "Open"   {}
  phase bought "Bought" {}
  open -> bought: paid
  bought -> open
}
fields person { email: Text?  consent: List<Channel> }
segment all "All" { where: otherwise }
event paid "Paid" { from: web }
message hello "Hello" { subject: "Hello"  body: "Hello." }
campaign greet "Greetings" {
  phase: open
  flow { repeat every 1w { send email hello at 09:00 } }
}
"""
PERSONS = "id,email,consent\nper,per@example.dk,email\nann,ann@example.dk,email\n"
EVENTS = "contact,at,event\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A plan that says hello every Monday at 09:00 until somebody pays; 2027 begins with a Friday."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "plan.grid").write_text(PLAN, "utf-8")
    (folder / "persons.csv").write_text(PERSONS, "utf-8")
    (folder / "events.csv").write_text(EVENTS, "utf-8")
    return folder


def run(shop: Path, *more: str, code: int = 0) -> str:
    done = grid("run", shop, "--state", shop.parent / "state", "--out", shop.parent / "out", *more)
    assert clean(done), done.stderr
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def rows(shop: Path, table: str) -> list[dict[str, str]]:
    with (shop.parent / "out" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def touches(shop: Path) -> list[tuple[str, str, str, str]]:
    found = [(row["due_local"][:10], row["contact"], row["planned"], row["news"]) for row in rows(shop, "touches")]
    return sorted(found)


def test_a_run_goes_on_where_the_last_one_ended(shop: Path) -> None:
    run(shop, "--until", "2027-01-15")
    assert {row[0] for row in touches(shop)} == {"2027-01-04", "2027-01-11"}
    run(shop, "--until", "2027-01-20")
    assert touches(shop) == [("2027-01-18", "ann", "false", "new"), ("2027-01-18", "per", "false", "new")]


def test_known_marks_what_is_planned_and_the_next_run_takes_it_back(shop: Path) -> None:
    run(shop, "--known", "2027-01-12", "--until", "2027-01-20")
    assert [row[:3] for row in touches(shop) if row[1] == "per"] == [
        ("2027-01-04", "per", "false"),
        ("2027-01-11", "per", "false"),
        ("2027-01-18", "per", "true"),
    ]
    (shop / "events.csv").write_text(EVENTS + "per,2027-01-13 12:00,paid\n", "utf-8")
    run(shop, "--known", "2027-01-14T06:00", "--until", "2027-01-20")
    assert touches(shop) == [("2027-01-18", "ann", "true", "known")]
    (gone,) = rows(shop, "withdrawn")
    assert (gone["table"], gone["contact"], gone["due"], gone["passed"]) == (
        "touches",
        "per",
        "2027-01-18T08:00:00Z",
        "false",
    )


def test_the_same_day_twice_changes_no_byte(shop: Path) -> None:
    run(shop, "--until", "2027-01-10")
    run(shop, "--known", "2027-01-12", "--until", "2027-01-20")
    once = tree(shop.parent / "state"), tree(shop.parent / "out")
    run(shop, "--known", "2027-01-12", "--until", "2027-01-20")
    assert (tree(shop.parent / "state"), tree(shop.parent / "out")) == once


def test_outputs_that_were_never_put_in_their_folder_are_told_by_the_next_run(shop: Path) -> None:
    """The folder cannot be written: the state has moved on, and the next run, later, tells those days too."""
    run(shop, "--until", "2027-01-10")
    shutil.rmtree(shop.parent / "out")
    (shop.parent / "out").write_text("in the way", "utf-8")
    run(shop, "--until", "2027-01-13", code=2)
    (shop.parent / "out").unlink()
    run(shop, "--until", "2027-01-20")
    assert [row[::3] for row in touches(shop) if row[1] == "per"] == [("2027-01-11", "new"), ("2027-01-18", "new")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--until", "2027-01-10"], "the state is as of 2027-01-15 00:00"),
        (["--from", "2027-02-01", "--until", "2027-03-01"], "the run goes on from there. Leave --from out."),
        (["--known", "2027-01-10", "--until", "2027-03-01"], "lies outside this run"),
        (["--known", "2027-03-02", "--until", "2027-03-01"], "lies outside this run"),
        (["--known", "soon"], "`soon` is no moment"),
        (["--until", "soon"], "`soon` is no date"),
    ],
)
def test_times_that_do_not_fit_the_state(shop: Path, options: list[str], said: str) -> None:
    run(shop, "--until", "2027-01-15")
    before = tree(shop.parent)
    told = run(shop, *options, code=2)
    assert said in " ".join(told.split())
    assert tree(shop.parent) == before


def test_known_without_a_state(shop: Path) -> None:
    done = grid("run", shop, "--known", "2027-02-01")
    assert done.returncode == 2
    assert "name its folder too, --state DIR" in " ".join(done.stderr.split())


def test_two_runs_on_one_state_exclude_each_other(shop: Path) -> None:
    import filelock

    run(shop, "--until", "2027-01-15")
    with filelock.FileLock(shop.parent / "state" / "lock"):
        told = run(shop, "--until", "2027-01-20", code=2)
    assert "G1005" in told
    assert "another run is at work on this state" in told
    run(shop, "--until", "2027-01-20")


def test_a_damaged_state_is_refused_with_the_way_out(shop: Path) -> None:
    run(shop, "--until", "2027-01-15")
    run(shop, "--until", "2027-01-20")
    data = shop.parent / "state" / "data"
    manifest = json.loads((shop.parent / "state" / "manifest.json").read_text("utf-8"))
    accounts = data / manifest["accounts"]["name"]
    accounts.write_bytes(accounts.read_bytes()[:-20])
    before = tree(shop.parent)
    told = run(shop, "--until", "2027-01-25", code=2)
    assert "G1001" in told
    assert accounts.name in told
    assert tree(shop.parent) == before
    # The way out that it names: the run before is whole, and this one works out again what came after it.
    shutil.copy(shop.parent / "state" / "manifest.before.json", shop.parent / "state" / "manifest.json")
    run(shop, "--until", "2027-01-25")
    assert [row[0] for row in touches(shop) if row[1] == "per"] == ["2027-01-18"]


def test_the_state_of_another_plan_is_refused(shop: Path) -> None:
    run(shop, "--until", "2027-01-15")
    place = shop / "plan.grid"
    place.write_text(PLAN.replace("plan shop", "plan bazaar"), "utf-8")
    told = run(shop, "--until", "2027-01-20", code=2)
    assert "G1004" in told
    assert "`shop`" in told


def test_a_folder_with_other_things_is_no_state(shop: Path) -> None:
    done = grid("run", shop, "--state", shop, "--until", "2027-01-15")
    assert done.returncode == 2
    assert "G1007" in done.stderr
    assert sorted(os.listdir(shop)) == ["events.csv", "persons.csv", "plan.grid"]


def test_a_story_for_people_and_for_machines(shop: Path) -> None:
    (shop / "events.csv").write_text(EVENTS + "per,2027-01-13 12:00,paid\n", "utf-8")
    run(shop, "--until", "2027-01-10")
    run(shop, "--known", "2027-01-15", "--until", "2027-01-20")
    told = grid("story", "per", "--state", shop.parent / "state").stdout
    expected = [
        "per",
        "on the plan's clock, Europe/Copenhagen",
        "Mon 4 Jan 2027",
        "00:00 enters the plan in Open [plan.grid:10]",
        "00:00 stands in All · Open [plan.grid:12]",
        "00:00 campaign Greetings begins [plan.grid:21]",
        "09:00 E-mail: Hello (step send:email:hello) [plan.grid:23, ID]",
        "Mon 11 Jan 2027",
        "09:00 E-mail: Hello (step send:email:hello, visit 2) [plan.grid:23, ID]",
        "Wed 13 Jan 2027",
        "12:00 Paid",
        "12:00 from Open to Bought, by Paid [plan.grid:14]",
        "12:00 campaign Greetings ends: it does not stand here any more [plan.grid:21]",
        "12:00 stands in All · Bought [plan.grid:13]",
    ]
    ids = {row["id"] for row in json.loads(_as_json(shop, "per"))["story"] if "id" in row}
    lines = [" ".join(line.split()) for line in told.splitlines() if line.strip()]
    for one in ids:
        lines = [line.replace(one, "ID") for line in lines]
    assert lines == expected
    ann = json.loads(_as_json(shop, "ann"))
    assert [(entry["local"], entry["planned"]) for entry in ann["story"] if entry["kind"] == "touch"] == [
        ("2027-01-04T09:00:00", False),
        ("2027-01-11T09:00:00", False),
        ("2027-01-18T09:00:00", True),
    ]
    assert [entry["campaign"] for entry in ann["now"]] == ["greet"]


def _as_json(shop: Path, contact: str) -> str:
    return grid("story", contact, "--state", shop.parent / "state", "--format", "json").stdout


def test_explain_tells_the_story_of_a_touch_over_all_runs(shop: Path) -> None:
    run(shop, "--until", "2027-01-10")
    first = next(row["id"] for row in rows(shop, "touches") if row["contact"] == "per")
    run(shop, "--until", "2027-01-20")
    told = grid("explain", first, "--state", shop.parent / "state").stdout
    assert told.startswith(f"touch {first}: email hello to per")
    assert "campaign Greetings begins" in told
    assert "at 09:00 (plan.grid:23): to Mon 09:00" in told
    assert "11 Jan" not in told
    whole = grid("explain", "per", "--state", shop.parent / "state").stdout
    assert "11 Jan" in whole
    assert "entry Mon 4 Jan 00:00 (plan.grid:10)" in whole


CALLS = """
team desk "Desk" { members: "bo"  hours: 09:00..17:00  days: workdays }
campaign calls "Calls" { phase: open  flow { %s task phone hello by desk due 9 workdays { %s } } }
"""


@pytest.mark.parametrize(
    ("edited", "state", "told"),
    [
        ("first:", ("done", "keen"), []),
        ("talk:", ("withdrawn", ""), ["late_outcome", "step_gone"]),
    ],
)
def test_a_task_is_answered_as_it_was_asked(shop: Path, edited: str, state: tuple[str, str], told: list[str]) -> None:
    """R25: today's plan knows neither the outcome that was offered nor, in the second case, the step."""
    (shop / "persons.csv").write_text("id,email,mobile,consent\nper,per@example.dk,12345678,email;phone\n", "utf-8")
    fields = PLAN.replace("email: Text?", "email: Text?  mobile: Text?")
    (shop / "plan.grid").write_text(fields + CALLS % ("first:", "keen -> stop  cold -> stop"), "utf-8")
    run(shop, "--until", "2027-01-06")
    assert [row["state"] for row in rows(shop, "tasks")] == ["open"]
    (shop / "plan.grid").write_text(fields + CALLS % (edited, "warm -> stop"), "utf-8")
    (shop / "events.csv").write_text("contact,at,step,outcome\nper,2027-01-07 10:00,first,keen\n", "utf-8")
    run(shop, "--until", "2027-01-09")
    assert [(row["state"], row["outcome"]) for row in rows(shop, "tasks")] == [state]
    assert sorted(row["code"] for row in rows(shop, "issues")) == told


def test_nobody_of_that_name(shop: Path) -> None:
    run(shop, "--until", "2027-01-10")
    for command in ("story", "explain"):
        done = grid(command, "Per", "--state", shop.parent / "state")
        assert (done.returncode, clean(done)) == (2, True)
        assert "G1008" in done.stderr
        done = grid(command, "per", "--state", shop.parent / "nowhere")
        assert "G1006" in done.stderr


def test_what_an_edit_added_is_told_from_then_on(shop: Path) -> None:
    """R25 through files: the campaign is renamed with `was:`, and who is under way goes on."""
    run(shop, "--until", "2027-01-10")
    (shop / "plan.grid").write_text(PLAN.replace("campaign greet", "campaign welcome", 1).replace(
        "  phase: open\n  flow", "  was: greet\n  phase: open\n  flow"
    ), "utf-8")  # fmt: skip
    run(shop, "--until", "2027-01-13")
    assert [row[0] for row in touches(shop)] == ["2027-01-11", "2027-01-11"]
    assert rows(shop, "issues") == []
    assert {row["visit"] for row in rows(shop, "touches")} == {"2"}
