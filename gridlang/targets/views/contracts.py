"""What the plan and the systems around it owe each other: who uses each attribute and event, and who sends it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

import attrs

from gridlang.schedule import expressions, wording
from gridlang.schedule.model import Channel, Event, Field, Message, Schedule
from gridlang.schedule.references import REFERENCES
from gridlang.schedule.steps import Task

Kind: TypeAlias = Literal[
    "campaign", "segment", "relation", "person", "event", "channel", "rule", "message", "kpi", "journey"
]


@attrs.frozen
class Use:
    """A declaration that uses something."""

    kind: Kind
    name: str


@attrs.frozen(kw_only=True)
class FieldContract:
    """An attribute that the CRM delivers, and what breaks without it."""

    owner: expressions.Owner
    field: Field
    uses: tuple[Use, ...]


@attrs.frozen(kw_only=True)
class EventContract:
    """`derived`: the plan finds it by itself, in what it knows. `tasks`: the teams whose outcomes are it (R21), with
    the campaign. Without either another system sends it."""

    event: Event
    tasks: tuple[tuple[str, str], ...]
    uses: tuple[Use, ...]

    @property
    def derived(self) -> bool:
        return self.event.when is not None or self.event.date is not None


def field_contracts(schedule: Schedule) -> tuple[FieldContract, ...]:
    """Attributes of persons, then of accounts, in order of declaration; an unused one has no uses."""
    used: dict[tuple[str, str], dict[Use, None]] = {}
    for use, thing in _declared(schedule):
        for key in _attributes(thing):
            used.setdefault(key, {})[use] = None
    owned: tuple[tuple[expressions.Owner, tuple[Field, ...]], ...] = (
        ("person", schedule.person_fields),
        ("account", schedule.account_fields),
    )
    return tuple(
        FieldContract(owner=owner, field=field, uses=tuple(used.get((owner, field.name), ())))
        for owner, fields in owned
        for field in fields
    )


def event_contracts(schedule: Schedule) -> tuple[EventContract, ...]:
    """The events that somebody listens to or raises, in order of declaration; who listens to an event also hears those
    that start from it."""
    heard: dict[str, dict[Use, None]] = {}
    for use, thing in _declared(schedule):
        for name in _events(thing):
            heard.setdefault(name, {})[use] = None
    raised = _outcomes(schedule)
    contracts = []
    for event in schedule.events:
        uses = dict.fromkeys(use for name in (event.name, *event.ancestors) for use in heard.get(name, ()))
        uses.pop(Use("event", event.name), None)
        if uses or event.name in raised:
            tasks = tuple(raised.get(event.name, ()))
            contracts.append(EventContract(event=event, tasks=tasks, uses=tuple(uses)))
    return tuple(contracts)


def _declared(schedule: Schedule) -> Iterator[tuple[Use, Any]]:
    """Everything that can ask for an attribute or listen to an event."""
    yield Use("journey", schedule.journey.name), schedule.journey
    kinds: tuple[Kind, ...] = (
        "segment",
        "relation",
        "person",
        "event",
        "channel",
        "rule",
        "message",
        "campaign",
        "kpi",
    )
    for kind in kinds:
        yield from ((Use(kind, each.name), each) for each in getattr(schedule, f"{kind}s"))


def _inside(value: Any) -> Iterator[Any]:
    """Every object of ours in a value, itself among them."""
    if isinstance(value, tuple):
        for each in value:
            yield from _inside(each)
    elif attrs.has(type(value)):
        yield value
        for field in attrs.fields(type(value)):
            yield from _inside(getattr(value, field.name))


def _attributes(thing: Any) -> Iterator[tuple[str, str]]:
    """Owner and name of what a declaration asks for: its predicates and dates, its address, its texts."""
    yield from ((each.owner, each.name) for each in _inside(thing) if isinstance(each, expressions.Attribute))
    match thing:
        case Channel():
            yield from (("person", name) for name in (thing.address, thing.consent) if name)
        case Message():
            yield from _of_texts(thing)
        case _:
            pass


def _of_texts(message: Message) -> Iterator[tuple[str, str]]:
    for words in (message.wording, *message.languages.values()):
        for text in filter(None, (words.subject, words.body, words.script)):
            for name in wording.examine(text).names:
                owner, _, attribute = name.rpartition(".")
                yield owner or "person", attribute


def _events(thing: Any) -> Iterator[str]:
    """The events that a declaration names, apart from those that an event starts from."""
    for each in _inside(thing):
        for field, kind in REFERENCES.get(type(each), {}).items():
            if kind == "event" and not isinstance(each, Event):
                named = getattr(each, field)
                yield from ((named,) if isinstance(named, str) else named or ())


def _outcomes(schedule: Schedule) -> dict[str, dict[tuple[str, str], None]]:
    """The events that outcomes of tasks are: by event, team and campaign."""
    raised: dict[str, dict[tuple[str, str], None]] = {}
    for campaign in schedule.campaigns:
        for step in campaign.steps:
            if isinstance(step, Task):
                for outcome in (name for arm in step.arms for name in arm.outcomes):
                    raised.setdefault(outcome, {})[step.team, campaign.name] = None
    return raised
