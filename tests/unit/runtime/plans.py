"""Small schedules made by hand, so that the rules are tested without a compiler before them.

Wall clocks are Copenhagen's. Everything has the place 0 unless a test says otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from gridlang.runtime.reference import execute
from gridlang.runtime.rows import AttributeValue, Contact, Execution, Happening, Input, Origin
from gridlang.schedule import clock, model
from gridlang.schedule import expressions as ex
from gridlang.schedule import steps as st

ZONE = "Europe/Copenhagen"
PLACES = tuple(model.Place(file="plan.grid", line=line, column=1, declaration="") for line in range(1, 100))


def at(wall: str, zone: str = ZONE) -> int:
    """The moment of `2027-02-01 09:00`."""
    return clock.moment(dt.datetime.fromisoformat(wall), zone)


def wall(moment: int, zone: str = ZONE) -> str:
    """The wall clock of a moment, `2027-02-01 09:00`."""
    return clock.local(moment, zone).isoformat(" ", timespec="minutes")


def event(name: str, *ancestors: str, **fields: Any) -> model.Event:
    return model.Event(name=name, place=0, ancestors=ancestors, **fields)


def channel(name: str, **fields: Any) -> model.Channel:
    return model.Channel(name=name, place=0, **fields)


def cap(rate: str, *channels: str, per_account: bool = False, place: int = 0) -> model.Cap:
    return model.Cap(rate=rate, place=place, channels=channels, per_account=per_account)


def rule(name: str = "pressure", **fields: Any) -> model.Rule:
    return model.Rule(name=name, place=0, **fields)


def hours(start: str, end: str, place: int = 0) -> tuple[model.Hours, ...]:
    return (model.Hours(start=start, end=end, place=place),)


WORKDAYS = model.Days(workdays=True, weekdays=(), place=0)


def team(name: str = "desk", **fields: Any) -> model.Team:
    return model.Team(name=name, place=0, **fields)


def segment(name: str = "everybody", where: ex.Expression | None = None) -> model.Segment:
    return model.Segment(name=name, place=0, where=where)


def level(name: str, when: ex.Expression | None = None, **fields: Any) -> model.Relation:
    return model.Relation(name=name, place=0, when=when, **fields)


def edge(source: str, target: str, *events: str, place: int = 0) -> model.Transition:
    return model.Transition(source=source, target=target, events=events, place=place)


def journey(*edges: model.Transition, start: str = "contact", phases: Iterable[str] = ()) -> model.Journey:
    names = phases or ("awareness", "contact", "sale", "loyalty", "standby")
    return model.Journey(
        name="journey",
        place=0,
        start=start,
        phases=tuple(model.Phase(name=name, place=0) for name in names),
        transitions=edges,
    )


def chart(name: str = "chart", parts: Mapping[str, tuple[str, ...]] | None = None, **fields: Any) -> model.Map:
    made = tuple(model.Part(person=person, roles=roles, place=0) for person, roles in (parts or {}).items())
    return model.Map(name=name, place=0, parts=made, **fields)


def figure(name: str, when: ex.Expression | None = None) -> model.Person:
    return model.Person(name=name, place=0, when=when)


def flow(*steps: Any) -> tuple[st.Step, ...]:
    """Steps one after the other: who has no `next` goes on to the step written after it."""
    assert len({step.id for step in steps}) == len(steps), "a step's id is its own"
    linked = []
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        ends = isinstance(step, st.Stop | st.Move) or step.next is not None or following is None
        linked.append(step if ends else attrs.evolve(step, next=following.id))
    return tuple(linked)


def campaign(name: str, *steps: Any, **fields: Any) -> model.Campaign:
    return model.Campaign(name=name, place=0, steps=flow(*steps), **fields)


def send(id: str = "send", channels: str = "post", message: str = "hello", **fields: Any) -> st.Send:
    return st.Send(id=id, place=0, channels=tuple(channels.split()), message=message, **fields)


def task(id: str = "call", *arms: tuple[str, str | None], channel: str = "phone", **fields: Any) -> st.Task:
    made = tuple(st.OutcomeArm(outcomes=(outcome,), next=target, place=0) for outcome, target in arms)
    defaults: dict[str, Any] = {"message": "hello", "team": "desk", "due": "2 workdays"}
    return st.Task(id=id, place=0, channel=channel, arms=made, **{**defaults, **fields})


def wait(duration: str, id: str = "wait", **fields: Any) -> st.Wait:
    return st.Wait(id=id, place=0, duration=duration, **fields)


def ask(id: str, within: str, *arms: tuple[str, str | None], nothing: str | None = None, **fields: Any) -> st.Ask:
    made = tuple(st.EventArm(events=tuple(events.split()), next=target, place=0) for events, target in arms)
    return st.Ask(id=id, place=0, question="?", within=within, arms=made, nothing=nothing, nothing_place=0, **fields)


def move(id: str, phase: str) -> st.Move:
    return st.Move(id=id, place=0, phase=phase)


def number(value: int) -> ex.Value:
    return ex.Value("Int", str(value))


def text(value: str) -> ex.Value:
    return ex.Value("Text", value)


def length(value: str) -> ex.Value:
    return ex.Value("Duration", value)


def date(value: str) -> ex.Value:
    return ex.Value("Date", value)


def attribute(name: str, type: ex.ValueType = "Text", owner: ex.Owner = "person") -> ex.Attribute:
    return ex.Attribute(owner, name, type)


def is_(name: str, value: str) -> ex.Compare:
    return ex.Compare("==", attribute(name), text(value))


def at_least(count: int, name: str, owner: ex.Owner = "person", within: str | None = None) -> ex.Compare:
    return ex.Compare(">=", ex.Count(owner, name, within=within), number(count))


CHANNELS = (
    channel("post"),
    channel("email", address="email", consent="consent", quiet=hours("20:00", "08:00", 3)),
    channel("phone", hours=hours("09:00", "20:00"), days=WORKDAYS),
)

EVENTS = (
    *map(event, ("replied", "clicked", "purchase", "consent_given", "consent_withdrawn", "contacted", "complained")),
    event("ordered", "purchase"),
)

NOTHING_NAMED: Mapping[str, tuple[Any, ...]] = {
    "persons": (),
    "maps": (),
    "person_fields": (),
    "account_fields": (),
    "rules": (),
    "needs": (),
    "barriers": (),
    "kpis": (),
    "sources": (),
}


def schedule(*campaigns: model.Campaign, **given: Any) -> model.Schedule:
    """A plan for 2027 with one segment that takes everybody, and what a test gives instead of the defaults."""
    plan = model.Plan(
        name="small",
        place=0,
        starts="2027-01-01",
        ends="2027-12-31",
        timezone=ZONE,
        locale="en",
        currency="DKK",
        seed="small",
        **given.pop("plan", {}),
    )
    messages = given.pop("messages", None) or ("hello", "again", "third")
    made = {
        **NOTHING_NAMED,
        "journey": journey(),
        "relations": (level("everybody"),),
        "segments": (segment(),),
        "roles": tuple(model.Role(name=name, place=0) for name in ("target", "user", "influencer")),
        "events": EVENTS,
        "channels": CHANNELS,
        "messages": tuple(
            each if isinstance(each, model.Message) else model.Message(name=each, place=0, wording=model.Wording())
            for each in messages
        ),
        "teams": (team(members=("ann", "bob")),),
        "calendar": model.Calendar(name="calendar", place=0),
        "places": PLACES,
        **given,
    }
    return model.Schedule(plan=plan, campaigns=campaigns, **made)


ORIGIN = Origin("persons.csv", 1)


def contact(id: str = "per", account: str = "home", **fields: Any) -> Contact:
    """A contact; what is no column of its own is an attribute."""
    known = {field.name for field in attrs.fields(Contact)}
    attributes: dict[str, AttributeValue] = {name: value for name, value in fields.items() if name not in known}
    columns = {name: value for name, value in fields.items() if name in known}
    return Contact(id=id, account=account, attributes=attributes, origin=ORIGIN, **columns)


def happened(when: str, name: str, contact: str = "per", **payload: AttributeValue) -> Happening:
    return Happening(contact=contact, at=at(when), event=name, payload=payload, origin=ORIGIN)


def answered(when: str, outcome: str, step: str = "call", contact: str = "per") -> Happening:
    return Happening(contact=contact, at=at(when), outcome=outcome, step=step, origin=ORIGIN)


def run(
    plan: model.Schedule,
    *rows: Contact | Happening,
    start: str = "2027-02-01 08:00",
    until: str = "2028-01-01 00:00",
    entries: Mapping[str, str] | None = None,
    accounts: dict[str, dict[str, AttributeValue]] | None = None,
) -> Execution:
    """Execute on these rows; without a contact among them on `per` alone."""
    contacts = tuple(row for row in rows if isinstance(row, Contact)) or (contact(),)
    happenings = tuple(row for row in rows if isinstance(row, Happening))
    given = Input(contacts=contacts, accounts=accounts or {}, happenings=happenings)
    return execute(plan, given, at(start), at(until), entries=entries)


def touches(execution: Execution) -> list[str]:
    """`2027-02-01 09:00 post hello per` for each touch and task, in the plan's clock."""
    rows = sorted([*execution.touches, *execution.tasks], key=lambda row: row.due)
    return [f"{wall(row.due)} {row.channel} {row.message} {row.contact}".strip() for row in rows]


def days(execution: Execution) -> list[str]:
    """When each touch was made."""
    return [wall(row.due) for row in execution.touches]


def skips(execution: Execution) -> list[str]:
    return [f"{wall(row.at)} {row.reason}" for row in execution.skips]


def moves(execution: Execution) -> list[str]:
    return [f"{wall(row.at)} {row.source}>{row.target}" for row in execution.moves]


def chain(row: Any) -> str:
    return " ".join(str(link) for link in row.because)
