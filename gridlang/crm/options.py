"""What a plan's `grid.toml` tells of a CRM: who our people are there, and columns of its own."""

from __future__ import annotations

import re

import attrs

from gridlang.settings import setting
from gridlang.settings.options import Options


def _columns(value: dict[str, str]) -> str | None:
    fine = all(re.fullmatch(r"[^\W\d_][\w .:-]*", name) for name in value)
    return None if fine else "names of columns: a letter, then letters, figures and `_ . : -`"


def _rows(value: int) -> str | None:
    return None if value >= 2 else "at least 2: the header and a row"


@attrs.frozen(kw_only=True)
class CrmOptions(Options):
    """`[targets.hubspot]` and its like; `grid run` uses the same table."""

    owners: dict[str, str] = attrs.field(
        factory=dict, metadata={"doc": 'who a member or a team is there: `"mette@example.dk" = "ID"`'}
    )
    owner: str | None = setting(None, "who has what `owners` gives to nobody")
    fields: dict[str, str] = attrs.field(
        factory=dict,
        metadata={"doc": 'columns of one\'s own: `Campaign__c = "campaign"`, `"person.NAME"`', "check": _columns},
    )
    most_rows: int | None = setting(None, "rows of a file at most, its header among them", check=_rows)


@attrs.frozen(kw_only=True)
class ContactOptions(CrmOptions):
    """For systems in which a task is about a person."""

    contacts: str | None = setting(None, "the attribute of a person that holds their id there; left out: `id`")


@attrs.frozen(kw_only=True)
class AccountOptions(ContactOptions):
    """For systems in which a task is about an account too."""

    accounts: str | None = setting(None, "the attribute of an account that holds its id there; left out: `id`")


@attrs.frozen(kw_only=True)
class SalesforceOptions(AccountOptions):
    """Salesforce can also take the roles of a buying group."""

    opportunities: str | None = setting(
        None, "the attribute of an account that holds its opportunity; with it, roles are written"
    )
    roles: dict[str, str] = attrs.field(
        factory=dict, metadata={"doc": 'what our roles are called there: `approver = "Decision Maker"`'}
    )
