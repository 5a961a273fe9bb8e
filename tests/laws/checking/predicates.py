"""Its own meaning of the schedule's predicates. A comparison with a missing value is false."""

from __future__ import annotations

import dataclasses
import datetime as dt
import operator
import re
import zoneinfo
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.laws.checking.clock import Json, later, moment, shifted

if TYPE_CHECKING:
    from tests.laws.checking.world import World


class UnsureError(Exception):
    """The files do not tell."""


@dataclasses.dataclass(frozen=True)
class Event:
    name: str
    at: dt.datetime
    row: dict[str, str]


@dataclasses.dataclass(frozen=True)
class Scope:
    """Of whom a predicate speaks, and when; `event` while a `where` looks at one."""

    world: World
    person: str
    at: dt.datetime
    event: Event | None = None

    def zone(self, owner: str) -> zoneinfo.ZoneInfo:
        return self.world.zone(self.person) if owner == "person" else self.world.plan_zone


_SIGNS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def holds(node: Json, scope: Scope) -> bool:
    """Whether a predicate holds; raises UnsureError for what this checker does not know."""
    known = _PREDICATES.get(node["op"])
    if known is None:
        raise UnsureError(node["op"])
    return known(node, scope)


def _not(node: Json, scope: Scope) -> bool:
    return not holds(node["operand"], scope)


def _and(node: Json, scope: Scope) -> bool:
    return all(holds(one, scope) for one in node["operands"])


def _or(node: Json, scope: Scope) -> bool:
    return any(holds(one, scope) for one in node["operands"])


def _among(node: Json, scope: Scope) -> bool:
    item = value(node["item"], scope)
    options = [value(one, scope) for one in node["options"]]
    flat = [one for option in options for one in (option if isinstance(option, tuple) else (option,))]
    return item is not None and item in flat


def _between(node: Json, scope: Scope) -> bool:
    item, start, end = (value(node[part], scope) for part in ("item", "start", "end"))
    if item is None or start is None or end is None:
        return False
    return bool(start <= item and (item <= end if node["inclusive"] else item < end))


def _has(node: Json, scope: Scope) -> bool:
    return value(node["operand"], scope) is not None


def _ever(node: Json, scope: Scope) -> bool:
    return bool(_events(node, scope))


def _true(node: Json, scope: Scope) -> bool:
    return value(node, scope) is True


def _compare(node: Json, scope: Scope) -> bool:
    left, right, sign = node["left"], node["right"], node["sign"]
    if left["op"] == "age":
        return _aged(left, right, sign, scope)
    if left["op"] == "since":
        return _since(left, right, sign, scope)
    one, other = value(left, scope), value(right, scope)
    if one is None or other is None:
        return False
    return bool(_SIGNS[sign](one, other))


_PREDICATES = {
    "not": _not,
    "and": _and,
    "or": _or,
    "compare": _compare,
    "among": _among,
    "between": _between,
    "has": _has,
    "ever": _ever,
    "value": _true,
    "attribute": _true,
    "payload": _true,
}


def _aged(left: Json, right: Json, sign: str, scope: Scope) -> bool:
    """`age(d) >= 6y` turns true at 00:00 of d + 6y on the person's clock."""
    born = value(left["operand"], scope)
    if born is None:
        return False
    number, unit = re.fullmatch(r"(\d+)\s*(\w+)", right["value"]).groups()  # type: ignore[union-attr]
    if unit in ("min", "h"):
        raise UnsureError("an age in hours")
    turned = shifted(dt.datetime(born.year, born.month, born.day), int(number), unit, scope.world.calendar)
    return _past(moment(turned, scope.zone("person")), sign, scope)


def _since(left: Json, right: Json, sign: str, scope: Scope) -> bool:
    events = _events(left, scope)
    if not events:
        return False
    return _past(later(events[-1].at, right["value"], scope.zone(left["owner"]), scope.world.calendar), sign, scope)


def _past(turn: dt.datetime, sign: str, scope: Scope) -> bool:
    if sign in ("==", "!="):
        raise UnsureError("an exact age")
    return bool(_SIGNS[sign](scope.at, turn))


def _events(node: Json, scope: Scope) -> list[Event]:
    world = scope.world
    if any(world.is_a(derived, node["event"]) for derived in world.derived):
        raise UnsureError("a derived event")
    people = world.members[world.account(scope.person)] if node["owner"] == "account" else [scope.person]
    found = [event for person in people for event in world.events[person]]
    found = [event for event in found if event.at <= scope.at and world.is_a(event.name, node["event"])]
    if node.get("within"):
        zone = scope.zone(node["owner"])
        found = [event for event in found if scope.at < later(event.at, node["within"], zone, world.calendar)]
    if node.get("where"):
        found = [event for event in found if holds(node["where"], dataclasses.replace(scope, event=event))]
    return sorted(found, key=lambda event: event.at)


def value(node: Json, scope: Scope) -> Any:
    """The value of an expression, None where it is missing."""
    match node["op"]:
        case "value":
            return typed(node["value"], node["type"])
        case "attribute":
            return typed(scope.world.attribute(node["owner"], scope.person, node["name"]), node["type"])
        case "payload":
            assert scope.event is not None
            return typed(scope.event.row.get(node["name"], ""), node["type"])
        case "count":
            return Decimal(len(_events(node, scope)))
        case "last":
            return _last(node, scope)
        case "shift":
            return _shift(node, scope)
        case "arithmetic":
            one, other = value(node["left"], scope), value(node["right"], scope)
            if one is None or other is None:
                return None
            return one + other if node["sign"] == "+" else one - other
        case _:
            return holds(node, scope)


def _last(node: Json, scope: Scope) -> Any:
    events = _events(node, scope)
    if not events:
        return None
    if node["field"] == "at":
        return events[-1].at.astimezone(scope.zone(node["owner"])).replace(tzinfo=None)
    if len(events) > 1 and events[-1].at == events[-2].at:
        raise UnsureError("two latest events")
    return typed(events[-1].row.get(node["field"], ""), node["type"])


def _shift(node: Json, scope: Scope) -> Any:
    operand = value(node["operand"], scope)
    number, unit = re.fullmatch(r"(\d+)\s*(\w+)", node["duration"]).groups()  # type: ignore[union-attr]
    if operand is None or unit in ("min", "h"):
        return None
    return shifted(operand, int(number) * node["sign"], unit, scope.world.calendar)


def typed(text: str, kind: str) -> Any:
    """A cell's or a constant's value; money and percents as their numbers, since the checker saw to the units."""
    text = text.strip()
    if kind == "List":
        return tuple(item.strip() for item in text.split(";") if item.strip())
    if not text:
        return None
    if kind == "Duration" or (kind == "DateTime" and (len(text) > 19 or text.endswith("Z"))):
        raise UnsureError(f"{kind} {text}")
    return _TYPES.get(kind, str)(text)


_TYPES: dict[str, Callable[[str], Any]] = {
    "Int": Decimal,
    "Decimal": Decimal,
    "Percent": lambda text: Decimal(text.removesuffix("%")),
    "Money": lambda text: Decimal(text.split()[0].replace("_", "")),
    "Bool": lambda text: text.lower() in ("true", "yes", "1"),
    "Date": lambda text: dt.date.fromisoformat(text[:10]),
    "DateTime": dt.datetime.fromisoformat,
    "Time": dt.time.fromisoformat,
}
