"""What cannot be executed account by account, so that Spark cannot do it."""

from __future__ import annotations

from gridlang.schedule.model import Schedule, Team


def refused(schedule: Schedule) -> tuple[Team, ...]:
    """The teams whose capacity lets accounts wait for each other (R18): those that a task goes to.

    All else that accounts share changes no time, and is added up when all are done: the members of a team, flights,
    the budget, issues, counts.
    """
    asked = {step.team for campaign in schedule.campaigns for step in campaign.steps if step.verb == "task"}
    return tuple(team for team in schedule.teams if team.capacity is not None and team.name in asked)
