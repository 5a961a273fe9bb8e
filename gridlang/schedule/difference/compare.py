"""Two schedules compared, group by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gridlang.schedule.difference import cells, flows, journey
from gridlang.schedule.difference.changes import GROUPS, Change, Difference, Kind
from gridlang.schedule.difference.channels import RULE, channel, team
from gridlang.schedule.difference.endings import endings
from gridlang.schedule.difference.messages import MESSAGE
from gridlang.schedule.difference.pairs import Pairs
from gridlang.schedule.difference.records import Sort, fields, named
from gridlang.schedule.difference.values import plain
from gridlang.schedule.model import Schedule, Story

PLAN = Sort(
    kind="plan",
    group="plan",
    phrases={
        "seed": lambda old, new: [f"has the seed {new} now: every `split` and holdout is drawn anew (R20)"],
        "starts": lambda old, new: [f"begins {new} now, {old} before"],
        "ends": lambda old, new: [f"ends {new} now, {old} before (both days included)"],
    },
)
KINDS = (
    (Sort(kind="relation", group="relations", order="the highest level that holds counts (R5)"), "relations"),
    (Sort(kind="segment", group="segments", order="the first that fits takes an account (R1)"), "segments"),
    (Sort(kind="role", group="people"), "roles"),
    (Sort(kind="person", group="people"), "persons"),
    (Sort(kind="attribute", group="attributes"), "person_fields"),
    (Sort(kind="account attribute", group="attributes"), "account_fields"),
    (Sort(kind="event", group="events", order="it decides between events of one second (R23)"), "events"),
    (RULE, "rules"),
    (MESSAGE, "messages"),
    (Sort(kind="need", group="needs and barriers"), "needs"),
    (Sort(kind="barrier", group="needs and barriers"), "barriers"),
    (Sort(kind="kpi", group="kpis"), "kpis"),
)
"""Kinds that are compared by name and field, with their place in the schedule."""


def compare(old: Schedule, new: Schedule) -> Difference:
    """What differs between two schedules, by group, and what the edit ends for those in flight."""
    pairs = Pairs.of(old, new)
    found = [
        *_plan(old, new),
        *journey.calendar(old.calendar, new.calendar),
        *journey.journey(old, new),
        *journey.maps(journey.MAP, old.maps, new.maps),
        *(change for sort, name in KINDS for change in named(sort, getattr(old, name), getattr(new, name))),
        *named(channel((old.calendar, new.calendar)), old.channels, new.channels),
        *named(team((old.calendar, new.calendar)), old.teams, new.teams),
        *flows.campaigns(pairs),
        *(change for flow in pairs.flows for change in flows.steps(flow)),
        *cells.changes(old, new, list(pairs.all)),
        *_tests(old.tests, new.tests),
    ]
    found.sort(key=lambda change: GROUPS.index(change.group))
    return Difference(changes=tuple(found), endings=tuple(endings(old, new, pairs)))


def _plan(old: Schedule, new: Schedule) -> Iterator[Change]:
    before, after = old.plan, new.plan
    if before.name != after.name:
        words = f"was called {before.name}: every id changes (R24), so all that was sent counts as not sent"
        owners = before, after
        yield PLAN.change("renamed", after.name, words, owners, field="name", old=before.name, new=after.name)
    yield from fields(PLAN, after.name, before, after)


def _tests(old: Iterable[Story], new: Iterable[Story]) -> Iterator[Change]:
    sort = Sort(kind="test", group="tests")
    before, after = _by_title(old), _by_title(new)
    for title in dict.fromkeys((*before, *after)):
        one, other = before.get(title), after.get(title)
        if plain(one) != plain(other):
            words = "is new" if one is None else "is gone" if other is None else "tells another story"
            values = {"old": plain(one), "new": plain(other)}
            kind: Kind = "added" if one is None else "removed" if other is None else "changed"
            yield sort.change(kind, title, words, (one, other), **values)


def _by_title(stories: Iterable[Story]) -> dict[str, Story]:
    """Tests by their title; a second one of a title is told apart by its number."""
    times: Counter[str] = Counter()
    found: dict[str, Story] = {}
    for story in stories:
        times[story.title] += 1
        number = f" ({times[story.title]})" if times[story.title] > 1 else ""
        found[f'"{story.title}"{number}'] = story
    return found
