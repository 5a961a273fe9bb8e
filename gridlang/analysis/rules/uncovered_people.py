"""Arms of a `choose` that leave somebody out, or that nobody ever takes.

Why: everybody who comes to a diamond must leave it by one arrow, and an arrow that nobody takes misleads its readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gridlang.analysis.mending import rewritten
from gridlang.analysis.people import People, holds, in_words, tell_apart
from gridlang.diagnostics import Code, Diagnostic, Fix, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign
from gridlang.semantics.model import Model
from gridlang.source import Span

NO_OTHERWISE = Code(
    "G0409",
    "no-otherwise",
    Level.ERROR,
    '"{question}" has no arm for people with {who}',
    why="a comparison with a missing value is false, and whoever fits no arm would be stuck here",
    help="add `otherwise -> …`",
)
ARM_NEVER_TAKEN = Code(
    "G0436",
    "arm-never-taken",
    Level.ERROR,
    "nobody ever takes this arm{because}",
    why="the first arm that holds is taken, and people who read the flowchart would count on this one",
    help="{hint}",
)
ARMS_OVERLAP = Code(
    "L0110",
    "arms-overlap",
    Level.WARNING,
    "two arms hold for somebody with {who}; the first is taken",
    why="whoever reads the flowchart cannot see which arrow these people take",
    help="make the second arm say what the first leaves: `not (…) and …`, or put the narrower one first",
)


LOOKS_AT = ()


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    for step in campaign.steps:
        if isinstance(step, steps.Choose) and step.arms:
            people = tell_apart(model.schedule, [arm.when for arm in step.arms])
            if people is not None:
                yield from _decided(model, step, people)
            elif step.otherwise_place is None:
                yield NO_OTHERWISE.at(model.span(step.place), question=step.question, who="other values")


def _decided(model: Model, step: steps.Choose, people: People) -> Iterator[Diagnostic]:
    taken = [False] * len(step.arms)
    held = [False] * len(step.arms)
    overlaps: dict[tuple[int, int], str] = {}
    wider: set[tuple[int, int]] = set()
    uncovered: str | None = None
    for kind in people.kinds():
        fitting = [number for number, arm in enumerate(step.arms) if holds(arm.when, kind)]
        for number in fitting:
            held[number] = True
        if fitting:
            taken[fitting[0]] = True
            for later in fitting[1:]:
                overlaps.setdefault((fitting[0], later), in_words(kind))
            wider.update((number, later) for number in fitting for later in range(len(held)) if later not in fitting)
        elif uncovered is None:
            uncovered = in_words(kind)
    if uncovered is not None and step.otherwise_place is None:
        yield NO_OTHERWISE.at(model.span(step.place), question=step.question, who=uncovered)
    if uncovered is None and step.otherwise_place is not None:
        yield ARM_NEVER_TAKEN.at(
            model.span(step.otherwise_place), because=": the arms before it take everybody", hint="delete it"
        )
    yield from _useless(model, step, taken, held)
    for (first, later), who in overlaps.items():
        if taken[later] and (first, later) in wider:  # the narrower arm first, then the rest, is how it should be
            yield _overlap(model, step, first, later, who)


def _useless(model: Model, step: steps.Choose, taken: list[bool], held: list[bool]) -> Iterator[Diagnostic]:
    for number, arm in enumerate(step.arms):
        if not taken[number]:
            because = ": the arms before it take everybody it holds for" if held[number] else ": it holds for nobody"
            hint = "put the narrower arm first" if held[number] else "mend its condition, or delete it"
            yield ARM_NEVER_TAKEN.at(model.span(arm.place), because=because, hint=hint)


def _overlap(model: Model, step: steps.Choose, first: int, later: int, who: str) -> Diagnostic:
    related = (Related(model.span(step.arms[first].place), "the arm that is taken"),)
    fixes = _rest_of(model.span(step.arms[first].place), model.span(step.arms[later].place))
    return ARMS_OVERLAP.at(model.span(step.arms[later].place), who=who, related=related, fixes=fixes)


def _rest_of(first: Span, later: Span) -> tuple[Fix, ...]:
    """The later arm for whom the first leaves."""
    taken, left = (re.match(r"(.*?)\s*->", arm.text, re.DOTALL) for arm in (first, later))
    if taken is None or left is None:
        return ()
    rest = left[1] if re.fullmatch(r"[\w.]+(?:\s*[<>=!]+\s*[\w.\"]+)?", left[1]) else f"({left[1]})"
    return rewritten(later, r"\A(.*?)\s*->", [f"not ({taken[1]}) and {rest}"])
