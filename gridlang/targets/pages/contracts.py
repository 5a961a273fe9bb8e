"""For whoever runs the CRM: what it delivers, what it hears of, what comes out for it, and which version this is."""

from __future__ import annotations

import hashlib

import attrs

from gridlang.crm.systems import systems
from gridlang.schedule import document
from gridlang.schedule.expressions import ValueType
from gridlang.schedule.model import Field
from gridlang.schedule.references import RESERVED
from gridlang.schedule.steps import Task
from gridlang.targets.pages.told import Chip, Context, Fact, Text, Where, facts, texts
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.contracts import EventContract, FieldContract, Use, event_contracts, field_contracts
from gridlang.targets.words import Words, phrase
from gridlang.targets.words import steps as said


@attrs.frozen(kw_only=True)
class UseView:
    """Who uses it: `Segment Growing families`."""

    kind: str
    chip: Chip


@attrs.frozen(kw_only=True)
class FieldView:
    """An attribute as the CRM must deliver it."""

    name: str
    title: str | None
    of: str
    type: str
    optional: bool
    uses: tuple[UseView, ...]
    where: Where


@attrs.frozen(kw_only=True)
class EventView:
    """An event: what it is called in a file, what it carries, who sends it and who listens."""

    name: str
    title: str | None
    carries: tuple[tuple[str, str], ...]
    senders: tuple[str, ...]
    uses: tuple[UseView, ...]
    where: Where


@attrs.frozen(kw_only=True)
class JobView:
    """A kind of task, under the names that go out and come back."""

    step: str
    title: str
    chip: Chip
    team: str
    channel: str
    message: str | None
    outcomes: tuple[str, ...]
    where: Where


@attrs.frozen(kw_only=True)
class SystemView:
    """A list that a CRM takes; `owners`: who must be named there before it takes anything."""

    title: str
    file: str
    columns: tuple[tuple[str, tuple[Text, ...]], ...]
    """Each with what of the plan stands in it."""
    owners: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Contracts:
    """All of it."""

    fields: tuple[FieldView, ...]
    reserved: tuple[str, ...]
    events: tuple[EventView, ...]
    jobs: tuple[JobView, ...]
    systems: tuple[SystemView, ...]
    version: tuple[Fact, ...]
    files: tuple[tuple[str, str], ...]
    """Path and SHA-256 of every source of the plan."""


def contracts(told: Context) -> Contracts:
    """In order of declaration."""
    schedule = told.schedule
    return Contracts(
        fields=tuple(_field(told, each) for each in field_contracts(schedule)),
        reserved=RESERVED,
        events=tuple(_event(told, each) for each in event_contracts(schedule)),
        jobs=_jobs(told),
        systems=_systems(told),
        version=_version(told),
        files=tuple((source.path, source.sha256) for source in schedule.sources),
    )


def _field(told: Context, contract: FieldContract) -> FieldView:
    say, field = told.words.say, contract.field
    return FieldView(
        name=field.name,
        title=field.title,
        of=say("Person") if contract.owner == "person" else say("Account"),
        type=type_of(told.words, field),
        optional=field.optional,
        uses=tuple(_use(told, use) for use in contract.uses),
        where=told.where(field.place),
    )


def type_of(words: Words, field: Field) -> str:
    """`whole number`, `“a” or “b”`, `list of text`."""
    say = words.say
    if field.options:
        return words.either(say("“%(text)s”", text=option) for option in field.options)
    if field.type == "Money" and field.currency:
        return say("money in %(currency)s", currency=field.currency)
    if field.type == "List" and field.of == "channel":
        return say("list of channels")
    return say(_TYPES[field.type])


_TYPES: dict[ValueType, str] = {
    "Text": phrase("text"),
    "Int": phrase("whole number"),
    "Decimal": phrase("number"),
    "Percent": phrase("percent"),
    "Bool": phrase("yes or no"),
    "Money": phrase("money"),
    "Date": phrase("date"),
    "DateTime": phrase("date and time"),
    "Time": phrase("time of day"),
    "Duration": phrase("duration"),
    "List": phrase("list of texts"),
}


def _use(told: Context, use: Use) -> UseView:
    return UseView(kind=_kind(told.words, use), chip=_chip(told, use))


def _kind(words: Words, use: Use) -> str:
    say = words.say
    return {
        "campaign": say("Campaign"),
        "segment": say("Segment"),
        "relation": say("Relation"),
        "person": say("Person"),
        "event": say("Event"),
        "channel": say("Channel"),
        "rule": say("Rule"),
        "message": say("Message"),
        "kpi": say("KPI"),
        "journey": say("Journey"),
    }[use.kind]


def _chip(told: Context, use: Use) -> Chip:
    """A chip that leads to where the page tells of it, if it does."""
    if use.kind == "campaign":
        return told.campaign(next(each for each in told.schedule.campaigns if each.name == use.name))
    if use.kind == "journey":
        return Chip(told.names.label(told.schedule.journey), link="journey")
    found = next(each for each in getattr(told.schedule, f"{use.kind}s") if each.name == use.name)
    link = anchor(use.kind, use.name) if use.kind in ("segment", "message") else None
    return Chip(told.names.label(found), link=link)


def _event(told: Context, contract: EventContract) -> EventView:
    event = contract.event
    return EventView(
        name=event.name,
        title=told.names.label(event) if event.title else None,
        carries=tuple((field.name, type_of(told.words, field)) for field in event.carries),
        senders=_senders(told, contract),
        uses=tuple(_use(told, use) for use in contract.uses),
        where=told.where(event.place),
    )


def _senders(told: Context, contract: EventContract) -> tuple[str, ...]:
    """Who says that it happened."""
    say, names = told.words.say, told.names
    if contract.derived:
        return (say("The plan itself finds it in the attributes"),)
    teams = dict.fromkeys(team for team, _ in contract.tasks)
    by_tasks = [say("%(team)s, as the outcome of a task", team=names.team(team)) for team in teams]
    channels = told.words.either(names.channel(channel) for channel in contract.event.channels)
    if channels:
        return (*by_tasks, say("The system behind %(channels)s", channels=channels))
    return tuple(by_tasks) or (say("Another system"),)


def _jobs(told: Context) -> tuple[JobView, ...]:
    return tuple(
        JobView(
            step=step.id,
            title=said.title(told.names, step),
            chip=told.campaign(campaign),
            team=step.team,
            channel=step.channel,
            message=step.message,
            outcomes=tuple(outcome for arm in step.arms for outcome in arm.outcomes),
            where=told.where(step.place),
        )
        for campaign in told.schedule.campaigns
        for step in campaign.steps
        if isinstance(step, Task)
    )


def _systems(told: Context) -> tuple[SystemView, ...]:
    teams = told.schedule.teams
    workers = tuple(dict.fromkeys(name for team in teams for name in (team.members or (team.name,))))
    return tuple(
        SystemView(
            title=system.title,
            file=f"tasks_{system.name}.csv",
            columns=tuple((column, texts(told.words.say(meaning))) for column, meaning in system.columns.items()),
            owners=workers if system.needs_owners else (),
        )
        for system in systems().values()
    )


def _version(told: Context) -> tuple[Fact, ...]:
    schedule, say = told.schedule, told.words.say
    digest = hashlib.sha256(document.to_json(schedule).encode()).hexdigest()
    return facts(
        (say("Format of schedule.json"), f"{schedule.format} {schedule.version}"),
        (say("SHA-256 of schedule.json"), digest),
        (say("Seed of shares"), schedule.plan.seed),
    )
