"""Schedules for the tests of pages: the sample in another language, with every text swapped, or as a long chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from gridlang.schedule import model as m
from gridlang.schedule import steps as s
from tests.unit.schedule import sample

WORDS_OF_PEOPLE = {"title", "doc", "persona", "purpose", "question", "text", "reward", "subject", "body", "script"}
"""Fields in which people write freely."""
LISTS_OF_PEOPLE = {"triggers", "feelings", "criteria", "attitude", "members"}


def in_language(locale: str, of: m.Schedule | None = None) -> m.Schedule:
    schedule = of or sample.schedule()
    return attrs.evolve(schedule, plan=attrs.evolve(schedule.plan, locale=locale))


def rewritten(swap: Callable[[str], str], of: m.Schedule | None = None) -> m.Schedule:
    """The plan with every text that people wrote swapped; names and structure stay."""
    changed = _rewritten(of or sample.schedule(), swap)
    assert isinstance(changed, m.Schedule)
    return changed


def _rewritten(value: Any, swap: Callable[[str], str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_rewritten(each, swap) for each in value)
    if not attrs.has(type(value)):
        return value
    return attrs.evolve(value, **{field.name: _field(value, field.name, swap) for field in attrs.fields(type(value))})


def _field(value: Any, name: str, swap: Callable[[str], str]) -> Any:
    old = getattr(value, name)
    written = name in WORDS_OF_PEOPLE or (name == "name" and isinstance(value, m.Stretch | m.Holiday))
    if isinstance(old, str) and written and not isinstance(value, s.Repeat):
        return swap(old)
    if name in LISTS_OF_PEOPLE:
        return tuple(swap(each) for each in old)
    return _rewritten(old, swap)


def with_titles_everywhere(of: m.Schedule | None = None) -> m.Schedule:
    """Every declaration has a title, so that a swapped plan shows nothing but swapped texts."""
    schedule = of or sample.schedule()
    changed = _titled(schedule)
    assert isinstance(changed, m.Schedule)
    return changed


def _titled(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_titled(each) for each in value)
    if not attrs.has(type(value)):
        return value
    fields = {field.name: _titled(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if "title" in fields:
        fields["title"] = fields["title"] or f"Titel {fields['name']}"
    return attrs.evolve(value, **fields)


def chain(length: int) -> m.Schedule:
    """A plan whose one campaign is a string of so many pearls."""
    first = sample.campaign(sample.schedule(), "invite")
    steps = tuple(
        s.Send(
            id=f"s{number}",
            place=1,
            next=f"s{number + 1}" if number < length else None,
            channels=("email",),
            message="news",
        )
        for number in range(1, length + 1)
    )
    return attrs.evolve(sample.schedule(), campaigns=(attrs.evolve(first, steps=steps),))
