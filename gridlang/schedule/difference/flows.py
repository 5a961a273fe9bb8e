"""Changes of campaigns and of the steps of their flowcharts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from gridlang.schedule import steps as st
from gridlang.schedule.difference import records
from gridlang.schedule.difference.changes import Change
from gridlang.schedule.difference.channels import coordinate
from gridlang.schedule.difference.pairs import Flow, Pairs
from gridlang.schedule.difference.records import Sort
from gridlang.schedule.difference.values import plain
from gridlang.schedule.model import Campaign
from gridlang.schedule.references import REFERENCES
from gridlang.schedule.written import written

END = "the end"


def _share(old: int, new: int) -> list[str]:
    return [f"holds out {new / 100:g}% of the accounts now, {old / 100:g}% before"]


CAMPAIGN = Sort(
    kind="campaign",
    group="campaigns",
    phrases={
        "holdout": _share,
        **{field: coordinate(field) for field in ("segments", "phases", "roles", "relations")},
    },
    order="of equal priority the first declared goes first (R17)",
)


def campaigns(pairs: Pairs) -> Iterator[Change]:
    """Campaigns that are new, gone, renamed, changed in a field, or stand elsewhere in the order."""
    for old, new in pairs.all:
        if new is None and old is not None:
            yield CAMPAIGN.change("removed", old.name, "is gone", (old, None), old=plain(old))
        elif old is None and new is not None:
            yield CAMPAIGN.change("added", new.name, "is new", (None, new), new=plain(new))
        elif old is not None and new is not None:
            yield from _renamed(CAMPAIGN, old, new, old.name, new.name)
            yield from records.fields(CAMPAIGN, new.name, old, new)
    names = {flow.old.name: flow.new.name for flow in pairs.flows}
    before = [attrs.evolve(each, name=names[each.name]) for each in pairs.declared if each.name in names]
    yield from records.reordered(CAMPAIGN, before, [flow.new for flow in pairs.flows])


def _renamed(sort: Sort, old: Any, new: Any, before: str, after: str) -> Iterator[Change]:
    if before != after:
        words = f"is what {before} was: whoever is in it goes on (R25)"
        yield sort.change("renamed", after, words, (old, new), field="was", old=before, new=after)


# --- steps ------------------------------------------------------------------------------------------------------------


def steps(flow: Flow) -> Iterator[Change]:
    """Steps of a campaign that both plans have."""
    sort = Sort(kind=f"campaign {flow.new.name}, step", group="steps", order="steps go in order of declaration (R17)")
    for old, new in flow.steps:
        if new is None and old is not None:
            yield sort.change("removed", old.id, "is gone", (old, None), old=plain(old))
        elif old is None and new is not None:
            yield sort.change("added", new.id, f"is new, {_after(flow.new, new)}", (None, new), new=plain(new))
        elif old is not None and new is not None:
            yield from _renamed(sort, old, new, old.id, new.id)
            yield from _step(sort, _translated(old, flow.renamed), new, flow)
    yield from _moved(sort, flow)


def _after(campaign: Campaign, step: st.Step) -> str:
    """Where a step stands, in the order of the text."""
    ids = [each.id for each in campaign.steps]
    position = ids.index(step.id)
    return f"after {ids[position - 1]}" if position else "as the first"


def _step(sort: Sort, old: st.Step, new: st.Step, flow: Flow) -> Iterator[Change]:
    if type(old) is not type(new):
        words = f"is a `{new.verb}` now, a `{old.verb}` before"
        yield sort.change("changed", new.id, words, (old, new), field="verb", old=plain(old), new=plain(new))
        return
    common = frozenset(flow.renamed.values())
    phrased = attrs.evolve(sort, phrases={"next": _next})
    yield from records.fields(phrased, new.id, _bare(old, common), _bare(new, common))
    before, after = _ways(old), _ways(new)
    yield from records.keyed(sort, new.id, (old, new), before, after)
    order = [[way for way in ways if way in before and way in after] for ways in (before, after)]
    if order[0] != order[1]:
        words = "has its arms in another order now: the first that holds is taken"
        yield sort.change("changed", new.id, words, (old, new), field="arms", old=order[0], new=order[1])


def _next(old: str | None, new: str | None) -> list[str]:
    return [f"is followed by {new or END} now, by {old or END} before"]


def _bare(step: st.Step, common: frozenset[str]) -> st.Step:
    """Without its ways on, which are compared one by one, and without new and gone steps inside it."""
    match step:
        case st.Ask():
            return attrs.evolve(step, arms=(), nothing=None, label=None)
        case st.Task():
            return attrs.evolve(step, arms=(), overdue=None, has_overdue=False, label=None)
        case st.Choose():
            return attrs.evolve(step, arms=(), otherwise=None, label=None)
        case st.Split():
            return attrs.evolve(step, arms=(), label=None)
        case st.Jump():
            return attrs.evolve(step, otherwise=None, label=None)
        case st.Send():
            return attrs.evolve(step, skipped=None, label=None)
        case st.Repeat():
            return attrs.evolve(step, body_steps=tuple(each for each in step.body_steps if each in common), label=None)
        case _:
            return attrs.evolve(step, label=None)


def _ways(step: st.Step) -> dict[str, object]:
    """Where each arm of a step leads."""
    match step:
        case st.Ask():
            ways = [(", ".join(arm.events), arm.next) for arm in step.arms] + [("nothing", step.nothing)]
        case st.Task():
            overdue = [("overdue", step.overdue)] if step.has_overdue else []
            ways = [(", ".join(arm.outcomes), arm.next) for arm in step.arms] + overdue
        case st.Choose():
            otherwise = [("otherwise", step.otherwise)] if step.otherwise_place is not None else []
            ways = [(written(arm.when), arm.next) for arm in step.arms] + otherwise
        case st.Split():
            shares = enumerate(step.arms, 1)
            return {f"arm {number}": f"{arm.share / 100:g}% -> {arm.next or END}" for number, arm in shares}
        case st.Jump():
            ways = [("else", step.otherwise)]
        case st.Send() if step.skipped is not None:
            ways = [("else", step.skipped)]
        case _:
            ways = []
    return {f"the arm `{word}`": f"-> {target or END}" for word, target in ways}


def _moved(sort: Sort, flow: Flow) -> Iterator[Change]:
    """Steps that both plans have and that stand elsewhere among the others."""
    both = [(old, new) for old, new in flow.steps if old is not None and new is not None]
    order = {step.id: number for number, step in enumerate(flow.old.steps)}
    before = [new.id for old, new in sorted(both, key=lambda pair: order[pair[0].id])]
    by_id = {new.id: (old, new) for old, new in both}
    for name, earlier in records.moved(before, [new.id for _, new in both]):
        words = f"stands {f'after {earlier}' if earlier else 'first'} now"
        yield sort.change("moved", name, words, by_id[name], field="order", old=before.index(name))


def _translated(value: Any, names: dict[str, str]) -> Any:
    """An old step, with the steps that it leads to called as they are now."""
    if isinstance(value, tuple):
        return tuple(_translated(each, names) for each in value)
    if not attrs.has(type(value)):
        return value
    to_steps = {field for field, kind in REFERENCES.get(type(value), {}).items() if kind == "step"} | {"next"}
    changed = {}
    for field in attrs.fields(type(value)):
        inner = getattr(value, field.name)
        changed[field.name] = _called(inner, names) if field.name in to_steps else _translated(inner, names)
    changed.pop("verb", None)
    changed.pop("op", None)
    return type(value)(**changed)


def _called(value: Any, names: dict[str, str]) -> Any:
    return tuple(names.get(each, each) for each in value) if isinstance(value, tuple) else names.get(value, value)
