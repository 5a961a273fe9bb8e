"""Cells: which campaigns stand where in segment x phase x role x relation, and what an edit gives and takes."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from gridlang.schedule.difference.changes import Change
from gridlang.schedule.difference.values import listed
from gridlang.schedule.model import Campaign, Schedule

AXES = ("segment", "phase", "role", "relation")
ANY = ""
"""On an axis of which the plan declares nothing."""


@attrs.frozen
class Block:
    """Cells that form a block: every combination of these names, in the order of `AXES`."""

    axes: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        number = 1
        for names in self.axes:
            number *= len(names)
        return number

    def minus(self, other: Block) -> Iterator[Block]:
        """The blocks that remain of this one, disjoint: for each axis what lies outside the other."""
        shared: list[tuple[str, ...]] = []
        for index, (mine, theirs) in enumerate(zip(self.axes, other.axes, strict=True)):
            outside = tuple(name for name in mine if name not in theirs)
            if outside:
                yield Block((*shared, outside, *self.axes[index + 1 :]))
            inside = tuple(name for name in mine if name in theirs)
            if not inside:
                return
            shared.append(inside)


def universe(schedule: Schedule) -> Block:
    """Every cell of a plan."""
    declared = (schedule.segments, schedule.journey.phases, schedule.roles, schedule.relations)
    return Block(tuple(tuple(each.name for each in kind) or (ANY,) for kind in declared))


def stands(schedule: Schedule, campaign: Campaign) -> Block:
    """The cells of a campaign. A person of a map that it addresses stands beside the roles, as `first_talk.mother`."""
    people = tuple(f"{chart}.{person}" for chart, person in campaign.addressed)
    said = (campaign.segments, campaign.phases, (*campaign.roles, *people), campaign.relations)
    return Block(tuple(names or every for names, every in zip(said, universe(schedule).axes, strict=True)))


def changes(old: Schedule, new: Schedule, pairs: list[tuple[Campaign | None, Campaign | None]]) -> Iterator[Change]:
    """The cells that each campaign gains and loses; pairs are the old and the new campaign."""
    for before, after in pairs:
        if (before is not None and before.mass) or (after is not None and after.mass):
            continue
        one = stands(old, before) if before else None
        other = stands(new, after) if after else None
        for block in other.minus(one) if other and one else [other] if other else []:
            yield _change(new, block, before, after, gained=True)
        for block in one.minus(other) if other and one else [one] if one else []:
            yield _change(old, block, before, after, gained=False)


def _change(
    schedule: Schedule, block: Block, before: Campaign | None, after: Campaign | None, *, gained: bool
) -> Change:
    campaign = after or before
    assert campaign is not None
    verb = "now reaches" if gained else "no longer reaches"
    number = f"{block.count} cell{'' if block.count == 1 else 's'}"
    value = dict(zip(AXES, map(list, block.axes), strict=True))
    return Change(
        group="cells",
        kind="added" if gained else "removed",
        subject=f"campaign {campaign.name}",
        words=f"campaign {campaign.name} {verb} {in_words(schedule, block)} ({number})",
        field="cells",
        old=None if gained else value,
        new=value if gained else None,
        old_place=before.place if before else None,
        new_place=after.place if after else None,
    )


def in_words(schedule: Schedule, block: Block) -> str:
    """`growing_families in sale, role mother, any relation`."""
    segments, phases, roles, relations = (
        (f"any {axis}" if names == every else listed(list(names)))
        for axis, names, every in zip(AXES, block.axes, universe(schedule).axes, strict=True)
    )
    words = [f"{segments} in {phases}"]
    words += [roles if roles == "any role" else f"role {roles}"] if schedule.roles else []
    words += [relations if relations == "any relation" else f"relation {relations}"] if schedule.relations else []
    return ", ".join(words)
