"""Work for a team in which nobody is.

Why: the task stands in no colleague's list.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.named import tasks_of
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.semantics.model import Model

NOBODY_IN_TEAM = Code(
    "L0116",
    "nobody-in-team",
    Level.WARNING,
    "this task is for {team}, and nobody is in that team",
    why="it would stand in no colleague's list",
    help='name them: `members: "anna@example.com"` ({place})',
)


def check(model: Model) -> Iterator[Diagnostic]:
    teams = {team.name: team for team in model.schedule.teams}
    said: set[str] = set()
    for step in tasks_of(model):
        if step.team in said or step.team not in teams:
            continue
        team = teams[step.team]
        if not any(member.strip() for member in team.members):
            said.add(team.name)
            place = model.span(team.place)
            related = (Related(place, "the team"),)
            yield NOBODY_IN_TEAM.at(model.span(step.place), team=team.name, place=place, related=related)
