"""Salesforce: tasks for its Data Loader (object Task)."""

from __future__ import annotations

import attrs

from gridlang.crm import texts
from gridlang.crm.item import Item
from gridlang.crm.options import SalesforceOptions
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Plan

SUBJECT, DESCRIPTION = 255, 32_000
_WAYS = {"call": "Call", "email": "Email", "meeting": "Task", "task": "Task"}


@attrs.frozen
class Salesforce:
    """The system `salesforce`."""

    name: str = "salesforce"
    title: str = "Salesforce"
    doc: str = "tasks for Salesforce's Data Loader, and the roles of a buying group"
    options: type[SalesforceOptions] = SalesforceOptions
    most_rows: int | None = None
    needs_owners: bool = True
    columns: dict[str, str] = attrs.field(
        factory=lambda: {
            "Subject": "what is to be done; at most 255 characters",
            "ActivityDate": "the day it is due, on the plan's clock",
            "Status": "Not Started or Completed",
            "Priority": "Low, Normal or High: the campaign's priority below 34, up to 66, above",
            "OwnerId": "the owner of `owners`",
            "WhoId": "the person: `contacts`, else the id",
            "WhatId": "the account: `accounts`, else the id; empty for somebody without one",
            "Description": "whom it is about, what to say, and where it comes from; at most 32,000 characters",
            "TaskSubtype": "Call, Email or Task",
            "IsReminderSet": "true for what is not done",
            "ReminderDateTime": "when it is handed out, UTC",
        }
    )

    def takes(self, item: Item) -> bool:
        return True

    def row(self, item: Item, owner: str, options: SalesforceOptions) -> dict[str, str]:
        return {
            "Subject": texts.line(item.subject, SUBJECT),
            "ActivityDate": item.due_day,
            "Status": "Completed" if item.done else "Not Started",
            "Priority": item.ranked("Low", "Normal", "High"),
            "OwnerId": owner,
            "WhoId": texts.line(item.contact_by(options.contacts)),
            "WhatId": texts.line(item.account_by(options.accounts)),
            "Description": texts.body(item.lines, item.trace, DESCRIPTION),
            "TaskSubtype": _WAYS[item.way],
            "IsReminderSet": "false" if item.done else "true",
            "ReminderDateTime": "" if item.done else texts.utc(item.start),
        }

    def beside(self, plan: Plan, names: list[str], columns: list[str]) -> tuple[OutputFile, ...]:
        return ()


SYSTEM = Salesforce()
