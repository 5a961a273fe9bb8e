"""Each campaign's flowchart as a funnel: how many runs went along each arrow, and what became of each step."""

from __future__ import annotations

from collections import Counter
from typing import assert_never

import attrs

from gridlang.run_page import small
from gridlang.runtime.figures import Figures, Made, Skipped
from gridlang.runtime.reference import watching
from gridlang.runtime.rows import BEGINS
from gridlang.schedule.model import Campaign
from gridlang.schedule.steps import (
    Choose,
    EventArm,
    Move,
    OutcomeArm,
    PredicateArm,
    Repeat,
    Send,
    ShareArm,
    Split,
    Step,
    Stop,
)
from gridlang.targets.drawing.picture import Note
from gridlang.targets.pages.told import Chip, Context, Where
from gridlang.targets.views import flow as views
from gridlang.targets.views.anchors import anchor
from gridlang.targets.words import phrase, phrases
from gridlang.targets.words import steps as said

Ends = tuple[str, str]
"""Source and target of an arrow of a flowchart's graph."""


@attrs.frozen(kw_only=True)
class OnwardView:
    """An arrow out of a step: on what, whereto, how many runs took it, and what share of those that went on."""

    on: str
    to: str
    link: str | None
    runs: str
    share: str


@attrs.frozen(kw_only=True)
class StepView:
    """A step with what became of it: `made` and `skipped` in words, `rest` the runs that went nowhere from it."""

    number: int
    anchor: str
    kind: str
    title: str
    reached: str
    made: str
    skipped: str
    onward: tuple[OnwardView, ...]
    rest: str | None
    where: Where


@attrs.frozen(kw_only=True)
class FunnelView:
    """A campaign; `empty` where no run of it began."""

    campaign: Campaign
    chip: Chip
    anchor: str
    phases: tuple[Chip, ...]
    begun: str
    goal: str | None
    held_out: str | None
    empty: bool
    notes: dict[Ends, Note]
    steps: tuple[StepView, ...]
    where: Where


def funnels(told: Context, figures: Figures) -> tuple[FunnelView, ...]:
    """In order of declaration."""
    made, skipped = _by_step(figures)
    return tuple(_funnel(told, figures, campaign, made, skipped) for campaign in told.schedule.campaigns)


Rows = dict[tuple[str, str], Counter[str]]


def _by_step(figures: Figures) -> tuple[Rows, Rows]:
    """By campaign and step: rows made, by kind; rows skipped, by reason."""
    made: Rows = {}
    skipped: Rows = {}
    key: Made | Skipped
    for key, rows in figures.made.items():
        made.setdefault((key.campaign, key.step), Counter())[key.kind] += rows
    for key, rows in figures.skipped.items():
        skipped.setdefault((key.campaign, key.step), Counter())[key.reason] += rows
    return made, skipped


def _funnel(told: Context, figures: Figures, campaign: Campaign, made: Rows, skipped: Rows) -> FunnelView:
    graph, words = views.flow(campaign), told.words
    taken = taken_along(campaign, graph, figures)
    begun = figures.counts.arrows.get((campaign.name, *BEGINS), 0)
    held_out = skipped.get((campaign.name, "holdout"), Counter())["holdout"]
    return FunnelView(
        campaign=campaign,
        chip=told.campaign(campaign),
        anchor=anchor("campaign", campaign.name),
        phases=tuple(told.phase(phase) for phase in campaign.phases),
        begun=small.people(words, begun),
        goal=_goal(told, figures, campaign),
        held_out=small.people(words, held_out) if held_out else None,
        empty=not begun,
        notes=_notes(told, graph, taken) if begun else {},
        steps=tuple(
            _step(told, campaign, graph, taken, step, made.get((campaign.name, step.id)), skipped)
            for step in campaign.steps
        ),
        where=told.where(campaign.place),
    )


def _goal(told: Context, figures: Figures, campaign: Campaign) -> str | None:
    if campaign.goal is None:
        return None
    reached, runs = figures.counts.goals.get(campaign.name, (0, 0))
    return small.counted(told.words, reached, runs)


def taken_along(campaign: Campaign, graph: views.Flow, figures: Figures) -> dict[Ends, int]:
    """How often each arrow of the drawing was taken; several arms to one step are one arrow there."""
    steps = {step.id: step for step in campaign.steps}
    return {
        (arrow.source, arrow.target): sum(
            figures.counts.arrows.get((campaign.name, *key), 0)
            for key in {key for meaning in arrow.meanings for key in keys(steps.get(arrow.source), meaning)}
        )
        for arrow in graph.arrows
    }


def keys(step: Step | None, meaning: views.Meaning) -> list[tuple[str, str]]:
    """Step and words by which `Counts.arrows` knows an arrow of this meaning out of a step; None: the start."""
    return [BEGINS] if step is None else [(step.id, word) for word in _words(step, meaning)]


def _words(step: Step, meaning: views.Meaning) -> tuple[str, ...]:
    match meaning:
        case EventArm():
            return meaning.events
        case OutcomeArm():
            return meaning.outcomes
        case PredicateArm():
            return (str(step.arms.index(meaning)),) if isinstance(step, Choose) else ()
        case ShareArm():
            return (str(step.arms.index(meaning)),) if isinstance(step, Split) else ()
        case views.Again():
            return _words(step, meaning.after)
        case _:
            return (_word(step, meaning),)


def _word(step: Step, meaning: views.Plain) -> str:
    match meaning:
        case views.Then() | views.Done():
            return watching.NEXT
        case views.Skipped():
            return watching.ELSE if isinstance(step, Send) else watching.NEXT
        case views.Nothing():
            return watching.NOTHING
        case views.Otherwise():
            return watching.OTHERWISE
        case views.Overdue():
            return watching.OVERDUE
        case views.Times():
            return watching.AGAIN
        case views.Afterwards():
            return watching.ELSE
        case views.Turn():
            return watching.BODY
        case _:
            assert_never(meaning)


def _leaving(graph: views.Flow, taken: dict[Ends, int], source: str) -> int:
    return sum(taken[arrow.source, arrow.target] for arrow in graph.arrows if arrow.source == source)


def _parts(graph: views.Flow, source: str) -> bool:
    """Whether the ways part here, so that shares say something."""
    return sum(arrow.source == source for arrow in graph.arrows) > 1


def _notes(told: Context, graph: views.Flow, taken: dict[Ends, int]) -> dict[Ends, Note]:
    most = max(taken.values(), default=0)
    notes = {}
    for ends, runs in taken.items():
        whole = _leaving(graph, taken, ends[0])
        text = small.counted(told.words, runs, whole) if _parts(graph, ends[0]) else small.people(told.words, runs)
        notes[ends] = Note(text, weight(runs, most))
    return notes


def weight(part: int, most: int) -> int:
    """How heavy an arrow is drawn."""
    if part == 0:
        return 0
    if small.is_small(part):
        return 1
    return 1 + sum(part * 100 >= most * bound for bound in (10, 30, 60))


def _step(
    told: Context,
    campaign: Campaign,
    graph: views.Flow,
    taken: dict[Ends, int],
    step: Step,
    made: Counter[str] | None,
    skipped: Rows,
) -> StepView:
    words = told.words
    reached, leaving = _reached(graph, taken, step), _leaving(graph, taken, step.id)
    rest = reached - leaving
    numbers = {each.id: (number, each) for number, each in enumerate(campaign.steps, 1)}
    return StepView(
        number=numbers[step.id][0],
        anchor=anchor("step", campaign.name, step.id),
        kind=said.kind(told.names, step),
        title=said.title(told.names, step),
        reached=small.people(words, reached),
        made=_made(told, made),
        skipped=reasons(told, skipped.get((campaign.name, step.id), Counter())),
        onward=tuple(
            _onward(told, campaign, arrow, taken, leaving, numbers, shares=_parts(graph, step.id))
            for arrow in graph.arrows
            if arrow.source == step.id
        ),
        rest=small.people(words, rest) if rest > 0 and not isinstance(step, Move | Stop) else None,
        where=told.where(step.place),
    )


def _reached(graph: views.Flow, taken: dict[Ends, int], step: Step) -> int:
    """How often a step was entered; a `repeat` once, and then at each of its turns."""
    if isinstance(step, Repeat):
        return _leaving(graph, taken, step.id)
    return sum(taken[arrow.source, arrow.target] for arrow in graph.arrows if arrow.target == step.id)


def _made(told: Context, made: Counter[str] | None) -> str:
    return told.words.both(
        told.words.count(*_KINDS[kind], rows) for kind, rows in sorted((made or Counter()).items()) if kind in _KINDS
    )


_KINDS = {
    "touch": phrases("%(number)s sent", "%(number)s sent"),
    "task": phrases("%(number)s handed out", "%(number)s handed out"),
    "notice": phrases("%(number)s told", "%(number)s told"),
    "audience": phrases("%(number)s put in", "%(number)s put in"),
}
REASONS = {
    "consent": phrase("no consent"),
    "address": phrase("no address"),
    "cap": phrase("over the cap"),
    "patience": phrase("no room in time"),
    "holdout": phrase("held out"),
    "period_over": phrase("the period was over"),
}
"""Why a touch was not made, in order of the rules."""


def reasons(told: Context, skipped: Counter[str]) -> str:
    """`12 no consent and 1–4 no address`."""
    say = told.words.say
    return told.words.both(
        f"{small.people(told.words, skipped[reason])} {say(text)}"
        for reason, text in REASONS.items()
        if skipped[reason]
    )


def _onward(
    told: Context,
    campaign: Campaign,
    arrow: views.Arrow,
    taken: dict[Ends, int],
    leaving: int,
    numbers: dict[str, tuple[int, Step]],
    *,
    shares: bool,
) -> OnwardView:
    words, runs = told.words, taken[arrow.source, arrow.target]
    to, link = words.say("the end"), None
    if arrow.target in numbers:
        number, step = numbers[arrow.target]
        to = f"{number}. {said.kind(told.names, step)}: {said.title(told.names, step)}"
        link = anchor("step", campaign.name, step.id)
    return OnwardView(
        on=words.either(filter(None, (said.meaning(told.names, meaning) for meaning in arrow.meanings))),
        to=to,
        link=link,
        runs=small.people(words, runs),
        share=small.share(words, runs, leaving) if shares else "",
    )
