"""A plan of a stranger whose every title bites: whatever it is built into, the title stays a text."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import icalendar
import pytest
from lxml import etree, html

from tests.unit.cli.shell import clean, grid

TITLES = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "formula": "=cmd|' /C calc'!A0",
    "newlines": "one\\ntwo\\n=3\\nBEGIN:VEVENT\\nEND:VCALENDAR",
    "right to left": "\u202etxet siht daer \u2067\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "long": "word " * 2_000,
    "one long word": "x" * 10_000,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈 ok",
    "xml": "]]> & \\\" ' <!-- -->",
}
SETTINGS = """
[build]
targets = ["bpmn", "calendar", "dynamics", "hubspot", "pipedrive", "plan_html", "plan_md", "salesforce", "tasks"]
[run]
lists = ["hubspot", "salesforce", "dynamics", "pipedrive", "google_ads", "meta_ads", "task_calendar"]
"""
CRMS = ("hubspot", "salesforce", "dynamics", "pipedrive")


@pytest.fixture(scope="module", params=TITLES)
def outputs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is built and run of a plan in which everything has that title."""
    folder = tmp_path_factory.mktemp("plan")
    assert grid("init", "shop", cwd=folder).returncode == 0
    plan = folder / "shop"
    titled = 0
    for place in plan.glob("*.grid"):
        kinds = "plan|campaign|message|channel|team|segment|event|phase|journey|role|person|map|rule|need|barrier"
        pattern = rf'^(\s*(?:{kinds}) \w+(?:: [\w.]+)?)( +)"[^"]*"'
        text, times = re.subn(
            pattern, lambda found: f'{found[1]} "{TITLES[request.param]}"', place.read_text("utf-8"), flags=re.MULTILINE
        )
        place.write_text(text, "utf-8")
        titled += times
    assert titled > 5
    owners = "".join(f'[targets.{name}]\nowner = "1"\n' for name in CRMS)
    (plan / "grid.toml").write_text(SETTINGS + owners, "utf-8")
    for command in ("build", "run"):
        done = grid(command, plan)
        assert done.returncode == 0, done.stderr
        assert clean(done)
    return plan / "out"


def test_no_cell_is_a_formula(outputs: Path) -> None:
    tables = list(outputs.rglob("*.csv"))
    assert len(tables) > 15
    for place in tables:
        for row in csv.reader(io.StringIO(place.read_text("utf-8"), newline="")):
            assert not [cell for cell in row if re.match(r"[=+\-@\t\r][^\d ]", cell)], place.name


def test_calendars_hold_entries_only(outputs: Path) -> None:
    for place in outputs.rglob("*.ics"):
        content = place.read_bytes()
        read = icalendar.Calendar.from_ical(content)
        assert {each.name for each in read.walk()} <= {
            "VCALENDAR", "VEVENT", "VTODO", "VTIMEZONE", "STANDARD", "DAYLIGHT"
        }  # fmt: skip
        assert len(read.walk("VEVENT")) == content.count(b"\r\nBEGIN:VEVENT\r\n")
        assert max(map(len, content.split(b"\r\n"))) <= 75


def test_processes_are_xml_with_texts(outputs: Path) -> None:
    made = list((outputs / "bpmn").glob("*.bpmn"))
    assert made
    for place in made:
        document = etree.fromstring(place.read_bytes())
        model = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
        assert all(each.tag.startswith("{") for each in document.iter(etree.Element))
        assert all("alert" not in (script.text or "") for script in document.iter(f"{model}script"))


def test_pages_run_nothing(outputs: Path) -> None:
    for name in ("plan.html", "run/run.html"):
        page = html.fromstring((outputs / name).read_text("utf-8"))
        assert not [script for script in page.iter("script") if "alert" in (script.text or "")]
        assert not page.xpath("//*[@onerror]")
    text = (outputs / "plan.md").read_text("utf-8")
    assert not re.search(r"(?<!\\)<script|(?<!\\)<img", text)


def test_what_runs_from_right_to_left_ends_with_its_text(outputs: Path) -> None:
    """A name turns no number beside it round: whatever direction it begins, it ends."""
    texts = list((outputs / "plan.md").read_text("utf-8").splitlines())
    for name in ("plan.html", "run/run.html"):
        page = html.fromstring((outputs / name).read_text("utf-8"))
        texts += [text for each in page.iter() for text in (each.text, each.tail, *each.attrib.values()) if text]
    for text in texts:
        assert len(re.findall("[\u202a\u202b\u202d\u202e]", text)) <= text.count("\u202c"), text
        assert len(re.findall("[\u2066-\u2068]", text)) <= text.count("\u2069"), text


def test_lists_keep_their_limits(outputs: Path) -> None:
    for place, column, most in (("tasks_salesforce.csv", "Subject", 255), ("tasks_dynamics.csv", "subject", 200)):
        for folder in (outputs, outputs / "run"):
            rows = list(csv.DictReader(io.StringIO((folder / place).read_text("utf-8"), newline="")))
            assert all(len(row[column]) <= most and "\n" not in row[column] for row in rows)
