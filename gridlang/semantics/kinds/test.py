"""`test`: an expectation about the plan, as a story of who, what and what follows."""

from __future__ import annotations

import datetime as dt

from gridlang.diagnostics.codes import declarations as codes
from gridlang.diagnostics.codes import stories as story_codes
from gridlang.schedule import model
from gridlang.semantics.context import Here
from gridlang.semantics.coordinates import find_phase
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.stories import expectation, happening, values_of
from gridlang.semantics.values import Reader, wrong
from gridlang.syntax import nodes


def _moment(value: nodes.Expression, here: Here) -> str | None:
    if isinstance(value, nodes.Moment):
        return value.value.isoformat()
    if isinstance(value, nodes.Date):
        return dt.datetime.combine(value.value, dt.time()).isoformat()
    return wrong(value, here, "a moment, as `2027-02-01 08:00`")


def _lower(bound: Bound) -> model.Story | None:
    starts = bound.value("starts")
    if bound.title is None:
        bound.here.complain(codes.MISSING_TITLE.at(bound.span, kind="test"))
    people = bound.nested("person")
    if not people:
        bound.here.complain(story_codes.NO_PERSONS.at(bound.span))
    persons = tuple(
        model.StoryPerson(name=person.name, place=bound.here.place(person.span), values=values_of(person))
        for person in people
    )
    names = [person.name for person in persons]
    enter: str | None = None
    events: list[model.StoryEvent] = []
    expected: list[model.Expectation] = []
    for step, here in bound.steps:
        if isinstance(step, nodes.Enter):
            enter = find_phase(step.phase, here.within("enter"))
        elif isinstance(step, nodes.Happens):
            event = happening(step, names, here)
            events += [event] if event else []
        else:
            asked = expectation(step, names, here)
            expected += [asked] if asked else []
    if starts is None or bound.title is None:
        return None
    return model.Story(
        title=bound.title,
        place=bound.here.place(bound.span),
        starts=starts,
        enter=enter,
        persons=persons,
        events=tuple(events),
        expectations=tuple(expected),
    )


KIND = Kind(
    "test",
    "An expectation about the plan: who enters where, what happens, what must follow.",
    fields=(
        FieldSpec("starts", Reader("a moment, `2027-02-01 08:00`", _moment), "when the story begins", required=True),
    ),
    blocks=(Kind("person", "Somebody of the story, with their attributes.", free="an attribute and its value"),),
    steps=True,
    named=False,
    titled=True,
    lower=_lower,
)
