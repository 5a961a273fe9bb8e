"""Who comes to a step: every kind of person that the segments and diamonds before it let through.

Only what cannot change on the way binds: attributes. A count of events or an age may be another one by then.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence

from gridlang.analysis.flow import Graph
from gridlang.analysis.people import Sort, holds, in_words, tell_apart
from gridlang.schedule import expressions as ex
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Schedule


class Certainty(enum.Enum):
    """For whom of those that come to a step a condition holds."""

    EVERYBODY = enum.auto()
    SOME = enum.auto()
    NOBODY = enum.auto()


def how_certain(
    schedule: Schedule, found: Graph, step: str, condition: ex.Expression, segments: tuple[str, ...]
) -> tuple[Certainty, str | None]:
    """For whom a condition holds when they come to a step, and one of them in words (when it is only some)."""
    arms = [arm.when for each in found.campaign.steps if isinstance(each, steps.Choose) for arm in each.arms]
    binding = [when for when in arms if _lasts(when)]
    members = _members(schedule, found.campaign, segments)
    asked = [where for each in members or () for where in each]
    for others in ([*asked, *binding], binding, []):
        people = tell_apart(schedule, [condition, *others])
        if people is None:
            continue
        binds = members if others and len(others) == len(asked) + len(binding) else None
        known = set(others)
        coming = [
            kind
            for kind in people.kinds()
            if (binds is None or _belongs(binds, kind)) and step in _walked(found, kind, known)
        ]
        return _summed_up(schedule, condition, coming)
    return Certainty.SOME, None


def _summed_up(schedule: Schedule, condition: ex.Expression, coming: Sequence[Sort]) -> tuple[Certainty, str | None]:
    holding = [kind for kind in coming if holds(condition, kind)]
    if not holding:
        return Certainty.NOBODY, None
    if len(holding) == len(coming):
        return Certainty.EVERYBODY, None
    alone = tell_apart(schedule, [condition])
    terms = set(alone.terms) if alone is not None else set(holding[0])
    return Certainty.SOME, in_words({term: value for term, value in holding[0].items() if term in terms})


def _lasts(condition: ex.Expression) -> bool:
    """Whether a condition asks only for attributes."""
    match condition:
        case ex.All() | ex.AnyOf():
            return all(map(_lasts, condition.operands))
        case ex.Not():
            return _lasts(condition.operand)
        case ex.Has() | ex.Compare() | ex.Among() | ex.Between():
            return all(isinstance(part, ex.Attribute | ex.Value) for part in _parts(condition))
        case _:
            return isinstance(condition, ex.Attribute | ex.Value)


def _parts(condition: ex.Has | ex.Compare | ex.Among | ex.Between) -> Iterable[ex.Expression]:
    match condition:
        case ex.Has():
            return (condition.operand,)
        case ex.Compare():
            return (condition.left, condition.right)
        case ex.Among():
            return (condition.item, *condition.options)
        case ex.Between():
            return (condition.item, condition.start, condition.end)


def _members(
    schedule: Schedule, campaign: Campaign, segments: tuple[str, ...]
) -> tuple[tuple[ex.Expression, ...], ...] | None:
    """For each segment what its accounts fit, and then what those before it do not: the first that fits takes them.

    None when whoever stands in the campaign need not fit: any segment, or no target, by whom a segment is asked (R1).
    """
    names = tuple(name for name in campaign.segments if not segments or name in segments)
    if not names or (campaign.roles and "target" not in campaign.roles):
        return None
    found: list[tuple[ex.Expression, ...]] = []
    before: list[ex.Expression] = []
    for segment in schedule.segments:
        if segment.where is None or not _lasts(segment.where):
            if segment.name in names:
                return None
            continue
        if segment.name in names:
            found.append((segment.where, *before))
        before.append(segment.where)
    return tuple(found) or None


def _belongs(members: tuple[tuple[ex.Expression, ...], ...], kind: Sort) -> bool:
    return any(holds(own, kind) and not any(holds(other, kind) for other in before) for own, *before in members)


def _walked(found: Graph, kind: Sort, known: set[ex.Expression]) -> set[str]:
    """The steps that a kind of person can come to; arms whose condition is not `known` may be taken or not."""
    reached: set[str] = set()
    work = [found.campaign.steps[0].id]
    while work:
        identity = work.pop()
        if identity in reached or identity not in found.by_id:
            continue
        reached.add(identity)
        step = found.by_id[identity]
        if isinstance(step, steps.Choose):
            work.extend(target for target in _chosen(step, kind, known) if target is not None)
        else:
            work.extend(arc.target for arc in found.arcs[identity] if arc.target is not None)
    return reached


def _chosen(step: steps.Choose, kind: Sort, known: set[ex.Expression]) -> Iterable[str | None]:
    for arm in step.arms:
        if arm.when not in known:
            yield arm.next
        elif holds(arm.when, kind):
            yield arm.next
            return
    yield step.otherwise
