"""Dynamics 365 (Dataverse): rows of its table task."""

from __future__ import annotations

import attrs

from gridlang.crm import texts
from gridlang.crm.item import Item
from gridlang.crm.options import ContactOptions
from gridlang.crm.system import System

SUBJECT, DESCRIPTION = 200, 2_000


@attrs.frozen
class Dynamics(System):
    """The system `dynamics`."""

    def row(self, item: Item, owner: str, options: ContactOptions) -> dict[str, str]:
        return {
            "subject": texts.line(item.subject, SUBJECT),
            "description": texts.body(item.lines, item.trace, DESCRIPTION),
            "scheduledstart": texts.utc(item.start),
            "scheduledend": texts.utc(item.due),
            "prioritycode": item.ranked("0", "1", "2"),
            "statecode": "1" if item.done else "0",
            "statuscode": "5" if item.done else "2",
            "ownerid": owner,
            "regardingobjectid": texts.line(item.contact_by(options.contacts)),
        }


SYSTEM = Dynamics(
    name="dynamics",
    title="Dynamics 365",
    doc="tasks for Dynamics 365 (Dataverse)",
    options=ContactOptions,
    columns={
        "subject": "what is to be done; at most 200 characters",
        "description": "whom it is about, what to say, and where it comes from; at most 2,000 characters",
        "scheduledstart": "when it is handed out, UTC",
        "scheduledend": "when it is due, UTC",
        "prioritycode": "0 low, 1 normal, 2 high: the campaign's priority below 34, up to 66, above",
        "statecode": "0 open, 1 completed",
        "statuscode": "2 not started, 5 completed",
        "ownerid": "the owner of `owners`",
        "regardingobjectid": "the person: `contacts`, else the id",
    },
    imports=(
        "In the app's list of tasks choose Import from CSV, and map each column to that of the same logical "
        "name; `ownerid` finds a user or a team, `regardingobjectid` a contact, by the field that you choose "
        "there.",
        "`prioritycode`, `statecode` and `statuscode` hold the numbers of choices: match each to its label "
        "once, and keep the map for the next time.",
        'To take in a list again without doubles, map the plan\'s id (`new_planid = "id"` in `fields`) to a '
        "column of yours that is an alternate key.",
    ),
)
