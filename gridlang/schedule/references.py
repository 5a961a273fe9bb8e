"""What the form of a schedule cannot promise: that names lead somewhere, that texts can be read, that choices are made.

A schedule that passed here can be executed and drawn without a further thought. Compiled ones pass; this is for those
that come back from a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from gridlang.diagnostics.codes import schedule as codes
from gridlang.diagnostics.model import Diagnostic
from gridlang.schedule import expressions, model, steps, texts

RESERVED = ("id", "account", "roles", "timezone", "language", "since", "salesperson")
"""Attributes that everybody has without a declaration."""

REFERENCES: dict[type, dict[str, str]] = {
    model.Journey: {"start": "phase"},
    model.Transition: {"source": "phase", "target": "phase", "events": "event"},
    model.Event: {"ancestors": "event", "channels": "channel"},
    model.Map: {"segments": "segment", "phases": "phase"},
    model.Part: {"person": "person", "roles": "role"},
    model.Influence: {"source": "person", "target": "person"},
    model.Channel: {"ancestors": "channel"},
    model.Cap: {"channels": "channel"},
    model.Order: {"first": "message", "then": "message"},
    model.Rule: {
        "channels": "channel",
        "phases": "phase",
        "roles": "role",
        "segments": "segment",
        "forbid": "channel",
    },
    model.Message: {"answers": "barrier", "wakes": "need"},
    model.Starts: {"event": "event"},
    model.Goal: {"event": "event"},
    model.Campaign: {
        "segments": "segment",
        "phases": "phase",
        "roles": "role",
        "relations": "relation",
        "owner": "team",
    },
    model.Kpi: {"counts": "event", "responsible": "team"},
    model.Story: {"enter": "phase"},
    model.StoryEvent: {"event": "event"},
    model.Expectation: {"channel": "channel", "message": "message", "phase": "phase", "team": "team"},
    steps.EventArm: {"events": "event", "next": "step"},
    steps.OutcomeArm: {"next": "step"},
    steps.PredicateArm: {"next": "step"},
    steps.ShareArm: {"next": "step"},
    steps.Send: {"channels": "channel", "message": "message", "skipped": "step"},
    steps.Show: {"channel": "channel", "message": "message"},
    steps.Task: {"channel": "channel", "message": "message", "team": "team", "overdue": "step"},
    steps.WaitFor: {"event": "event", "role": "role"},
    steps.Ask: {"nothing": "step"},
    steps.Choose: {"otherwise": "step"},
    steps.Repeat: {"body": "step", "body_steps": "step"},
    steps.Move: {"phase": "phase"},
    steps.Notify: {"team": "team"},
    steps.Jump: {"otherwise": "step"},
    expressions.Attribute: {"name": "attribute"},
    expressions.Ever: {"event": "event"},
    expressions.Count: {"event": "event"},
    expressions.Since: {"event": "event"},
    expressions.Last: {"event": "event"},
}
"""The kind that a field names, one or several. Every `place`, and `next` of every step, go without saying.

Not here: `address` and `consent` of channels. The library's may ask for attributes that a plan does not declare; such
a channel reaches nobody (R13).
"""

_EITHER: dict[type, tuple[str, ...]] = {
    model.Starts: ("event", "date"),
    steps.WaitUntil: ("weekday", "days", "when"),
}
"""Of these fields exactly one is set."""


@attrs.frozen
class _Names:
    """What can be named, by kind; `step` by the campaign that is being looked at."""

    known: dict[str, frozenset[str]]
    places: int
    file: str


def findings(schedule: model.Schedule, name: str) -> Iterator[Diagnostic]:
    """G0605, G0607 and G0608, in the order of the document."""
    names = _Names(_known(schedule), len(schedule.places), name)
    yield from _twice(schedule, names)
    yield from _inside(schedule, "", names)


def _known(schedule: model.Schedule) -> dict[str, frozenset[str]]:
    return {kind: frozenset(named) for kind, named in _named(schedule)} | {
        "attribute": frozenset(RESERVED).union(
            field.name for field in (*schedule.person_fields, *schedule.account_fields)
        )
    }


def _named(schedule: model.Schedule) -> Iterator[tuple[str, list[str]]]:
    """The names of every kind, as written."""
    for kind in ("role", "segment", "person", "map", "event", "channel", "rule", "message", "team", "campaign", "kpi"):
        yield kind, [each.name for each in getattr(schedule, f"{kind}s")]
    yield "phase", [phase.name for phase in schedule.journey.phases]
    yield "relation", [relation.name for relation in schedule.relations]
    yield "need", [need.name for need in schedule.needs]
    yield "barrier", [barrier.name for barrier in schedule.barriers]
    yield "attribute", [field.name for field in schedule.person_fields]
    yield "account attribute", [field.name for field in schedule.account_fields]


def _twice(schedule: model.Schedule, names: _Names) -> Iterator[Diagnostic]:
    for kind, named in _named(schedule):
        for target in _repeated(named):
            yield codes.TWICE.at(None, name=names.file, kind=kind, target=target, where=f"{kind}s")
    for campaign in schedule.campaigns:
        for target in _repeated([step.id for step in campaign.steps]):
            where = f"campaigns[{campaign.name}].steps"
            yield codes.TWICE.at(None, name=names.file, kind="step", target=target, where=where)


def _repeated(named: list[str]) -> list[str]:
    return [name for name in dict.fromkeys(named) if named.count(name) > 1] if len(set(named)) < len(named) else []


# --- walking ----------------------------------------------------------------------------------------------------------


def _inside(value: Any, where: str, names: _Names) -> Iterator[Diagnostic]:
    """Everything wrong in a value: an object of ours, or several."""
    if isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _inside(each, f"{where}[{_called(each, index)}]", names)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _inside(each, f"{where}[{key}]", names)
    elif attrs.has(type(value)):
        yield from _object(value, where, names)


def _called(value: Any, index: int) -> object:
    return getattr(value, "name", None) or getattr(value, "id", None) or index


def _object(value: Any, where: str, names: _Names) -> Iterator[Diagnostic]:
    if isinstance(value, model.Campaign):
        steps_here = {"step": frozenset(step.id for step in value.steps)}
        names = attrs.evolve(names, known=names.known | steps_here)
        yield from _addressed(value, where, names)
    yield from _undecided(value, where, names)
    references, forms = REFERENCES.get(type(value), {}), texts.FORMS.get(type(value), {})
    bounds = texts.BOUNDS.get(type(value), {})
    for field in attrs.fields(type(value)):
        inner, below = getattr(value, field.name), f"{where}.{field.name}" if where else field.name
        kind = references.get(field.name) or ("step" if field.name == "next" else None)
        if kind is not None:
            yield from _lost(inner, kind, below, names)
        elif field.name in forms:
            yield from _unreadable(inner, forms[field.name], below, names)
        elif field.name in bounds:
            yield from _out_of_bounds(inner, bounds[field.name], below, names)
        elif field.name.endswith("place"):
            yield from _nowhere(inner, below, names)
        else:
            yield from _inside(inner, below, names)


def _lost(value: Any, kind: str, where: str, names: _Names) -> Iterator[Diagnostic]:
    for target in _several(value):
        if target not in names.known[kind]:
            yield codes.DANGLING.at(None, name=names.file, where=where, kind=kind, target=target)


def _unreadable(value: Any, form: texts.Form, where: str, names: _Names) -> Iterator[Diagnostic]:
    for text in _several(value):
        if not form.fits(text):
            yield codes.WRONG_TEXT.at(None, name=names.file, where=where, value=text, wanted=form.wanted)


def _out_of_bounds(value: Any, bounds: tuple[int, int], where: str, names: _Names) -> Iterator[Diagnostic]:
    least, most = bounds
    for number in value if isinstance(value, tuple) else (value,):
        if number is not None and not least <= number <= most:
            wanted = f"a number from {least} to {most}"
            yield codes.WRONG_TEXT.at(None, name=names.file, where=where, value=number, wanted=wanted)


def _nowhere(value: int | None, where: str, names: _Names) -> Iterator[Diagnostic]:
    if value is not None and not 0 <= value < names.places:
        yield codes.DANGLING.at(None, name=names.file, where=where, kind="place", target=value)


def _addressed(campaign: model.Campaign, where: str, names: _Names) -> Iterator[Diagnostic]:
    for map_name, person in campaign.addressed:
        yield from _lost(map_name, "map", f"{where}.addressed", names)
        yield from _lost(person, "person", f"{where}.addressed", names)


def _undecided(value: Any, where: str, names: _Names) -> Iterator[Diagnostic]:
    """A choice that nobody or two have made, and a constant that is not of its type."""
    fields = _EITHER.get(type(value), ())
    if fields and sum(getattr(value, field) not in (None, ()) for field in fields) != 1:
        wanted = "exactly one of " + ", ".join(f"`{field}`" for field in fields)
        yield codes.WRONG_FORM.at(None, name=names.file, where=where, what=f"should have {wanted}")
    if isinstance(value, expressions.Value) and value.type in texts.VALUES:
        yield from _unreadable(value.value, texts.VALUES[value.type], where, names)


def _several(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, dict):
        return tuple(text for each in value.values() for text in each)
    return value if isinstance(value, tuple) else (value,)
