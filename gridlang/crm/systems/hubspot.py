"""HubSpot: tasks in the columns of its import, with the request that maps them for its Imports API.

Every column is named as HubSpot's property, so the guided import takes the file too. An import makes new tasks and
changes none, so import what is new since the last run.
"""

from __future__ import annotations

import json

import attrs

from gridlang.crm import texts
from gridlang.crm.item import Item
from gridlang.crm.options import CrmOptions
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Plan

TASK = "0-27"
"""HubSpot's id of the type of object that a task is."""
_WAYS = {"call": "CALL", "email": "EMAIL", "meeting": "TODO", "task": "TODO"}


@attrs.frozen
class HubSpot:
    """The system `hubspot`."""

    name: str = "hubspot"
    title: str = "HubSpot"
    doc: str = "tasks for HubSpot's import, with the request of its Imports API"
    options: type[CrmOptions] = CrmOptions
    most_rows: int | None = 1_048_576
    needs_owners: bool = False
    columns: dict[str, str] = attrs.field(
        factory=lambda: {
            "hs_timestamp": "when it is due, UTC",
            "hs_task_subject": "what is to be done",
            "hs_task_body": "whom it is about, what to say, and where it comes from",
            "hubspot_owner_id": "the owner of `owners`, else the member by e-mail address or name",
            "hs_task_status": "NOT_STARTED or COMPLETED",
            "hs_task_priority": "LOW, MEDIUM or HIGH: the campaign's priority below 34, up to 66, above",
            "hs_task_type": "CALL on phone, EMAIL on e-mail, else TODO",
        }
    )

    def takes(self, item: Item) -> bool:
        return True

    def row(self, item: Item, owner: str, options: CrmOptions) -> dict[str, str]:
        return {
            "hs_timestamp": texts.utc(item.due),
            "hs_task_subject": texts.line(item.subject),
            "hs_task_body": texts.body(item.lines, item.trace, 65_536),
            "hubspot_owner_id": owner or texts.line(item.member),
            "hs_task_status": "COMPLETED" if item.done else "NOT_STARTED",
            "hs_task_priority": item.ranked("LOW", "MEDIUM", "HIGH"),
            "hs_task_type": _WAYS[item.way],
        }

    def beside(self, plan: Plan, names: list[str], columns: list[str]) -> tuple[OutputFile, ...]:
        mappings = [{"columnObjectTypeId": TASK, "columnName": column, "propertyName": column} for column in columns]
        request = {
            "name": f"{plan.label}: tasks",
            "importOperations": {TASK: "CREATE"},
            "dateFormat": "YEAR_MONTH_DAY",
            "files": [
                {
                    "fileName": name,
                    "fileFormat": "CSV",
                    "fileImportPage": {"hasHeader": True, "columnMappings": mappings},
                }
                for name in names
            ],
        }
        content = json.dumps(request, ensure_ascii=False, indent=2) + "\n"
        return (OutputFile("tasks_hubspot.json", content.encode()),)


SYSTEM = HubSpot()
