"""The task lists of CRMs: their exact columns, their limits, and what is missing said before anything is written."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import attrs
import pyarrow.csv
import pytest

from gridlang.crm import checks, writing
from gridlang.crm.options import CrmOptions, SalesforceOptions
from gridlang.crm.systems import systems
from gridlang.crm.systems.salesforce import SYSTEM as SALESFORCE
from gridlang.outputs import OutputFile
from gridlang.runtime.outputs import crm, roles
from gridlang.runtime.outputs.lists import Ran, Tasks
from gridlang.targets import discover
from tests.unit.examples.plans import compiled, executed, given
from tests.unit.rows.executed import TASK
from tests.unit.schedule import sample

# The columns that the vendors' documentation names.
COLUMNS = {
    "hubspot": "hs_timestamp hs_task_subject hs_task_body hubspot_owner_id hs_task_status hs_task_priority "
    "hs_task_type",
    "salesforce": "Subject ActivityDate Status Priority OwnerId WhoId WhatId Description TaskSubtype IsReminderSet "
    "ReminderDateTime",
    "dynamics": "subject description scheduledstart scheduledend prioritycode statecode statuscode ownerid "
    "regardingobjectid",
    "pipedrive": "subject type due_date due_time duration owner_id person_id org_id deal_id note",
}
SYSTEMS = systems()
NAMES = tuple(COLUMNS)


def read(file: OutputFile) -> list[dict[str, str]]:
    """By Arrow, a reader of CSV that is not ours."""
    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    strings = pyarrow.csv.ConvertOptions(
        strings_can_be_null=False, column_types={name: pyarrow.string() for name in _names(file)}
    )
    table = pyarrow.csv.read_csv(io.BytesIO(file.content), parse_options=options, convert_options=strings)
    rows: list[dict[str, str]] = table.to_pylist()
    return rows


def _names(file: OutputFile) -> list[str]:
    return next(csv.reader(io.StringIO(file.content.decode())))


def listed(name: str, **options: Any) -> list[dict[str, str]]:
    """The sample's task in the list of a system."""
    system = SYSTEMS[name]
    chosen = system.options(**{"owner": "OWNER", **options})
    tasks = (attrs.evolve(TASK, campaign="invite", step="call", state="open", outcome="", closed=None),)
    return read(crm.files(system, chosen, sample.schedule(), tasks, None)[0])


def test_every_system_is_a_target_and_a_list() -> None:
    assert set(SYSTEMS) == set(NAMES) <= set(discover())


@pytest.mark.parametrize("name", NAMES)
def test_the_columns_are_exactly_those_of_the_system(name: str) -> None:
    (row,) = listed(name)
    assert list(row) == COLUMNS[name].split() == list(SYSTEMS[name].columns)


def test_salesforce() -> None:
    (row,) = listed("salesforce")
    assert row.pop("Description").splitlines()[-1].startswith("gridlang 0b0b0b0b0b0b0b0b0b0b plan.grid:")
    assert row == {
        "Subject": "Ring og aftal en prøvetur",
        "ActivityDate": "2027-02-10",
        "Status": "Not Started",
        "Priority": "Normal",
        "OwnerId": "OWNER",
        "WhoId": "p1",
        "WhatId": "h1",
        "TaskSubtype": "Call",
        "IsReminderSet": "true",
        "ReminderDateTime": "2027-02-08T08:00:00Z",
    }


def test_dynamics() -> None:
    (row,) = listed("dynamics")
    assert row.pop("description").count("\n") == 4
    assert row == {
        "subject": "Ring og aftal en prøvetur",
        "scheduledstart": "2027-02-08T08:00:00Z",
        "scheduledend": "2027-02-10T08:00:00Z",
        "prioritycode": "1",
        "statecode": "0",
        "statuscode": "2",
        "ownerid": "OWNER",
        "regardingobjectid": "p1",
    }


def test_pipedrive() -> None:
    (row,) = listed("pipedrive")
    assert row.pop("note")
    assert row == {
        "subject": "Ring og aftal en prøvetur",
        "type": "call",
        "due_date": "2027-02-10",
        "due_time": "08:00",
        "duration": "00:30",
        "owner_id": "OWNER",
        "person_id": "p1",
        "org_id": "h1",
        "deal_id": "",
    }


def test_what_is_done() -> None:
    done = (attrs.evolve(TASK, campaign="invite", step="call"),)
    rows: dict[str, list[dict[str, str]]] = {
        name: list(
            csv.DictReader(
                io.StringIO(
                    crm.files(SYSTEMS[name], SYSTEMS[name].options(owner="1"), sample.schedule(), done, None)[
                        0
                    ].content.decode()
                )
            )
        )
        for name in NAMES
    }
    assert rows["salesforce"][0]["Status"] == "Completed"
    assert (rows["dynamics"][0]["statecode"], rows["dynamics"][0]["statuscode"]) == ("1", "5")
    assert rows["hubspot"][0]["hs_task_status"] == "COMPLETED"
    assert rows["pipedrive"] == [], "it has no column for it"


@pytest.mark.parametrize(("name", "column", "most"), [("salesforce", "Subject", 255), ("dynamics", "subject", 200)])
def test_a_long_subject_is_cut_at_a_word(name: str, column: str, most: int) -> None:
    system, tasks = SYSTEMS[name], (attrs.evolve(TASK, subject="Ring til den travle far " * 500),)
    (row,) = read(crm.files(system, system.options(owner="1"), sample.schedule(), tasks, None)[0])
    assert most - 12 < len(row[column]) <= most
    assert row[column].endswith(("Ring…", "til…", "den…", "travle…", "far…"))


@pytest.mark.parametrize(
    ("name", "column", "most"),
    [("salesforce", "Description", 32_000), ("dynamics", "description", 2_000), ("hubspot", "hs_task_body", 65_536)],
)
def test_a_long_body_is_cut_and_keeps_where_it_comes_from(name: str, column: str, most: int) -> None:
    system, tasks = SYSTEMS[name], (attrs.evolve(TASK, script="Spørg til hunden. " * 9_000),)
    (row,) = read(crm.files(system, system.options(owner="1"), sample.schedule(), tasks, None)[0])
    assert len(row[column]) <= most
    assert "…\ngridlang 0b0b" in row[column]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_texts_stay_texts(name: str) -> None:
    evil = "=cmd|' /C calc'!A0\r\n<script>\u202e\x00 👩‍👩‍👧 " + "x" * 10_000
    task = attrs.evolve(
        TASK, subject=evil, script=evil, contact=evil, account="@SUM(A1)", member="+1+1", state="open", outcome=""
    )
    (row,) = read(crm.files(SYSTEMS[name], SYSTEMS[name].options(owner="=1"), sample.schedule(), (task,), None)[0])
    assert not [cell for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert not any("\x00" in cell or "\r" in cell for cell in row.values())


@pytest.mark.parametrize(("name", "most"), [("hubspot", 1_048_576), ("pipedrive", 50_000)])
def test_a_file_has_no_more_rows_than_the_system_takes(name: str, most: int) -> None:
    assert SYSTEMS[name].most_rows == most
    parts = list(writing.split("t", ["a"], [[str(number)] for number in range(most + 5)], most))
    assert [file.path for file in parts] == ["t.csv", "t_2.csv"]
    assert [file.content.count(b"\n") for file in parts] == [most, 7]


def test_owners_by_member_then_team_then_all() -> None:
    owners = {"mette@example.dk": "M", "sales_desk": "T"}
    assert listed("salesforce", owners=owners)[0]["OwnerId"] == "M"
    assert listed("salesforce", owners={"sales_desk": "T"})[0]["OwnerId"] == "T"
    assert listed("salesforce")[0]["OwnerId"] == "OWNER"
    assert listed("hubspot", owner=None)[0]["hubspot_owner_id"] == "mette@example.dk"


def test_columns_of_ones_own_are_mapped_for_hubspot_too() -> None:
    fields = {"Campaign__c": "campaign", "Grid": "id", "Where": "place", "Subject": "message", "Mail": "person.email"}
    (row,) = listed("salesforce", fields=fields)
    assert (row["Campaign__c"], row["Grid"], row["Subject"], row["Mail"]) == ("invite", "0b" * 10, "call_script", "")
    files = crm.files(SYSTEMS["hubspot"], CrmOptions(fields={"grid_id": "id"}), sample.schedule(), (TASK,), None)
    request = json.loads(files[-1].content)
    assert request["files"][0]["fileImportPage"]["columnMappings"][-1]["propertyName"] == "grid_id"


def test_ids_there_by_an_attribute() -> None:
    people = given("family_car")
    contact = attrs.evolve(people.contacts[0], id="p1", account="h1", attributes={"first_name": "003A"})
    tasks = (attrs.evolve(TASK, contact="p1"),)
    options = SalesforceOptions(owner="1", contacts="first_name")
    found = crm.files(SALESFORCE, options, sample.schedule(), tasks, attrs.evolve(people, contacts=(contact,)))
    assert read(found[0])[0]["WhoId"] == "003A"


def problems(name: str, workers: tuple[str, ...] = ("mette@example.dk",), **options: Any) -> list[tuple[str, str]]:
    system = SYSTEMS[name]
    found = checks.findings(system, compiled("family_car").schedule, system.options(**options), workers)
    return [(problem.code.id, f"{problem.message} | {problem.help}") for problem in found]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (
            {},
            "G0911",
            "Salesforce knows nobody for `mette@example.dk` | give their ids in `grid.toml`: `[targets.sales",
        ),
        ({"owner": "1", "owners": {"mett@example.dk": "1"}}, "G0904", "did you mean `mette@example.dk`?"),
        ({"owner": "1", "contacts": "mail"}, "G0904", "`targets.salesforce.contacts` cannot be `mail`"),
        ({"owner": "1", "fields": {"X": "campain"}}, "G0904", "did you mean `campaign`?"),
        ({"owner": "1", "fields": {"X": "person.emial"}}, "G0904", "did you mean `person.email`?"),
        ({"owner": "1", "opportunities": "deal"}, "G0904", "nothing in this plan"),
        (
            {"owner": "1", "roles": {"aprover": "Decision Maker"}},
            "G0904",
            "`targets.salesforce.roles` cannot be `aprover`",
        ),
    ],
)
def test_what_is_missing_or_misspelt_is_said(options: Mapping[str, Any], code: str, words: str) -> None:
    ((found, said),) = problems("salesforce", **options)
    assert found == code
    assert words in said


def test_a_team_stands_for_its_members() -> None:
    assert problems("salesforce", owners={"sales_desk": "1"}) == []
    assert problems("hubspot") == [], "HubSpot takes e-mail addresses"


def test_the_roles_of_a_buying_group() -> None:
    """canteen_dishwasher: five people; a role a row, and one primary contact an opportunity."""
    schedule = compiled("canteen_dishwasher").schedule
    people, execution = given("canteen_dishwasher"), executed("canteen_dishwasher")
    field = schedule.account_fields[0].name
    options = SalesforceOptions(opportunities=field, roles={"approver": "Decision Maker"})
    (file,) = roles.files(schedule, execution, people, options)
    rows = read(file)
    assert list(rows[0]) == ["ContactId", "OpportunityId", "Role", "IsPrimary"]
    assert {row["Role"] for row in rows} > {"Decision Maker"}
    assert len({(row["ContactId"], row["Role"]) for row in rows}) == len(rows)
    primary = [
        people_account[row["ContactId"]]
        for people_account in [{c.id: c.account for c in people.contacts}]
        for row in rows
        if row["IsPrimary"] == "true"
    ]
    assert len(primary) == len(set(primary)) > 3
    assert roles.files(schedule, execution, people, SalesforceOptions()) == ()


def test_the_lists_of_a_run_of_the_examples() -> None:
    for name in ("family_car", "canteen_dishwasher"):
        schedule, execution = compiled(name).schedule, executed(name)
        ran = Ran(schedule=schedule, execution=execution, tasks=execution.tasks, given=given(name))
        open_ = [task for task in execution.tasks if task.state != "withdrawn"]
        for system in SYSTEMS.values():
            files = Tasks(system).files(ran, system.options(owner="1"))
            rows = read(files[0]) if files[0].content.count(b"\n") > 1 else []
            wanted = [task for task in open_ if task.state != "done"] if system.name == "pipedrive" else open_
            assert len(rows) == len(wanted) > 0, (name, system.name)


@pytest.mark.parametrize("name", NAMES)
def test_a_build_writes_the_dated_work(name: str) -> None:
    target = discover()[name]
    outcome = target.files(compiled("family_car").schedule, target.options(owner="1"))  # type: ignore[call-arg]
    rows = read(outcome.value[0])
    assert rows
    assert all(any(" campaigns.grid:" in cell and "gridlang " in cell for cell in row.values()) for row in rows)
    subjects = [row[next(column for column in row if "ubject" in column)] for row in rows]
    assert "Bestil Tv: Drømmen om weekenden" in subjects


def test_a_build_without_owners_says_so_and_writes_nothing() -> None:
    target = discover()["dynamics"]
    outcome = target.files(compiled("family_car").schedule, target.options())
    assert outcome.value == ()
    assert [problem.code.id for problem in outcome.problems] == ["G0911"]


@pytest.mark.parametrize("name", NAMES)
def test_every_system_tells_how_its_list_gets_in(name: str) -> None:
    """What its steps name is there: columns of the file, files, and the setting `fields`."""
    system = SYSTEMS[name]
    told = " ".join(system.imports)
    named = set(re.findall(r"`([a-z_]+id|[A-Z]\w+|\w+code)`", told))
    assert len(system.imports) >= 3
    assert named <= set(system.columns)
    assert set(re.findall(r"tasks_\w+\.\w+", told)) <= {f"tasks_{name}.csv", f"tasks_{name}.json"}
    assert "fields" in told
