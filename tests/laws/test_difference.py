"""Laws of the difference: a plan does not differ from itself, and whatever is changed in it is told of its declaration.

Each field of each record of a schedule is changed in turn, by its type and not by its meaning: a field that somebody
adds to the schedule and that the difference does not tell fails here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from gridlang.schedule import expressions, steps
from gridlang.schedule.difference import as_json, as_text, compare
from gridlang.schedule.difference.changes import GROUPS
from gridlang.schedule.document import from_json, to_json
from gridlang.schedule.model import Schedule
from tests.unit.examples.plans import EXAMPLES, compiled

NAMES = sorted(place.name for place in EXAMPLES.iterdir() if (place / "plan.grid").exists())
MEANINGLESS = {"place", "places", "sources", "format", "version", "verb", "op", "was", "label"}
"""Where it stands, what it is, what it was."""
IN_EXPRESSIONS = {"type", "inclusive"}
"""Follow from the attributes and values that an expression names."""
OPPOSITES: dict[object, object] = {"person": "account", "account": "person", 1: -1, -1: 1}


def schedule(name: str) -> Schedule:
    return compiled(name).schedule


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_does_not_differ_from_itself(name: str) -> None:
    one = schedule(name)
    assert compare(one, one).empty
    read = from_json(to_json(one), "schedule.json").value
    assert read is not None
    assert compare(one, read).empty


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_changed_is_told_of_its_declaration(name: str) -> None:
    one = schedule(name)
    told = 0
    for where, owners, other in mutants(one):
        change = compare(one, other)
        subjects = " | ".join(each.subject for each in change.changes)
        assert change.changes, f"{where}: nothing is told"
        assert any(owner in subjects for owner in owners), f"{where}: told of {subjects}, not of {owners}"
        assert {each.group for each in change.changes} <= set(GROUPS)
        back = compare(other, one)
        assert bool(back.changes) == bool(change.changes), where
        told += 1
    assert told > 100


@pytest.mark.parametrize("name", NAMES)
def test_every_mutant_is_shown(name: str) -> None:
    one = schedule(name)
    for where, _, other in list(mutants(one))[::7]:
        change = compare(one, other)
        text = as_text.render(change, one, other)
        assert all(each.words in text for each in change.changes), where
        document = json.loads(as_json.render(change, one, other))
        assert len(document["changes"]) == len(change.changes)
        assert (document["endings"] != []) == (change.endings != ())


# --- mutants ----------------------------------------------------------------------------------------------------------


def mutants(one: Schedule) -> Iterator[tuple[str, set[str], Schedule]]:
    """(where, names of the declaration, the schedule with that one field changed): one for each sort of field."""
    seen: set[tuple[object, ...]] = set()
    for path, value in leaves(one, ()):
        sort = tuple(step if isinstance(step, str) else "" for step in path), type(value), bool(value)
        if sort not in seen:
            seen.add(sort)
            yield ".".join(map(str, path)), owners(one, path), replaced(one, path, changed(path, value))


def leaves(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every field that holds a value, and every list, which may grow or shrink."""
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if not meaningless(value, field.name):
                yield from leaves(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, tuple) and value and not isinstance(value[0], str):
        for index, each in enumerate(value):
            yield from leaves(each, (*path, index))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    elif value is not None and value != ():
        yield path, value


def meaningless(value: object, field: str) -> bool:
    if field in MEANINGLESS or field.endswith("_place"):
        return True
    return field in IN_EXPRESSIONS and type(value).__module__ == expressions.__name__


def changed(path: tuple[str | int, ...], value: Any) -> Any:
    """Another value of the type."""
    field = path[-1]
    if "addressed" in path:
        return value[0], f"{value[1]}2"
    if field in ("owner", "sign") and value in OPPOSITES:
        return OPPOSITES[value]
    if field == "body_steps":
        return value[:-1]
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case tuple():
            return value[:-1] if len(value) > 1 else (*value, f"{value[0]}2")
        case _:
            return f"{value}2"


def replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    first, *rest = path
    if isinstance(value, tuple):
        assert isinstance(first, int)
        return (*value[:first], replaced(value[first], tuple(rest), new), *value[first + 1 :])
    if isinstance(value, dict):
        return {**value, first: replaced(value[first], tuple(rest), new)}
    kept = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
    return type(value)(**{**kept, first: replaced(kept[str(first)], tuple(rest), new)})


def owners(one: Schedule, path: tuple[str | int, ...]) -> set[str]:
    """What the declaration is called: its name, a step's id; an edge's ends."""
    top, *rest = path
    value: Any = getattr(one, str(top))
    if top == "journey" and rest[0] == "transitions":
        edge = one.journey.transitions[int(rest[1])]
        return {f"{edge.source} -> {edge.target}"}
    found = value
    if rest and isinstance(rest[0], int):
        found = value[rest[0]]
    if top == "campaigns" and len(rest) > 1 and rest[1] == "steps":
        step: steps.Step = found.steps[rest[2]]
        return {f"campaign {found.name}, step {step.id}"}
    if top == "journey" and rest[0] == "phases":
        found = one.journey.phases[int(rest[1])]
    return {found.title if top == "tests" else found.name}
