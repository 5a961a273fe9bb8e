"""A campaign uses a channel that a rule forbids where the campaign stands.

Why: the plan itself says that these people must not be contacted so.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.reach import reach_of
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Rule
from gridlang.semantics.model import Model

FORBIDDEN_CONTACT = Code(
    "G0508",
    "forbidden-contact",
    Level.ERROR,
    "{channel} is not allowed {where} (rule `{rule}`, {place}{title})",
    why="the plan itself says that these people must not be contacted so",
    help="use another channel{others}, or move the account on first",
)


def check(model: Model) -> Iterator[Diagnostic]:
    reach = reach_of(model)
    for rule in model.schedule.rules:
        for channel in rule.forbid:
            for number, step in reach.by_channel.get(channel, ()):
                if reach.meets(rule, number):
                    yield _complaint(model, rule, model.schedule.campaigns[number], step, channel)


def _complaint(model: Model, rule: Rule, campaign: Campaign, step: steps.Step, channel: str) -> Diagnostic:
    place = model.span(rule.place)
    phases = [phase for phase in rule.phases if not campaign.phases or phase in campaign.phases]
    others = sorted(set(reach_of(model).by_channel) - set(rule.forbid))
    return FORBIDDEN_CONTACT.at(
        model.span(step.place),
        channel=channel,
        where=f"in {' and '.join(phases)}" if phases else "here",
        rule=rule.name,
        place=place,
        title=f': "{rule.title}"' if rule.title else "",
        others=f" ({' or '.join(others)})" if others else "",
        related=(Related(place, "the rule"),),
    )
