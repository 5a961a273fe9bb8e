"""A call or a meeting that is sent like a letter.

Why: a machine can send a mail; a call is made by a colleague, who has to be told, has a deadline and reports what came
of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gridlang.analysis.named import channels_of_plan
from gridlang.diagnostics import Code, Diagnostic, Edit, Fix, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Channel
from gridlang.semantics.model import Model

CALL_IS_WORK = Code(
    "L0118",
    "call-is-work",
    Level.WARNING,
    "`send {channel}` leaves nobody with the work: {what}",
    why="only a task stands in a colleague's list, with a deadline, and brings back what came of it",
    help="make it a task: `{task}`",
)
WORK = {"phone": "a call is made by a colleague", "meeting": "a meeting is held by a colleague"}


LOOKS_AT = ("channels", "teams")


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    channels = channels_of_plan(model)
    for step in campaign.steps:
        if not isinstance(step, steps.Send):
            continue
        for name in step.channels:
            what = by_hand(channels.get(name))
            if what is not None:
                yield _complaint(model, step, channels[name], what)


def by_hand(channel: Channel | None) -> str | None:
    """Why a channel takes somebody's work; None when it does not."""
    if channel is None:
        return None
    return next((WORK[name] for name in (channel.name, *channel.ancestors) if name in WORK), None)


def _complaint(model: Model, step: steps.Send, channel: Channel, what: str) -> Diagnostic:
    own = model.scope.own("team")
    team = next((team.name for team in model.schedule.teams if team.name in own), "…")
    task = f"task {channel.name} {step.message} by {team} due 2 workdays"
    span = model.span(step.place)
    written = re.fullmatch(r"((?:\w+\s*:\s*)*)send\s+[\w.]+\s+[\w.]+", span.text)
    fixes = (Fix(f"write `{task}`", (Edit(span, written[1] + task),)),) if written and team != "…" else ()
    return CALL_IS_WORK.at(
        span,
        channel=channel.name,
        what=what,
        task=task,
        related=(Related(model.span(channel.place), f"{channel.name} is declared here"),),
        fixes=fixes,
    )
