"""Which old campaign or step is which new one: by name, else by what the new one says it `was` (R25)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import attrs

from gridlang.schedule.model import Campaign, Schedule
from gridlang.schedule.steps import Step

T = TypeVar("T", Campaign, Step)


@attrs.frozen(eq=False)
class Flow:
    """A campaign of both plans and its steps, paired; None stands where one plan has none."""

    old: Campaign
    new: Campaign
    steps: tuple[tuple[Step | None, Step | None], ...]

    @property
    def renamed(self) -> dict[str, str]:
        """Steps by the id they had."""
        return {old.id: new.id for old, new in self.steps if old is not None and new is not None}


@attrs.frozen(eq=False)
class Pairs:
    """The campaigns of both plans; new ones stand where they are declared, gone ones after them."""

    all: tuple[tuple[Campaign | None, Campaign | None], ...]
    declared: tuple[Campaign, ...]
    """The old ones, in their order."""

    @classmethod
    def of(cls, old: Schedule, new: Schedule) -> Pairs:
        return cls(tuple(_paired(old.campaigns, new.campaigns, lambda campaign: campaign.name)), old.campaigns)

    @property
    def flows(self) -> list[Flow]:
        """The campaigns that both plans have."""
        return [
            Flow(old, new, tuple(_paired(old.steps, new.steps, lambda step: step.id)))
            for old, new in self.all
            if old is not None and new is not None
        ]


def _paired(old: Sequence[T], new: Sequence[T], name: Callable[[T], str]) -> list[tuple[T | None, T | None]]:
    before: dict[str, T] = {name(each): each for each in old}
    kept = {name(each) for each in new}
    free: dict[str, T] = {called: each for called, each in before.items() if called not in kept}
    pairs: list[tuple[T | None, T | None]] = []
    for each in new:
        same = before.get(name(each))
        pairs.append((same if same is not None else free.pop(each.was or "", None), each))
    pairs.extend((each, None) for each in free.values())
    return pairs
