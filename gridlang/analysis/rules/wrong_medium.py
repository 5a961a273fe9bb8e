"""A verb on a channel that cannot do it: a mass medium reaches nobody in particular, a phone no crowd.

Why: what is shown to everybody has no recipient, no consent and no answer of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.mending import rewritten
from gridlang.analysis.named import channels_of_plan
from gridlang.diagnostics import Code, Diagnostic, Fix, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign
from gridlang.semantics.model import Model
from gridlang.source import Span

WRONG_MEDIUM = Code(
    "G0513",
    "wrong-medium",
    Level.ERROR,
    "`{verb}` cannot use {channel}, which reaches {reach}",
    why="{why}",
    help="{hint}",
)
SEND_BESIDE_SHOW = Code(
    "G0514",
    "send-beside-show",
    Level.ERROR,
    "`{verb}` stands in a campaign that shows on mass media",
    why="a campaign with `show` is one run for the whole plan, for nobody in particular",
    help="give the `{verb}` a campaign of its own at the same place in the grid",
)
_REACH = {"person": "one person", "audience": "an audience", "mass": "everybody", "earned": "whoever hears of it"}


LOOKS_AT = ("channels",)


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    channels = channels_of_plan(model)
    yield from _personal_beside_mass(model, campaign)
    for step in campaign.steps:
        for name, allowed, hint in _used(step):
            channel = channels.get(name)
            if channel is None or set(channel.reach) & allowed:
                continue
            yield WRONG_MEDIUM.at(
                model.span(step.place),
                verb=step.verb,
                channel=name,
                reach=" and ".join(_REACH[reach] for reach in channel.reach),
                why="what is shown to everybody has no recipient" if step.verb != "show" else "a flight needs a crowd",
                hint=hint,
                fixes=_other_verb(model.span(step.place), step),
                related=(Related(model.span(channel.place), f"{name} is declared here"),),
            )


def _used(step: steps.Step) -> Iterator[tuple[str, set[str], str]]:
    if isinstance(step, steps.Send):
        for name in step.channels:
            yield name, {"person", "audience"}, f"`show {name} {step.message} for 2w` books a flight on it"
    elif isinstance(step, steps.Task):
        yield step.channel, {"person"}, "give the task a personal channel, as phone or meeting"
    elif isinstance(step, steps.Show):
        yield step.channel, {"mass", "earned"}, f"`send {step.channel} {step.message}` contacts each person"


def _other_verb(span: Span, step: steps.Step) -> tuple[Fix, ...]:
    """The step with the verb that the channel is for."""
    if isinstance(step, steps.Send) and len(step.channels) == 1:
        return rewritten(span, r"\b(send\s.*)\Z", [f"show {step.channels[0]} {step.message} for 2w"])
    if isinstance(step, steps.Show):
        return rewritten(span, r"\b(show\s.*)\Z", [f"send {step.channel} {step.message}"])
    return ()


def _personal_beside_mass(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    if not campaign.mass:
        return
    for step in campaign.steps:
        if isinstance(step, steps.Send | steps.Task | steps.Ask | steps.WaitFor | steps.Move):
            yield SEND_BESIDE_SHOW.at(model.span(step.place), verb=step.verb)
