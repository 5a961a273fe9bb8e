"""Pipedrive: activities for its import. It has no column for what is done, so only open work is written."""

from __future__ import annotations

import attrs

from gridlang.crm import texts
from gridlang.crm.item import Item
from gridlang.crm.options import AccountOptions
from gridlang.crm.system import System


@attrs.frozen
class Pipedrive(System):
    """The system `pipedrive`."""

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


SYSTEM = Pipedrive(
    name="pipedrive",
    title="Pipedrive",
    doc="open work as activities for Pipedrive's import",
    options=AccountOptions,
    most_rows=50_000,
    columns={
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
    },
    imports=(
        "Under Tools and apps choose Import data, From a spreadsheet, and the file; map each column to the "
        "field of an activity that it is named after, `person_id` and `org_id` to the ids of person and "
        "organization.",
        "Activities have no fields of one's own there: map what `fields` adds to one of the person, "
        "organization or deal, or leave it out.",
        "An import makes new activities: take in each list once, and of a later one what is new.",
    ),
)
