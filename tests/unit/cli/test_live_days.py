"""The recipe of the manual, run as it stands there, over a few mornings. Only the clock is not the machine's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gridlang.manual import words
from gridlang.manual.pages import Example
from tests.rules.plans import at
from tests.unit.cli.test_state import EVENTS, PERSONS, PLAN

GRID = """#!/bin/sh
exec {python} -c 'import sys
from gridlang.cli import main, period
period.now = lambda: {now}
sys.argv[0] = "grid"
main()' "$@"
"""
DATE = """#!/bin/sh
echo {stamp}
"""


def recipe(language: str) -> Iterator[str]:
    """The examples of the page in that language."""
    (page,) = [page for page in words.topic_pages() if page.name == "live_days"]
    return (block.text for block in page.blocks if isinstance(block, Example) and block.language == language)


class Office:
    """A folder with the recipe in it, and a clock that somebody sets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, content in {
            "shop/plan.grid": PLAN,
            "crm/persons.csv": PERSONS,
            "crm/events.csv": EVENTS,
            "hand_out.py": next(recipe("python")),
            "morning.sh": next(recipe("sh")),
        }.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, "utf-8")

    def happens(self, row: str) -> None:
        with (self.folder / "crm" / "events.csv").open("a", encoding="utf-8") as file:
            file.write(f"{row}\n")

    def morning(self, when: str) -> subprocess.CompletedProcess[str]:
        """Run the script at that moment of the plan's clock."""
        tools = self.folder / "tools"
        tools.mkdir(exist_ok=True)
        stamp = when.replace(" ", "T").replace(":", "")
        for name, text in {
            "grid": GRID.format(python=sys.executable, now=at(when)),
            "date": DATE.format(stamp=stamp),
            "python3": f'#!/bin/sh\nexec {sys.executable} "$@"\n',
        }.items():
            (tools / name).write_text(text, "utf-8")
            (tools / name).chmod(0o755)
        return subprocess.run(
            ["/bin/sh", str(self.folder / "morning.sh")],
            env={**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    def handed(self, when: str) -> list[str]:
        """What the script says that morning of handing out and calling back, without ids."""
        done = self.morning(when)
        assert done.returncode == 0, done.stdout + done.stderr
        lines = [line.split() for line in done.stdout.splitlines() if line.startswith(("hand out", "call back"))]
        return [" ".join(word for number, word in enumerate(line) if number != 3) for line in lines]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_mornings_of_a_plan(office: Office) -> None:
    """Every Monday at 09:00 a mail, until somebody pays. 4 January 2027 is a Monday."""
    assert office.handed("2026-12-30 06:00") == []
    # The touches of the day are handed out before they are due: 09:00 in Copenhagen is 08:00 UTC.
    monday = ["hand out touches ann 2027-01-04T08:00:00Z", "hand out touches per 2027-01-04T08:00:00Z"]
    assert office.handed("2027-01-04 06:00") == monday
    assert office.handed("2027-01-04 06:30") == []
    assert office.handed("2027-01-05 06:00") == []
    # Nobody came for five days. On Monday the plan goes on.
    assert office.handed("2027-01-11 06:00") == [line.replace("01-04", "01-11") for line in monday]
    # per paid before the mail was due, and it becomes known within the hour: called back in time.
    office.happens("per,2027-01-11 06:30,paid")
    assert office.handed("2027-01-11 07:00") == ["call back touches per"]
    # ann paid in time as well, and it becomes known on the next morning: her mail has gone out.
    office.happens("ann,2027-01-11 08:00,paid")
    assert office.handed("2027-01-12 06:00") == ["call back touches ann too late"]
    assert office.handed("2027-01-18 06:00") == []


def test_a_morning_that_could_not_be_handed_out_is_handed_out_the_next(office: Office) -> None:
    script = (office.folder / "hand_out.py").read_text("utf-8")
    (office.folder / "hand_out.py").write_text("raise SystemExit('the mail system is down')", "utf-8")
    assert office.morning("2027-01-04 06:00").returncode == 1
    (office.folder / "hand_out.py").write_text(script, "utf-8")
    handed = office.handed("2027-01-11 06:00")
    assert [line.split()[-1][:10] for line in handed] == ["2027-01-04", "2027-01-04", "2027-01-11", "2027-01-11"]


def test_after_the_plan_nothing_is_left(office: Office) -> None:
    office.handed("2027-12-31 06:00")
    last = office.handed("2028-01-01 06:00")
    assert all("hand out" not in line for line in last)
    assert office.handed("2028-01-02 06:00") == []
    done = office.morning("2028-01-03 06:00")
    assert "The plan ended with 2027-12-31" in done.stdout


def test_the_timers_of_the_recipe() -> None:
    """The units and the line of cron name the script and the hour."""
    service, timer = recipe("ini")
    assert "ExecStart=/srv/marketing/morning.sh" in service
    assert "OnCalendar=*-*-* 06:00:00 Europe/Copenhagen" in timer
    (cron,) = [text for text in recipe("text") if "CRON_TZ" in text]
    assert cron.splitlines()[1].split() == ["0", "6", "*", "*", "*", "/srv/marketing/morning.sh"]
