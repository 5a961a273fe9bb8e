"""Tasks in the columns of HubSpot's import, with the request that maps them for its Imports API.

Every column is named as HubSpot's property, so the guided import takes the file too. An import makes new tasks and
changes none, so a withdrawn task is left out; import what is new since the last run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from gridlang.outputs import OutputFile
from gridlang.runtime.outputs.encode import csv_bytes, utc
from gridlang.runtime.outputs.formulas import neutral
from gridlang.runtime.rows import TaskRow
from gridlang.schedule.model import Campaign, Channel, Schedule

MOST_ROWS = 1_048_576
"""Rows that HubSpot takes in one file, the header among them."""
TASK = "0-27"
"""HubSpot's id of the type of object that a task is."""

COLUMNS: dict[str, str] = {
    "hs_timestamp": "when it is due, UTC",
    "hs_task_subject": "what is to be done",
    "hs_task_body": "whom it is about, and what to say",
    "hubspot_owner_id": "the member of the team, by e-mail address or name; empty: nobody yet",
    "hs_task_status": "NOT_STARTED or COMPLETED",
    "hs_task_priority": "LOW, MEDIUM or HIGH: the campaign's priority below 34, up to 66, above",
    "hs_task_type": "CALL on phone, EMAIL on e-mail, else TODO",
}


def files(schedule: Schedule, tasks: tuple[TaskRow, ...], most_rows: int = MOST_ROWS) -> tuple[OutputFile, ...]:
    """`tasks_hubspot.csv` (more of them where there are more rows than one may have) and `tasks_hubspot.json`."""
    rows = [_row(schedule, task) for task in tasks if task.state != "withdrawn"]
    size = most_rows - 1
    parts = [rows[at : at + size] for at in range(0, len(rows), size)] or [[]]
    names = ["tasks_hubspot.csv", *(f"tasks_hubspot_{number}.csv" for number in range(2, len(parts) + 1))]
    written = tuple(OutputFile(name, csv_bytes(COLUMNS, part)) for name, part in zip(names, parts, strict=True))
    return (*written, OutputFile("tasks_hubspot.json", _request(schedule, names)))


def _row(schedule: Schedule, task: TaskRow) -> list[str]:
    return [
        utc(task.due if task.deadline is None else task.deadline),
        neutral(task.subject or _title(schedule, task)),
        neutral("\n".join(_body(task))),
        neutral(task.member, name=True),
        "COMPLETED" if task.state == "done" else "NOT_STARTED",
        _priority(schedule, task.campaign),
        _type(schedule, task.channel),
    ]


def _title(schedule: Schedule, task: TaskRow) -> str:
    """What a task without a subject is called: its message, else its campaign."""
    message = next((message for message in schedule.messages if message.name == task.message), None)
    campaign = _campaign(schedule, task.campaign)
    return message.label if message else campaign.label if campaign else task.step


def _body(task: TaskRow) -> Iterator[str]:
    yield f"{task.contact} ({task.account})" if task.account else task.contact
    if task.script:
        yield task.script
    if task.outcomes:
        yield " / ".join(task.outcomes)
    yield f"gridlang {task.id}"


def _campaign(schedule: Schedule, name: str) -> Campaign | None:
    return next((campaign for campaign in schedule.campaigns if campaign.name == name), None)


def _priority(schedule: Schedule, name: str) -> str:
    campaign = _campaign(schedule, name)
    priority = campaign.priority if campaign else 50
    return "LOW" if priority < 34 else "MEDIUM" if priority <= 66 else "HIGH"


def _type(schedule: Schedule, name: str) -> str:
    channel: Channel | None = next((channel for channel in schedule.channels if channel.name == name), None)
    line = (channel.name, *channel.ancestors) if channel else (name,)
    return "CALL" if "phone" in line else "EMAIL" if "email" in line else "TODO"


def _request(schedule: Schedule, names: list[str]) -> bytes:
    request = {
        "name": f"{schedule.plan.label}: tasks",
        "importOperations": {TASK: "CREATE"},
        "dateFormat": "YEAR_MONTH_DAY",
        "files": [
            {
                "fileName": name,
                "fileFormat": "CSV",
                "fileImportPage": {"hasHeader": True, "columnMappings": [_mapping(column) for column in COLUMNS]},
            }
            for name in names
        ],
    }
    return (json.dumps(request, ensure_ascii=False, indent=2) + "\n").encode()


def _mapping(column: str) -> dict[str, str]:
    return {"columnObjectTypeId": TASK, "columnName": column, "propertyName": column}
