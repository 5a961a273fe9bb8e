"""Work on a channel that is never open while the team is.

Why: a task is handed out only when both are open (R18), so this one waits at the desk until the plan ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.contacts import Waits, days_of
from gridlang.analysis.mending import rewritten
from gridlang.analysis.named import tasks_of
from gridlang.analysis.words import listed
from gridlang.diagnostics import Code, Diagnostic, Fix, Level, Related
from gridlang.quantities import WEEKDAYS
from gridlang.schedule import steps, windows
from gridlang.schedule.model import Channel, Schedule, Team
from gridlang.semantics.model import Model

DESK_NEVER_MEETS = Code(
    "L0120",
    "desk-never-meets",
    Level.WARNING,
    "{team} is never at work while {channel} is open, so this task is handed to nobody",
    why="a task waits for both: {team} works {team_open}, {channel} is open {channel_open}",
    help="let the hours and days of {team} ({team_place}) and {channel} ({channel_place}) meet, or choose another team",
)
OF_THE_PERIOD = 366


def check(model: Model) -> Iterator[Diagnostic]:
    teams = {team.name: team for team in model.schedule.teams}
    channels = {channel.name: channel for channel in model.schedule.channels}
    known: dict[tuple[str, str], bool] = {}
    for step in tasks_of(model):
        pair = (step.team, step.channel)
        if pair in known or step.team not in teams or step.channel not in channels:
            continue
        known[pair] = meets(model.schedule, teams[step.team], channels[step.channel])
        if not known[pair]:
            yield _complaint(model, step, teams[step.team], channels[step.channel])


def meets(schedule: Schedule, team: Team, channel: Channel) -> bool:
    """Whether some moment of the period has both open; what never opens by itself is another finding (G0511)."""
    if not (team.hours or team.days) or not (channel.hours or channel.days or channel.quiet):
        return True
    waits = Waits.of(schedule)
    days = list(days_of(schedule, OF_THE_PERIOD))
    at, end = waits.start(days[0]), waits.start(days[-1]) + 86_400
    while at < end:
        works = windows.next_open(at, waits.zone, team.hours, team.days, (), waits.calendar, blackouts=False)
        opens = waits.opens(at, channel)
        if works is None or opens is None:
            return True
        both = max(works[0], opens)
        if both == at:
            return True
        at = both
    return False


def _complaint(model: Model, step: steps.Task, team: Team, channel: Channel) -> Diagnostic:
    team_place, channel_place = model.span(team.place), model.span(channel.place)
    return DESK_NEVER_MEETS.at(
        model.span(step.place),
        team=team.name,
        channel=channel.name,
        team_open=_open(team),
        channel_open=_open(channel),
        team_place=team_place,
        channel_place=channel_place,
        fixes=_other_teams(model, step, channel),
        related=(Related(team_place, "the team"), Related(channel_place, "the channel")),
    )


def _other_teams(model: Model, step: steps.Task, channel: Channel) -> tuple[Fix, ...]:
    """The teams that are at work while the channel is open."""
    others = [team.name for team in model.schedule.teams if meets(model.schedule, team, channel)]
    return rewritten(model.span(step.place), r"\bby\s+([\w.]+)", others)


def _open(place: Team | Channel) -> str:
    """`monday, tuesday 09:00 .. 17:00`: as a plan writes it."""
    days = ""
    if place.days is not None:
        days = "on workdays" if place.days.workdays else "on " + listed([WEEKDAYS[day] for day in place.days.weekdays])
    hours = ", ".join(f"{each.start} .. {each.end}" for each in place.hours)
    quiet = ", ".join(f"{each.start} .. {each.end}" for each in place.quiet) if isinstance(place, Channel) else ""
    words = [days, hours, f"not {quiet}" if quiet else ""]
    return " ".join(word for word in words if word)
