"""Expressions of the schedule, asked of a person at a moment.

Each expression is made once into a function of a View and, inside `where`, of the event looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import attrs

from gridlang.quantities import Duration
from gridlang.runtime.reference import values
from gridlang.runtime.reference.people import Account, Occurrence, Person
from gridlang.runtime.reference.timing import Timing
from gridlang.runtime.reference.values import Answer
from gridlang.runtime.rows import AttributeValue
from gridlang.schedule import clock
from gridlang.schedule import expressions as ex


@attrs.define(eq=False)
class View:
    """Whom an expression is asked of, and when: events up to and including `now` are known.

    `person` None: the account as a whole, on the plan's clock; in relations every event is the account's (R5).
    """

    account: Account
    person: Person | None
    now: int


Evaluate: TypeAlias = Callable[[View, Occurrence | None], Answer]


def zone(timing: Timing, view: View, owner: ex.Owner) -> str:
    """The clock of whom it is about: the person's, for the account the plan's."""
    return timing.zone if owner == "account" or view.person is None else view.person.zone


def happened(view: View, owner: ex.Owner, event: str) -> list[Occurrence]:
    """The events of that name, or that are also of it, oldest first."""
    whose = view.account if owner == "account" or view.person is None else view.person
    return whose.events.get(event, [])


def evaluator(expression: ex.Expression, timing: Timing) -> Evaluate:
    """The function that answers this expression."""
    return _MAKERS[type(expression)](expression, timing)


def _value(expression: ex.Value, timing: Timing) -> Evaluate:
    constant = values.constant(expression)
    return lambda view, event: constant


def _attribute(expression: ex.Attribute, timing: Timing) -> Evaluate:
    name = expression.name
    if expression.owner == "account":
        return lambda view, event: view.account.attributes.get(name)
    return lambda view, event: view.person.attributes.get(name) if view.person else None


def _payload(expression: ex.Payload, timing: Timing) -> Evaluate:
    name = expression.name
    return lambda view, event: event.payload.get(name) if event else None


def _not(expression: ex.Not, timing: Timing) -> Evaluate:
    operand = evaluator(expression.operand, timing)
    return lambda view, event: not operand(view, event)


def _all(expression: ex.All, timing: Timing) -> Evaluate:
    operands = [evaluator(each, timing) for each in expression.operands]
    return lambda view, event: all(operand(view, event) for operand in operands)


def _any(expression: ex.AnyOf, timing: Timing) -> Evaluate:
    operands = [evaluator(each, timing) for each in expression.operands]
    return lambda view, event: any(operand(view, event) for operand in operands)


_MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _compare(expression: ex.Compare, timing: Timing) -> Evaluate:
    sign, left, right = expression.sign, expression.left, expression.right
    if isinstance(left, ex.Age | ex.Since):
        return _elapsed_compare(sign, reaches(left, timing), evaluator(right, timing))
    if isinstance(right, ex.Age | ex.Since):
        return _elapsed_compare(_MIRRORED[sign], reaches(right, timing), evaluator(left, timing))
    first, second = evaluator(left, timing), evaluator(right, timing)
    return lambda view, event: values.compare(sign, first(view, event), second(view, event))


Reaches: TypeAlias = Callable[[View, Duration, Occurrence | None], int | None]
"""The moment at which a time since something has grown to a duration; None when there is nothing to count from."""


def reaches(expression: ex.Age | ex.Since, timing: Timing) -> Reaches:
    """`age(d) >= 6y` turns true at 00:00 of d + 6y, `since(e) >= 30d` at the event's moment + 30d (R9)."""
    if isinstance(expression, ex.Since):
        return _since_reaches(expression, timing)
    operand = evaluator(expression.operand, timing)

    def when(view: View, duration: Duration, event: Occurrence | None) -> int | None:
        date = operand(view, event)
        if not isinstance(date, dt.date):
            return None
        shifted = clock.shift_date(date, duration, 1, timing.calendar)
        return clock.moment(values.wall_clock(shifted), zone(timing, view, "person"))

    return when


def _since_reaches(expression: ex.Since, timing: Timing) -> Reaches:
    latest = _latest(expression, timing)

    def when(view: View, duration: Duration, event: Occurrence | None) -> int | None:
        found = latest(view)
        return timing.later(found.at, duration, zone(timing, view, expression.owner)) if found else None

    return when


def _elapsed_compare(sign: str, when: Reaches, length: Evaluate) -> Evaluate:
    def holds(view: View, event: Occurrence | None) -> bool:
        duration = length(view, event)
        moment = when(view, duration, event) if isinstance(duration, Duration) else None
        return moment is not None and values.compare(sign, view.now, moment)

    return holds


def _among(expression: ex.Among, timing: Timing) -> Evaluate:
    item = evaluator(expression.item, timing)
    options = [evaluator(each, timing) for each in expression.options]

    def holds(view: View, event: Occurrence | None) -> bool:
        sought = item(view, event)
        return sought is not None and any(_is_in(sought, option(view, event)) for option in options)

    return holds


def _is_in(sought: AttributeValue, option: Answer) -> bool:
    return sought in option if isinstance(option, tuple) else values.compare("==", sought, option)


def _between(expression: ex.Between, timing: Timing) -> Evaluate:
    if isinstance(expression.item, ex.Age | ex.Since):
        return _all(ex.All(elapsed_bounds(expression)), timing)
    item, start, end = (evaluator(each, timing) for each in (expression.item, expression.start, expression.end))
    inclusive = expression.inclusive
    return lambda view, event: values.between(item(view, event), start(view, event), end(view, event), inclusive)


def elapsed_bounds(expression: ex.Between) -> tuple[ex.Compare, ex.Compare]:
    """`age(d) in a .. b` as two comparisons."""
    upper: Any = "<=" if expression.inclusive else "<"
    return (
        ex.Compare(">=", expression.item, expression.start),
        ex.Compare(upper, expression.item, expression.end),
    )


def _has(expression: ex.Has, timing: Timing) -> Evaluate:
    operand = evaluator(expression.operand, timing)
    return lambda view, event: operand(view, event) is not None


def _elapsed_alone(expression: ex.Age | ex.Since, timing: Timing) -> Evaluate:
    """Age and since have no value of their own: they are only compared. Missing, then."""
    return lambda view, event: None


def _matching(
    expression: ex.Ever | ex.Count | ex.Since | ex.Last, timing: Timing
) -> Callable[[View], Iterator[Occurrence]]:
    """The events an expression looks at, latest first."""
    owner, name = expression.owner, expression.event
    where = evaluator(expression.where, timing) if expression.where is not None else None

    def events(view: View) -> Iterator[Occurrence]:
        for event in reversed(happened(view, owner, name)):
            if event.at <= view.now and (where is None or where(view, event)):
                yield event

    return events


def _ever(expression: ex.Ever, timing: Timing) -> Evaluate:
    matching = _matching(expression, timing)
    return lambda view, event: next(matching(view), None) is not None


def _count(expression: ex.Count, timing: Timing) -> Evaluate:
    matching = _matching(expression, timing)
    if expression.within is None:
        return lambda view, event: sum(1 for _ in matching(view))
    within, owner = Duration.parse(expression.within), expression.owner

    def count(view: View, event: Occurrence | None) -> int:
        on = zone(timing, view, owner)
        return sum(1 for each in matching(view) if view.now < timing.later(each.at, within, on))

    return count


def _latest(expression: ex.Since | ex.Last, timing: Timing) -> Callable[[View], Occurrence | None]:
    matching = _matching(expression, timing)
    return lambda view: next(matching(view), None)


def _last(expression: ex.Last, timing: Timing) -> Evaluate:
    latest, field, owner = _latest(expression, timing), expression.field, expression.owner

    def value(view: View, event: Occurrence | None) -> Answer:
        found = latest(view)
        if found is None:
            return None
        return clock.local(found.at, zone(timing, view, owner)) if field == "at" else found.payload.get(field)

    return value


def _shift(expression: ex.Shift, timing: Timing) -> Evaluate:
    operand, sign, duration = (
        evaluator(expression.operand, timing),
        expression.sign,
        Duration.parse(expression.duration),
    )

    def value(view: View, event: Occurrence | None) -> Answer:
        date = operand(view, event)
        return clock.shift_date(date, duration, sign, timing.calendar) if isinstance(date, dt.date) else None

    return value


def _arithmetic(expression: ex.Arithmetic, timing: Timing) -> Evaluate:
    sign, left, right = expression.sign, evaluator(expression.left, timing), evaluator(expression.right, timing)
    return lambda view, event: values.sum_of(sign, left(view, event), right(view, event))


_MAKERS: dict[type, Callable[[Any, Timing], Evaluate]] = {
    ex.Value: _value,
    ex.Attribute: _attribute,
    ex.Payload: _payload,
    ex.Not: _not,
    ex.All: _all,
    ex.AnyOf: _any,
    ex.Compare: _compare,
    ex.Among: _among,
    ex.Between: _between,
    ex.Has: _has,
    ex.Age: _elapsed_alone,
    ex.Since: _elapsed_alone,
    ex.Ever: _ever,
    ex.Count: _count,
    ex.Last: _last,
    ex.Shift: _shift,
    ex.Arithmetic: _arithmetic,
}
"""One maker for each kind of expression; a test holds it against `Expression`."""
