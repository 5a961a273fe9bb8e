"""Salesforce: tasks for its Data Loader (object Task)."""

from __future__ import annotations

import attrs

from gridlang.crm import texts
from gridlang.crm.item import Item
from gridlang.crm.options import SalesforceOptions
from gridlang.crm.system import System

SUBJECT, DESCRIPTION = 255, 32_000
_WAYS = {"call": "Call", "email": "Email", "meeting": "Task", "task": "Task"}


@attrs.frozen
class Salesforce(System):
    """The system `salesforce`."""

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


SYSTEM = Salesforce(
    name="salesforce",
    title="Salesforce",
    doc="tasks for Salesforce's Data Loader, and the roles of a buying group",
    options=SalesforceOptions,
    columns={
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
    },
    imports=(
        "In Data Loader choose Insert, the object Task, and the file; let it match the fields by itself, since "
        "each column is named as the field is in the API. `ReminderDateTime` says that it is UTC, so the "
        "loader's time zone is not used.",
        "`roles_salesforce.csv` the same way, with the object OpportunityContactRole.",
        "To take in a list again without doubles, give Task a text field of your own as external id, fill it by"
        ' `fields` (`Plan_Id__c = "id"`), and choose Upsert.',
    ),
)
