"""Dynamics 365 (Dataverse): rows of its table task."""

from __future__ import annotations

import attrs

from gridlang.crm import texts
from gridlang.crm.item import Item
from gridlang.crm.options import ContactOptions
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Plan

SUBJECT, DESCRIPTION = 200, 2_000


@attrs.frozen
class Dynamics:
    """The system `dynamics`."""

    name: str = "dynamics"
    title: str = "Dynamics 365"
    doc: str = "tasks for Dynamics 365 (Dataverse)"
    options: type[ContactOptions] = ContactOptions
    most_rows: int | None = None
    needs_owners: bool = True
    columns: dict[str, str] = attrs.field(
        factory=lambda: {
            "subject": "what is to be done; at most 200 characters",
            "description": "whom it is about, what to say, and where it comes from; at most 2,000 characters",
            "scheduledstart": "when it is handed out, UTC",
            "scheduledend": "when it is due, UTC",
            "prioritycode": "0 low, 1 normal, 2 high: the campaign's priority below 34, up to 66, above",
            "statecode": "0 open, 1 completed",
            "statuscode": "2 not started, 5 completed",
            "ownerid": "the owner of `owners`",
            "regardingobjectid": "the person: `contacts`, else the id",
        }
    )

    def takes(self, item: Item) -> bool:
        return True

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

    def beside(self, plan: Plan, names: list[str], columns: list[str]) -> tuple[OutputFile, ...]:
        return ()


SYSTEM = Dynamics()
