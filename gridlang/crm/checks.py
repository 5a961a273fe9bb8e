"""What is missing in the settings of a system, said before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gridlang.crm.item import SOURCES
from gridlang.crm.options import AccountOptions, ContactOptions, CrmOptions, SalesforceOptions
from gridlang.crm.system import System
from gridlang.diagnostics.codes import settings as codes
from gridlang.diagnostics.model import Diagnostic
from gridlang.schedule.model import Field, Schedule
from gridlang.settings.reading import near


def findings(system: System, schedule: Schedule, options: CrmOptions, workers: Iterable[str]) -> Iterator[Diagnostic]:
    """Everything wrong with the options for this plan; `workers` are the members and teams that will have work."""
    yield from _owners(system, schedule, options, list(dict.fromkeys(workers)))
    key = f"targets.{system.name}"
    if isinstance(options, ContactOptions):
        yield from _attribute(f"{key}.contacts", options.contacts, schedule.person_fields)
    if isinstance(options, AccountOptions):
        yield from _attribute(f"{key}.accounts", options.accounts, schedule.account_fields)
    for column, name in options.fields.items():
        known = _sources(schedule)
        if name not in known:
            yield _unknown(f"{key}.fields.{column}", name, known)
    if isinstance(options, SalesforceOptions):
        yield from _attribute(f"{key}.opportunities", options.opportunities, schedule.account_fields)
        for role in options.roles:
            roles = [each.name for each in schedule.roles]
            if role not in roles:
                yield _unknown(f"{key}.roles", role, roles)


def _owners(system: System, schedule: Schedule, options: CrmOptions, workers: list[str]) -> Iterator[Diagnostic]:
    members = {member: team.name for team in schedule.teams for member in team.members}
    known = [*members, *(team.name for team in schedule.teams)]
    for name in options.owners:
        if name not in known:
            yield _unknown(f"targets.{system.name}.owners", name, known)
    lacking = [name for name in workers if not (options.owners.get(name) or options.owners.get(members.get(name, "")))]
    if system.needs_owners and lacking and not options.owner:
        listed = ", ".join(f"`{name}`" for name in lacking)
        example = f'"{lacking[0]}" = "…"'
        yield codes.MISSING_OWNER.at(None, system=system.title, name=system.name, who=listed, example=example)


def _attribute(key: str, name: str | None, fields: Iterable[Field]) -> Iterator[Diagnostic]:
    known = [field.name for field in fields]
    if name is not None and name not in known:
        yield _unknown(key, name, known)


def _sources(schedule: Schedule) -> list[str]:
    people = [f"person.{field.name}" for field in schedule.person_fields]
    return [*SOURCES, *people, *(f"account.{field.name}" for field in schedule.account_fields)]


def _unknown(key: str, name: str, known: list[str]) -> Diagnostic:
    listed = ", ".join(f"`{each}`" for each in known) or "nothing in this plan"
    return codes.UNKNOWN_CHOICE.at(None, key=key, value=name, choices=listed, near=near(name, known))
