"""Asks rules about one campaign, or one map, at a time, and remembers what they said.

A rule of a campaign sees nothing but the campaign, the lists of the schedule that its `LOOKS_AT` names (of the events
only those whose coming it waits for, see `events_of`), and what all declarations are read by (the plan, its fields,
calendar, journey and relations). A rule of a map sees the map, the campaigns of its segments, the persons and the
roles. So an edit of one campaign asks about that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from types import ModuleType

import attrs

from gridlang.analysis.named import events_of
from gridlang.analysis.reach import reach_of
from gridlang.diagnostics import Diagnostic
from gridlang.schedule.model import Campaign, Map
from gridlang.semantics.model import Model

Rules = tuple[ModuleType, ...]
OfCampaign = Callable[[Model, Campaign], Iterator[Diagnostic]]


@attrs.frozen
class Group:
    """Rules of a campaign that are remembered together, and the lists that any of them looks at."""

    name: str
    lists: tuple[str, ...]
    events: bool
    asked: tuple[OfCampaign, ...]


@cache
def group(rules: Rules) -> Group:
    """The rules of a campaign among these."""
    those = [rule for rule in rules if hasattr(rule, "of_campaign")]
    lists = {name for rule in those for name in rule.LOOKS_AT}
    asked = tuple(rule.of_campaign for rule in those)
    return Group(" ".join(rule.__name__ for rule in those), tuple(sorted(lists - {"events"})), "events" in lists, asked)


def of_campaigns(model: Model, rules: Rules) -> Iterator[Diagnostic]:
    """What the rules find in each campaign."""
    asked = group(rules)
    lists = tuple(getattr(model.schedule, name) for name in asked.lists)
    campaigns, ask = model.schedule.campaigns, partial(_asked, model, asked)
    if not asked.events:
        yield from model.memory.each_of(asked.name, campaigns, lists, ask)
        return

    def around(campaign: Campaign) -> tuple[object, ...]:
        return (*lists, *events_of(model, campaign))

    yield from model.memory.each_of(asked.name, campaigns, (*lists, model.schedule.events), ask, around)


def _asked(model: Model, asked: Group, campaign: Campaign) -> Iterator[Diagnostic]:
    for ask in asked.asked:
        yield from ask(model, campaign)


def of_maps(model: Model, rules: Rules) -> Iterator[Diagnostic]:
    """What the rules find in each map."""
    those = tuple(rule for rule in rules if hasattr(rule, "of_map"))
    reach = reach_of(model)
    lists = (model.schedule.persons, model.schedule.roles)
    for found in model.schedule.maps if those else ():
        records = (found, *lists, *reach.around(found))
        yield from model.memory.all_of("of_map", records, partial(_asked_of_map, model, those, found))


def _asked_of_map(model: Model, rules: Rules, found: Map) -> Iterator[Diagnostic]:
    for rule in rules:
        yield from rule.of_map(model, found)
