"""Plans and tables as they should not be: a clear word, the right exit code, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.cli.shell import clean, grid
from tests.unit.cli.test_commands import rows


def added(name: str, content: str | bytes) -> Callable[[Path], object]:
    """A file more in the plan's folder."""
    data = content if isinstance(content, bytes) else content.encode()
    return lambda plan: (plan / name).write_bytes(data)


def empty(plan: Path) -> None:
    for place in plan.glob("*.grid"):
        place.unlink()


def cycle(plan: Path) -> None:
    other = plan.parent / "brand"
    other.mkdir()
    (other / "brand.grid").write_text('use "../plan" as shop\n')
    (plan / "uses.grid").write_text('use "../brand" as brand\n')


BAD_PLANS = {
    "empty folder": (empty, 2, ["G0003"]),
    "two plans": (added("second.grid", 'plan second "Second" {}\n'), 1, ["second.grid", "plan.grid"]),
    "import cycle": (cycle, 1, ["../brand", "uses.grid"]),
    "not UTF-8": (added("old.grid", 'need peace "S\xe5dan"\n'.encode("latin-1")), 2, ["G0004", "old.grid", "0xE5"]),
    "a folder named as a file": (lambda plan: (plan / "x.grid").mkdir(), 2, ["G0006", "x.grid"]),
    "a line of 10 MB": (added("long.grid", "need peace " + "x" * 10_000_000 + " \n"), 1, ["long.grid"]),
    "2,000 nested blocks": (added("deep.grid", "need peace " + "{ a " * 2000 + "}" * 2000), 1, ["deep.grid"]),
    "2,000 nested brackets": (
        added("deep.grid", "segment s { where: " + "(" * 2000 + "1 == 1" + ")" * 2000 + " }"), 1, ["deep.grid"]
    ),
    "2,000 times not": (added("deep.grid", "segment s { where: " + "not " * 2000 + "has(email) }"), 1, ["deep.grid"]),
    "never closed": (added("open.grid", 'need peace "Peace" {\n'), 1, ["open.grid"]),
    "control letters": (added("bell.grid", "need \x07\x00 {}\n"), 1, ["bell.grid"]),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "code", "words"), BAD_PLANS.values(), ids=BAD_PLANS)
def test_a_bad_plan(plan: Path, spoil: Callable[[Path], object], code: int, words: list[str]) -> None:
    spoil(plan)
    done = grid("check", plan)
    assert clean(done), done.stderr[-2000:]
    assert done.returncode == code, done.stderr[-2000:]
    for word in words:
        assert word in done.stderr
    assert len(done.stderr) < 20_000, "one mistake is no flood"


def test_a_missing_folder_and_a_plan_file_alone(plan: Path) -> None:
    missing = grid("check", plan / "nowhere")
    assert missing.returncode == 2
    assert "G0001" in missing.stderr
    alone = grid("check", plan / "plan.grid")
    assert alone.returncode == 2
    assert "G0002" in alone.stderr
    assert str(plan) in alone.stderr


@pytest.mark.parametrize(
    "text", ["", "{}", "[1, 2", '{"format": "gridlang.schedule", "version": 99}', "\xff\xfe", "null"]
)
def test_a_schedule_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "schedule.json").write_bytes(text.encode("latin-1"))
    for command in ("check", "build", "run"):
        done = grid(command, tmp_path / "schedule.json")
        assert done.returncode == 2, done.stderr
        assert "schedule.json" in done.stderr
        assert clean(done)


def test_other_line_ends_and_a_byte_order_mark_mean_the_same(plan: Path, tmp_path: Path) -> None:
    assert grid("run", plan, "--out", tmp_path / "before").returncode == 0
    for place in (*plan.glob("*.grid"), *plan.glob("*.csv")):
        place.write_bytes(b"\xef\xbb\xbf" + place.read_bytes().replace(b"\n", b"\r\n"))
    done = grid("run", plan, "--out", tmp_path / "after")
    assert done.returncode == 0, done.stderr
    for table in ("touches.csv", "tasks.csv", "moves.csv", "skips.csv"):
        assert (tmp_path / "before" / table).read_bytes() == (tmp_path / "after" / table).read_bytes()


def test_a_link_out_of_the_workspace(plan: Path) -> None:
    (plan / "messages" / "news.md").unlink()
    (plan / "messages" / "news.md").symlink_to("/etc/hostname")
    done = grid("check", plan)
    assert done.returncode != 0
    assert "G0007" in done.stderr
    assert clean(done)


# --- people and events -----------------------------------------------------------------------------------------------

PERSONS = "id,account,first_name,email,mobile,household_role,consent"
EVENTS = "contact,at,event,outcome,step"

BAD_ROWS = {
    "event for nobody": ("events.csv", "nobody,2027-03-02 10:00,clicked,,", "nobody"),
    "unparsable date": ("events.csv", "p1,next tuesday,clicked,,", "next tuesday"),
    "unknown event": ("events.csv", "p1,2027-03-02 10:00,clikced,,", "clikced"),
    "outcome nobody asked for": ("events.csv", "p1,2027-03-02 10:00,,sold,call", "sold"),
    "one id, other rows": ("persons.csv", "p7,elsewhere,Omar,,,parent,phone", "p7"),
    "a role that is none": ("persons.csv", "p9,x,Una,una@example.com,,aunt,email", "aunt"),
    "a missing attribute": ("persons.csv", "p9,x,,una@example.com,,parent,email", "first_name"),
}


@pytest.mark.parametrize(("table", "row", "word"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_is_an_issue_and_the_rest_runs(plan: Path, table: str, row: str, word: str) -> None:
    with (plan / table).open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    number = len(rows(plan / table))
    done = grid("run", plan)
    assert done.returncode == 0, done.stderr
    issues = rows(plan / "out" / "run" / "issues.csv")
    assert any(word in " ".join(map(str, issue.values())) for issue in issues), issues
    assert any(issue["row"] == str(number) for issue in issues), issues
    assert rows(plan / "out" / "run" / "touches.csv")


def test_an_event_before_the_run_is_history(plan: Path) -> None:
    with (plan / "events.csv").open("a", encoding="utf-8") as file:
        file.write("p1,2025-06-01 10:00,opened,,\n")
    done = grid("run", plan)
    assert done.returncode == 0, done.stderr
    assert rows(plan / "out" / "run" / "issues.csv") == []


def test_an_unknown_time_zone_is_an_issue_and_the_plans_is_used(plan: Path, tmp_path: Path) -> None:
    people = rows(plan / "persons.csv")
    lines = [f"{PERSONS},timezone", *(",".join([*person.values(), "Mars/Olympus"]) for person in people)]
    (tmp_path / "persons.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert grid("run", plan).returncode == 0
    done = grid("run", plan, "--persons", tmp_path / "persons.csv", "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path / "run" / "issues.csv")) == len(people)
    assert (tmp_path / "run" / "touches.csv").read_bytes() == (plan / "out" / "run" / "touches.csv").read_bytes()


@pytest.mark.parametrize(
    ("table", "content", "words"),
    [
        ("persons.csv", "", ["persons.csv"]),
        ("persons.csv", "account,first_name\nx,Una\n", ["persons.csv", "`id`"]),
        ("events.csv", "who,when\n", ["events.csv", "`contact`"]),
        ("events.csv", None, ["events.csv"]),
        ("persons.parquet", "no parquet", ["persons.parquet"]),
        ("persons.xlsx", "PK", ["persons.xlsx"]),
    ],
)
def test_a_table_that_cannot_be_used(plan: Path, table: str, content: str | None, words: list[str]) -> None:
    given = plan.parent / table
    if content is not None:
        given.write_text(content)
    done = grid("run", plan, f"--{given.stem}", given)
    assert done.returncode == 2, done.stderr
    for word in words:
        assert word in done.stderr
    assert clean(done)


def test_an_unknown_column_is_told(plan: Path) -> None:
    people = (plan / "persons.csv").read_text("utf-8").splitlines()
    (plan / "persons.csv").write_text(
        "\n".join([people[0] + ",shoe_size", *(line + ",44" for line in people[1:])]) + "\n"
    )
    done = grid("run", plan)
    assert done.returncode == 0, done.stderr
    assert any("shoe_size" in issue["reason"] for issue in rows(plan / "out" / "run" / "issues.csv"))


def test_a_folder_where_a_file_is_meant(plan: Path) -> None:
    done = grid("run", plan, "--persons", plan / "messages")
    assert done.returncode == 2
    assert "it is a folder" in done.stderr
    assert "name the file in it" in done.stderr


def test_a_file_that_is_not_there_is_said_without_a_word_about_sending(plan: Path) -> None:
    done = grid("run", plan, "--persons", plan / "person.csv")
    assert done.returncode == 2
    assert "did you mean `persons.csv`?" in done.stderr
    assert "sent" not in done.stderr


def test_persons_without_a_person(plan: Path) -> None:
    (plan / "persons.csv").write_text(PERSONS + "\n", "utf-8")
    done = grid("run", plan)
    assert done.returncode == 2
    assert done.stderr.count("error[") == 1
    assert "persons.csv: nobody to run the plan on" in done.stderr
    assert not (plan / "out" / "run").exists()
