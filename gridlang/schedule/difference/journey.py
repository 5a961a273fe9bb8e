"""Changes of the journey, the maps and the calendar: what hangs together by more than names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from gridlang.schedule.difference.changes import Change
from gridlang.schedule.difference.records import Sort, fields, keyed, named
from gridlang.schedule.model import Calendar, Journey, Map, Schedule, Stretch

JOURNEY = Sort(kind="journey", group="journey")
PHASE = Sort(kind="phase", group="journey")
MAP = Sort(kind="map", group="people", order="of two maps for one phase the first counts")
CALENDAR = Sort(kind="calendar", group="calendar")


def journey(old: Schedule, new: Schedule) -> Iterator[Change]:
    """The journey's own fields, its phases, its edges with their events."""
    before, after = old.journey, new.journey
    yield from _another(JOURNEY, before, after)
    yield from fields(JOURNEY, after.name, _bare(before), _bare(after))
    yield from named(PHASE, before.phases, after.phases)
    yield from _edges(before, after)


def _another(sort: Sort, old: Journey | Calendar, new: Journey | Calendar) -> Iterator[Change]:
    """Of these a plan has one: the other was chosen."""
    if old.name != new.name:
        words = f"is the plan's {sort.kind} now, {old.name} before"
        yield sort.change("changed", new.name, words, (old, new), field="name", old=old.name, new=new.name)


def _bare(journey: Journey) -> Journey:
    """Without what is compared by its own names."""
    return attrs.evolve(journey, phases=(), transitions=())


def _edges(old: Journey, new: Journey) -> Iterator[Change]:
    before, after = _by_ends(old), _by_ends(new)
    for ends in dict.fromkeys((*before, *after)):
        one, other = before.get(ends), after.get(ends)
        if one is None or other is None or one[1] != other[1]:
            owners = (one[0] if one else None, other[0] if other else None)
            yield from _edge(f"{ends[0]} -> {ends[1]}", owners, one and one[1], other and other[1])


def _by_ends(journey: Journey) -> dict[tuple[str, str], tuple[Any, tuple[str, ...]]]:
    """By source and target: one edge, for its place, and the events of all between these two."""
    found: dict[tuple[str, str], tuple[Any, tuple[str, ...]]] = {}
    for edge in journey.transitions:
        first, events = found.get((edge.source, edge.target), (edge, ()))
        found[edge.source, edge.target] = (first, tuple(dict.fromkeys((*events, *edge.events))))
    return found


def _edge(
    ends: str, owners: tuple[Any, Any], old: tuple[str, ...] | None, new: tuple[str, ...] | None
) -> Iterator[Change]:
    sort = Sort(kind="edge", group="journey")
    values = {"field": "events", "old": old and list(old), "new": new and list(new)}
    if new is None:
        yield sort.change("removed", ends, "is gone: the journey no longer goes that way", owners, **values)
    elif old is None:
        by = f"on {', '.join(new)}" if new else "by `move` only"
        yield sort.change("added", ends, f"is new, {by}", owners, **values)
    else:
        words = [f"is now also taken on {event}" for event in new if event not in old]
        words += [f"is no longer taken on {event}" for event in old if event not in new]
        words = words or [f"names its events in another order: {', '.join(new)}"]
        yield sort.change("changed", ends, "; ".join(words), owners, **values)


# --- maps -------------------------------------------------------------------------------------------------------------


def maps(sort: Sort, old: Iterable[Map], new: Iterable[Map]) -> Iterator[Change]:
    """Who plays which role on a map, and who influences whom."""
    before, after = {each.name: each for each in old}, {each.name: each for each in new}
    bare = [[attrs.evolve(each, parts=(), influence=()) for each in group.values()] for group in (before, after)]
    yield from named(sort, *bare)
    for name in after:
        if name in before:
            owners = before[name], after[name]
            yield from keyed(sort, name, owners, _parts(owners[0]), _parts(owners[1]))


def _parts(each: Map) -> dict[str, object]:
    roles = {f"{part.person} as": part.roles for part in each.parts}
    arrows = {f"the influence {arrow.source} -> {arrow.target}": arrow.strength for arrow in each.influence}
    return {**roles, **arrows}


# --- the calendar -----------------------------------------------------------------------------------------------------


def calendar(old: Calendar, new: Calendar) -> Iterator[Change]:
    """Days that are closed, open, holidays, blackouts or named, one by one."""
    yield from _another(CALENDAR, old, new)
    yield from fields(CALENDAR, new.name, _without_days(old), _without_days(new))
    yield from keyed(CALENDAR, new.name, (old, new), _days(old), _days(new))


def _without_days(calendar: Calendar) -> Calendar:
    return attrs.evolve(calendar, holidays=(), closed=(), open=(), blackout=(), named={})


def _days(calendar: Calendar) -> dict[str, object]:
    days: dict[str, object] = {f"the public holiday {each.date}": each.name for each in calendar.holidays}
    for word in ("closed", "open", "blackout"):
        days |= {f"{word} {_span(each)}": each.name or True for each in getattr(calendar, word)}
    return days | {f"the day {name}": dates for name, dates in calendar.named.items()}


def _span(stretch: Stretch) -> str:
    return stretch.start if stretch.start == stretch.end else f"{stretch.start} .. {stretch.end}"
