"""A campaign uses a channel that a rule forbids where the campaign stands.

Why: the plan itself says that these people must not be contacted so. A rule with `when` forbids it only to some: when
the diamonds before the step let only those through, nobody there can be contacted; else those are held back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gridlang.analysis.flow import graph
from gridlang.analysis.mending import rewritten
from gridlang.analysis.reach import reach_of
from gridlang.analysis.standing import Certainty, how_certain
from gridlang.analysis.words import listed
from gridlang.diagnostics import Code, Diagnostic, Fix, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Rule
from gridlang.semantics.model import Model

FORBIDDEN_CONTACT = Code(
    "G0508",
    "forbidden-contact",
    Level.ERROR,
    "{channels} {are} not allowed {where} (rule `{rule}`, {place}{title})",
    why="the plan itself says that these people must not be contacted so",
    help="use another channel{others}, or {move} first",
)
FORBIDDEN_TO_SOME = Code(
    "L0122",
    "forbidden-to-some",
    Level.NOTE,
    "{channels} {are} not allowed to some who come here{who} (rule `{rule}`, {place}{title})",
    why="for them it waits until the rule no longer holds, and is skipped when that takes too long",
    help='ask before it: `choose "…" {{ … -> …  otherwise -> … }}`, if they should get something else',
)


def check(model: Model) -> Iterator[Diagnostic]:
    reach = reach_of(model)
    for rule in model.schedule.rules:
        touched: dict[tuple[int, str], tuple[steps.Step, list[str]]] = {}
        for channel in rule.forbid:
            for number, step in reach.by_channel.get(channel, ()):
                if reach.meets(rule, number):
                    touched.setdefault((number, step.id), (step, []))[1].append(channel)
        for (number, _), (step, channels) in touched.items():
            yield from _check(model, rule, model.schedule.campaigns[number], step, channels)


def _check(model: Model, rule: Rule, campaign: Campaign, step: steps.Step, channels: list[str]) -> Iterator[Diagnostic]:
    certainty, who = Certainty.EVERYBODY, None
    if rule.when is not None:
        found = graph(model, campaign)
        if found is None:
            return
        certainty, who = how_certain(model.schedule, found, step.id, rule.when, rule.segments)
    if certainty is Certainty.EVERYBODY:
        yield _forbidden(model, rule, campaign, step, channels)
    elif certainty is Certainty.SOME:
        yield FORBIDDEN_TO_SOME.at(
            model.span(step.place),
            who=f": {who}" if who else "",
            related=_rule(model, rule),
            **_words(model, rule, channels),
        )


def _forbidden(model: Model, rule: Rule, campaign: Campaign, step: steps.Step, channels: list[str]) -> Diagnostic:
    phases = [phase for phase in rule.phases if not campaign.phases or phase in campaign.phases]
    others = sorted(set(reach_of(model).by_channel) - set(rule.forbid))
    where = f"in {listed(phases)}" if phases else "here"
    return FORBIDDEN_CONTACT.at(
        model.span(step.place),
        where=where if rule.when is None else f"{where} to anybody who comes to this step",
        others=f" ({listed(others, 'or')})" if others else "",
        move="move the account on" if rule.when is None else "send others this way",
        related=_rule(model, rule),
        fixes=_by_others(model, step, others),
        **_words(model, rule, channels),
    )


def _by_others(model: Model, step: steps.Step, others: list[str]) -> tuple[Fix, ...]:
    """The step on a channel that is not forbidden, where it has one only."""
    verb = "send" if isinstance(step, steps.Send) and len(step.channels) == 1 else "task"
    return rewritten(model.span(step.place), rf"\b{verb}\s+([\w.]+)", others)


def _rule(model: Model, rule: Rule) -> tuple[Related, ...]:
    return (Related(model.span(rule.place), "the rule"),)


def _words(model: Model, rule: Rule, channels: list[str]) -> dict[str, Any]:
    return {
        "channels": listed(channels),
        "are": "is" if len(channels) == 1 else "are",
        "rule": rule.name,
        "place": model.span(rule.place),
        "title": f': "{rule.title}"' if rule.title else "",
    }
