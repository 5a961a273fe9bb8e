"""Pipedrive: activities for its import. It has no column for what is done, so only open work is written."""

from __future__ import annotations

import attrs

from gridlang.crm import texts
from gridlang.crm.item import Item
from gridlang.crm.options import AccountOptions
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Plan


@attrs.frozen
class Pipedrive:
    """The system `pipedrive`."""

    name: str = "pipedrive"
    title: str = "Pipedrive"
    doc: str = "open work as activities for Pipedrive's import"
    options: type[AccountOptions] = AccountOptions
    most_rows: int | None = 50_000
    needs_owners: bool = True
    columns: dict[str, str] = attrs.field(
        factory=lambda: {
            "subject": "what is to be done",
            "type": "call, meeting, email or task",
            "due_date": "the day it is due, UTC",
            "due_time": "the time of day, UTC",
            "duration": "always 00:30: a plan does not say how long work takes",
            "owner_id": "the owner of `owners`",
            "person_id": "the person: `contacts`, else the id",
            "org_id": "the account: `accounts`, else the id; empty for somebody without one",
            "deal_id": "always empty: a plan knows no deals",
            "note": "whom it is about, what to say, and where it comes from",
        }
    )

    def takes(self, item: Item) -> bool:
        return not item.done

    def row(self, item: Item, owner: str, options: AccountOptions) -> dict[str, str]:
        return {
            "subject": texts.line(item.subject),
            "type": item.way,
            "due_date": texts.utc_day(item.due),
            "due_time": texts.utc_time(item.due),
            "duration": "00:30",
            "owner_id": owner,
            "person_id": texts.line(item.contact_by(options.contacts)),
            "org_id": texts.line(item.account_by(options.accounts)),
            "deal_id": "",
            "note": texts.body(item.lines, item.trace),
        }

    def beside(self, plan: Plan, names: list[str], columns: list[str]) -> tuple[OutputFile, ...]:
        return ()


SYSTEM = Pipedrive()
