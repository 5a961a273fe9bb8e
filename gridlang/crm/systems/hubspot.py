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
from gridlang.crm.system import System
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Plan

TASK = "0-27"
"""HubSpot's id of the type of object that a task is."""
_WAYS = {"call": "CALL", "email": "EMAIL", "meeting": "TODO", "task": "TODO"}


@attrs.frozen
class HubSpot(System):
    """The system `hubspot`."""

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


SYSTEM = HubSpot(
    name="hubspot",
    title="HubSpot",
    doc="tasks for HubSpot's import, with the request of its Imports API",
    options=CrmOptions,
    most_rows=1_048_576,
    needs_owners=False,
    columns={
        "hs_timestamp": "when it is due, UTC",
        "hs_task_subject": "what is to be done",
        "hs_task_body": "whom it is about, what to say, and where it comes from",
        "hubspot_owner_id": "the owner of `owners`, else the member by e-mail address or name",
        "hs_task_status": "NOT_STARTED or COMPLETED",
        "hs_task_priority": "LOW, MEDIUM or HIGH: the campaign's priority below 34, up to 66, above",
        "hs_task_type": "CALL on phone, EMAIL on e-mail, else TODO",
    },
    imports=(
        "By hand: start an import of a file, choose tasks, and map every column to the property of the same "
        "internal name. To tie each task to its contact, add a column with the address (`Email = "
        '"person.email"` in `fields`), import tasks and contacts together, and map it to the contact\'s e-mail.',
        "By the Imports API, as a form, with `files` once for each file: `curl "
        'https://api.hubapi.com/crm/v3/imports -H "Authorization: Bearer $TOKEN" -F '
        '"importRequest=<tasks_hubspot.json" -F files=@tasks_hubspot.csv`. It maps columns of your own to the '
        'task\'s property of that name; for one of the contact, put `"0-1"`, `"email"` and `"columnType": '
        '"HUBSPOT_ALTERNATE_ID"` into its entry.',
        "An import makes new tasks and changes none: take in each list once, and of a later one what is new.",
    ),
)
