"""The buying group as Salesforce takes it: a row of OpportunityContactRole for each role of each person.

Roles are those of the person's own row and of the Integration Map of the account's segment in the phase in which the
run leaves it, as the people's attributes and events say them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gridlang.crm import texts, writing
from gridlang.crm.options import SalesforceOptions
from gridlang.outputs import OutputFile
from gridlang.runtime.outputs.attributes import texts as as_texts
from gridlang.runtime.rows import Contact, Execution, Input
from gridlang.schedule.model import Schedule

COLUMNS = {
    "ContactId": "the person: `contacts`, else the id",
    "OpportunityId": "the attribute of the account that `opportunities` names; accounts without one are left out",
    "Role": "what `roles` calls it, else its title in the plan",
    "IsPrimary": "true for the first target of the account, who can be only one",
}
"""The columns of `roles_salesforce.csv`."""


def files(schedule: Schedule, execution: Execution, given: Input, options: SalesforceOptions) -> tuple[OutputFile, ...]:
    """`roles_salesforce.csv`; nothing when the settings name no attribute for opportunities."""
    if options.opportunities is None:
        return ()
    rows = list(_rows(schedule, execution, given, options))
    return tuple(writing.split("roles_salesforce", list(COLUMNS), rows, options.most_rows))


def _rows(schedule: Schedule, execution: Execution, given: Input, options: SalesforceOptions) -> Iterator[list[str]]:
    titles = {role.name: role.label for role in schedule.roles}
    groups: dict[str, list[Contact]] = {}
    for contact in sorted(given.contacts, key=lambda each: each.id):
        groups.setdefault(contact.account, []).append(contact)
    played = _played(schedule, execution, given)
    for account, contacts in sorted(groups.items()):
        opportunity = as_texts(given.accounts.get(account, {})).get(options.opportunities or "", "")
        primary = next((each.id for each in contacts if "target" in played.get(each.id, ())), None)
        for contact in contacts if opportunity else ():
            person = as_texts(contact.attributes).get(options.contacts, "") if options.contacts else contact.id
            for role in played.get(contact.id, ()):
                called = options.roles.get(role, titles.get(role, role))
                first = role == "target" and contact.id == primary
                cells = (texts.line(person), texts.line(opportunity), texts.line(called))
                yield [*cells, "true" if first else "false"]


def _played(schedule: Schedule, execution: Execution, given: Input) -> dict[str, tuple[str, ...]]:
    """By person: their roles where the run leaves them (R1, R4)."""
    from gridlang.runtime.reference import cells, happenings
    from gridlang.runtime.reference.execution import begin

    phases: Mapping[str, tuple[str, int]] = {move.account: (move.target, move.at) for move in execution.moves}
    start, until = execution.counts.lived
    world = begin(schedule, given, start, max(until, start + 1))
    found: dict[str, tuple[str, ...]] = {}
    for account in world.accounts:
        if account.id not in phases:
            continue
        account.phase, entered = phases[account.id]
        for person, happening in account.inbox:
            if happening.event is not None and happening.at <= entered:
                happenings.remember(world, person, happening.event, happening.at, happening.payload, happening)
        cells.place_in_segment(world, account, entered)
        segment = account.segment
        for person in account.people if segment else ():
            found[person.id] = cells.roles(world, person, segment.name if segment else "")
    return found
