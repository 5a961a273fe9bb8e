"""`grid trace OUTPUT-FILE:LINE`: every row, box, event and task leads back to file, line and declaration."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gridlang.crm.options import AccountOptions, ContactOptions, CrmOptions, SalesforceOptions
from gridlang.outputs import OutputFile
from gridlang.runtime import outputs
from gridlang.runtime.outputs.ads.options import AudienceOptions
from gridlang.runtime.outputs.task_calendar import TaskCalendarOptions
from gridlang.schedule import document
from gridlang.schedule.model import Schedule
from gridlang.targets import discover
from gridlang.tracing import Asked, Origin, trace
from tests.unit.cli.shell import clean, grid
from tests.unit.examples.plans import compiled, executed, given

EXAMPLES = ("family_car", "holiday_trip", "canteen_dishwasher")
LISTS = {
    "hubspot": CrmOptions(),
    "salesforce": SalesforceOptions(owner="1"),
    "dynamics": ContactOptions(owner="1"),
    "pipedrive": AccountOptions(owner="1"),
    "google_ads": AudienceOptions(),
    "task_calendar": TaskCalendarOptions(),
}


@cache
def run(name: str) -> dict[str, str]:
    made = outputs.files(schedule(name), executed(name), "csv", lists=LISTS, given=given(name))
    return {file.path: file.content.decode() for file in made}


@cache
def built(name: str, target: str) -> dict[str, str]:
    found = discover()[target]
    options = found.options(owner="1") if hasattr(found.options(), "owner") else found.options()  # type: ignore[call-arg]
    files: tuple[OutputFile, ...] = found.files(schedule(name), options).value
    return {file.path: file.content.decode() for file in files}


def schedule(name: str) -> Schedule:
    return compiled(name).schedule


def traced(name: str, files: dict[str, str], path: str, line: int) -> tuple[Origin, ...]:
    outcome = trace(Asked(name=path, text=files[path], line=line, schedule=schedule(name), beside=files.get))
    return outcome.value


def known(name: str) -> set[tuple[str, int]]:
    return {(place.file, place.line) for place in schedule(name).places}


def lines_of_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The last line of each record, and the record."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for row in reader:
        yield reader.line_num, row


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("table", ["touches", "tasks", "audiences", "skips"])
def test_every_row_of_a_run(name: str, table: str) -> None:
    """Every tenth row: the first origin is the step that made it, the others the rules of its chain."""
    files = run(name)
    for line, row in list(lines_of_rows(files[f"{table}.csv"]))[::10]:
        found = traced(name, files, f"{table}.csv", line)
        campaign = next(each for each in schedule(name).campaigns if each.name == row["campaign"])
        step = next((each for each in campaign.steps if each.id == row["step"]), None)
        place = schedule(name).places[step.place if step else campaign.place]
        assert (found[0].file, found[0].line, found[0].id) == (place.file, place.line, row["id"])
        assert found[0].declaration.split(",")[0] == f"campaign {campaign.name}", "an inlined flow is named behind it"
        assert len(found) >= 1 + (len(set(re.findall(r"@\d+", row["because"]))) > 0)


@pytest.mark.parametrize("name", EXAMPLES)
def test_moves_reports_and_refused_rows(name: str) -> None:
    files = run(name)
    for table in ("moves", "reports"):
        for line, row in list(lines_of_rows(files[f"{table}.csv"]))[::10]:
            if row.get("because") or row.get("place"):
                assert {(each.file, each.line) for each in traced(name, files, f"{table}.csv", line)} <= known(name)
                assert traced(name, files, f"{table}.csv", line)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("system", ["hubspot", "salesforce", "dynamics", "pipedrive"])
def test_every_task_of_a_crm_also_without_the_schedule(name: str, system: str) -> None:
    files, ids = run(name), {row["id"] for _, row in lines_of_rows(run(name)["tasks.csv"])}
    for line, _ in list(lines_of_rows(files[f"tasks_{system}.csv"]))[::20]:
        (found,) = trace(Asked(name=f"tasks_{system}.csv", text=files[f"tasks_{system}.csv"], line=line)).value
        assert found.id in ids
        assert (found.file, found.line) in known(name)
        assert found.declaration.startswith("campaign ")


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("target", ["tasks", "hubspot", "salesforce", "dynamics", "pipedrive"])
def test_every_row_of_a_build(name: str, target: str) -> None:
    files = built(name, target)
    for path, text in files.items():
        for line, row in lines_of_rows(text) if path.endswith(".csv") else ():
            found = traced(name, files, path, line)
            assert {(each.file, each.line) for each in found} <= known(name), row
            assert len(found) >= 1
            assert re.fullmatch(r"[0-9a-f]{20}", found[0].id)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_line_of_every_calendar_entry(name: str) -> None:
    calendars = built(name, "calendar") | {p: t for p, t in run(name).items() if p.endswith(".ics")}
    for path, text in calendars.items():
        inside = None
        for number, line in enumerate(text.split("\r\n"), start=1):
            if line in ("BEGIN:VEVENT", "BEGIN:VTODO"):
                inside = line[6:]
            found = traced(name, calendars, path, number) if number <= text.count("\n") else ()
            assert bool(found) is (inside is not None), (path, number, line)
            assert all((each.file, each.line) in known(name) and each.id for each in found)
            if inside and line == f"END:{inside}":
                inside = None


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_element_and_every_shape_of_a_process(name: str) -> None:
    files = built(name, "bpmn")
    for path, text in files.items():
        if not path.endswith(".bpmn"):
            continue
        for number, line in list(enumerate(text.split("\n"), start=1))[::5]:
            asked = re.search(
                r"<(sequenceFlow|userTask|sendTask|endEvent|bpmndi:BPMNShape|bpmndi:BPMNEdge|dc:Bounds|flowNodeRef|textAnnotation)\b",
                line,
            )
            if asked and "pool_" not in line and "lane_" not in line:
                found = traced(name, files, path, number)
                assert found or "Bounds" in line, (path, line)
                assert {(each.file, each.line) for each in found} <= known(name)
    (call,) = [
        number
        for number, line in enumerate(built("family_car", "bpmn")["bpmn/invite_to_meeting.bpmn"].split("\n"), start=1)
        if '<userTask id="call"' in line
    ]
    (found,) = traced("family_car", built("family_car", "bpmn"), "bpmn/invite_to_meeting.bpmn", call)
    assert (found.declaration, found.what) == ("campaign invite_to_meeting", "userTask Ring og aftal en prøvetur")
    assert re.fullmatch(r"[0-9a-f]{20}", found.id)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_line_of_the_schedule_about_a_declaration(name: str) -> None:
    text = document.to_json(schedule(name))
    files = {"schedule.json": text}
    lines = text.split("\n")
    first = next(at for at, line in enumerate(lines, 1) if line.startswith(' "campaigns":'))
    for campaign in schedule(name).campaigns:
        start = next(at for at, line in enumerate(lines, 1) if at > first and f'"name": "{campaign.name}"' in line)
        (found,) = traced(name, files, "schedule.json", start)
        place = schedule(name).places[campaign.place]
        assert (found.file, found.line, found.declaration) == (place.file, place.line, place.declaration)
    for number, line in list(enumerate(lines, start=1))[::5]:
        single = re.fullmatch(r'\s*(\{"id": .*"place": (\d+).*\}),?', line)
        if single and line.count('"place"') == 1:
            place = schedule(name).places[int(single[2])]
            assert (place.file, place.line) in {
                (each.file, each.line) for each in traced(name, files, "schedule.json", number)
            }


@pytest.mark.parametrize("target", ["plan_html", "plan_md"])
def test_a_page_leads_to_the_plan(target: str) -> None:
    files = built("family_car", target)
    ((path, text),) = files.items()
    number = next(at for at, line in enumerate(text.split("\n"), start=1) if "campaigns.grid:16" in line)
    found = traced("family_car", files, path, number)
    assert any((each.file, each.line) == ("campaigns.grid", 16) for each in found)
    if target == "plan_html":
        box = next(
            at for at, line in enumerate(text.split("\n"), start=1) if 'id="drawn-invite_to_meeting-call"' in line
        )
        assert traced("family_car", files, path, box)[0].declaration == "campaign invite_to_meeting"


def test_an_audience_without_a_name_in_it() -> None:
    files = run("holiday_trip")
    path = next(path for path in files if path.startswith("audience_google_ads_"))
    (found,) = traced("holiday_trip", files, path, 2)
    assert found.declaration.startswith("campaign ")


@pytest.mark.parametrize(
    ("name", "text", "line", "code"),
    [
        ("touches.csv", "id\na\n", 9, "G1101"),
        ("touches.csv", "id\na\n", 0, "G1101"),
        ("touches.parquet", "x\n", 1, "G1102"),
        ("touches.csv", "id,campaign\na,b\n", 1, "G1103"),
        ("plan.bpmn", "no xml\n", 1, "G1103"),
        ("a.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", 1, "G1103"),
        ("schedule.json", "[" * 50 + "\n", 1, "G1103"),
        ("tasks.jsonl", "no json\n", 1, "G1103"),
    ],
)
def test_what_cannot_be_traced(name: str, text: str, line: int, code: str) -> None:
    (problem,) = trace(Asked(name=name, text=text, line=line)).problems
    assert problem.code.id == code


def test_from_the_shell(tmp_path: Path) -> None:
    assert grid("init", "shop", cwd=tmp_path).returncode == 0
    assert grid("build", "shop", cwd=tmp_path).returncode == 0
    assert grid("run", "shop", cwd=tmp_path).returncode == 0
    done = grid("trace", "shop/out/run/touches.csv:2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    place, about, source = done.stdout.splitlines()[:3]
    file, line = re.match(r"(\S+):(\d+)  campaign ", place).groups()  # type: ignore[union-attr]
    assert " · id " in about
    written = (tmp_path / "shop" / file).read_text("utf-8").splitlines()[int(line) - 1]
    assert source == f"  | {written.strip()}"
    data = json.loads(grid("trace", "shop/out/run/touches.csv:2", "--format", "json", cwd=tmp_path).stdout)
    assert (data[0]["file"], data[0]["line"]) == (file, int(line))
    wrong = grid("trace", "shop/out/run/touches.csv", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "names no line" in wrong.stderr
    for place in ("nowhere.csv:3", "shop/out/run/touches.csv:99999", "shop:1", "shop/out/run/touches.csv:1"):
        lost = grid("trace", place, cwd=tmp_path)
        assert lost.returncode in (1, 2)
        assert clean(lost)


def test_an_output_of_a_stranger_shows_no_file_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "secret.txt").write_text("token\n", "utf-8")
    row = "id,place\na,../secret.txt.grid:1\nb,secret.txt:1\n"
    (tmp_path / "out" / "x.csv").write_text(row, "utf-8")
    (tmp_path / "out" / "x.bpmn").write_text(
        '<a xmlns:grid="g"><b><c><grid:source file="secret.txt" line="1"/></c></b></a>', "utf-8"
    )
    for place in ("out/x.csv:2", "out/x.csv:3", "out/x.bpmn:1"):
        assert "token" not in grid("trace", place, cwd=tmp_path).stdout
