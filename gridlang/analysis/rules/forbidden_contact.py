"""A campaign uses a channel that a rule forbids where the campaign stands.

Why: the plan itself says that these people must not be contacted so.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Rule, Schedule
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
    for rule in model.schedule.rules:
        if not rule.forbid:
            continue
        for campaign in model.schedule.campaigns:
            if not meets(model.schedule, rule, campaign):
                continue
            for step in campaign.steps:
                for channel in channels_of(step):
                    if channel in rule.forbid:
                        yield _complaint(model, rule, campaign, step, channel)


def channels_of(step: steps.Step) -> tuple[str, ...]:
    """The personal channels a step contacts somebody on."""
    if isinstance(step, steps.Send):
        return step.channels
    return (step.channel,) if isinstance(step, steps.Task) else ()


def meets(schedule: Schedule, rule: Rule, campaign: Campaign) -> bool:
    """Whether somebody can stand both in a campaign and at a rule's coordinates."""
    maps = {found.name: found for found in schedule.maps}
    roles = {*campaign.roles}
    for name, person in campaign.addressed:
        roles |= {role for part in maps[name].parts if part.person == person for role in part.roles}
    return (
        _overlap(rule.segments, campaign.segments)
        and _overlap(rule.phases, campaign.phases)
        and _overlap(rule.roles, tuple(roles))
    )


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _complaint(model: Model, rule: Rule, campaign: Campaign, step: steps.Step, channel: str) -> Diagnostic:
    place = model.span(rule.place)
    phases = [phase for phase in rule.phases if not campaign.phases or phase in campaign.phases]
    used = {name for other in model.schedule.campaigns for found in other.steps for name in channels_of(found)}
    others = sorted(used - set(rule.forbid))
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
