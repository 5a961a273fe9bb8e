"""Tasks per team and week against what the team can take on."""

from __future__ import annotations

import attrs

from gridlang.quantities import Rate
from gridlang.run_page import spans
from gridlang.run_page.spans import Span
from gridlang.runtime.figures import Figures
from gridlang.schedule.clock import WorkCalendar, date_of
from gridlang.schedule.model import Team
from gridlang.targets.drawing.columns import Columns, Series
from gridlang.targets.pages.told import Context, Fact, Where, facts
from gridlang.targets.views.anchors import anchor
from gridlang.targets.words import phrase, quantities


@attrs.frozen(kw_only=True)
class WeekView:
    """A week: tasks handed out, room for them, and how many had waited for a place. `over`: some had."""

    name: str
    handed: str
    room: str
    waited: str
    over: bool


@attrs.frozen(kw_only=True)
class TeamView:
    """A team that has tasks; `chart` None: none was handed out."""

    title: str
    anchor: str
    facts: tuple[Fact, ...]
    weeks: tuple[WeekView, ...]
    crowded: str | None
    """In how many weeks tasks had waited for a place."""
    chart: Columns | None
    where: Where


STATES = {
    "done": phrase("Done"),
    "open": phrase("Open"),
    "overdue": phrase("Overdue"),
    "withdrawn": phrase("Withdrawn"),
}


def teams(told: Context, figures: Figures) -> tuple[TeamView, ...]:
    """In order of declaration; a team that nothing was handed out to stands there too."""
    weeks = spans.weeks_of(told.schedule, figures)
    calendar = WorkCalendar(told.schedule.calendar)
    return tuple(_team(told, figures, team, weeks, calendar) for team in told.schedule.teams)


def _team(told: Context, figures: Figures, team: Team, weeks: tuple[Span, ...], calendar: WorkCalendar) -> TeamView:
    words = told.words
    handed = [figures.desk.get((team.name, spans.monday(week)), 0) for week in weeks]
    waited = [figures.crowded.get((team.name, spans.monday(week)), 0) for week in weeks]
    room = [_room(team, week, calendar) for week in weeks]
    crowded = sum(1 for each in waited if each)
    return TeamView(
        title=told.names.label(team),
        anchor=anchor("team", team.name),
        facts=_facts(told, figures, team, sum(handed)),
        weeks=tuple(
            WeekView(
                name=spans.name(words, week),
                handed=words.number(handed[number]),
                room=_number(told, room[number]),
                waited=words.number(waited[number]),
                over=bool(waited[number]),
            )
            for number, week in enumerate(weeks)
        ),
        crowded=words.count(
            "In %(number)s week tasks had to wait for a place.",
            "In %(number)s weeks tasks had to wait for a place.",
            crowded,
        )
        if crowded
        else None,
        chart=_chart(told, team, weeks, handed, room, waited) if sum(handed) else None,
        where=told.where(team.place),
    )


def _facts(told: Context, figures: Figures, team: Team, handed: int) -> tuple[Fact, ...]:
    say, words = told.words.say, told.words
    states = [(say(text), figures.tasks.get((team.name, state), 0)) for state, text in STATES.items()]
    return facts(
        (say("Tasks"), words.number(handed)),
        *((text, words.number(number)) for text, number in states if number),
        (say("Capacity"), quantities.rate(words, team.capacity) if team.capacity else say("without limit")),
    )


def _number(told: Context, room: float | None) -> str:
    return "–" if room is None else told.words.number(round(room))


def _room(team: Team, week: Span, calendar: WorkCalendar) -> float | None:
    """How many tasks the team's capacity lets out in the days of a week that lie in the run."""
    if team.capacity is None:
        return None
    rate = Rate.parse(team.capacity)
    if rate.calendar == "day":
        days = range(week.first, week.last + 1)
        return float(rate.count * sum(_works(team, day, calendar) for day in days))
    (span,) = spans.spans_of(rate, week.first, week.first)
    return rate.count * week.days / span.whole


def _works(team: Team, day: int, calendar: WorkCalendar) -> bool:
    date = date_of(day)
    if team.days is None:
        return True
    return calendar.is_workday(date) if team.days.workdays else date.weekday() in team.days.weekdays


def _chart(
    told: Context, team: Team, weeks: tuple[Span, ...], handed: list[int], room: list[float | None], waited: list[int]
) -> Columns:
    words, title = told.words, told.names.label(team)
    return Columns(
        id=anchor("drawn", "team", team.name),
        title=words.say("Tasks of %(team)s by week", team=title),
        description=words.say("The figures stand in the table under the drawing."),
        series=(
            Series(
                label="",
                total=words.number(sum(handed)),
                title=f"{title}: {words.number(sum(handed))}",
                values=tuple(handed),
                limits=tuple(room),
                over=frozenset(number for number, each in enumerate(waited) if each),
            ),
        ),
        ticks=spans.ticks(words, weeks),
    )
