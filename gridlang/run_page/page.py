"""The page put together: what is told, and what is drawn."""

from __future__ import annotations

from gridlang.run_page import desk, funnels, head, kpis, moves, pressure, reach, skips, small
from gridlang.runtime.figures import Figures
from gridlang.schedule.model import Schedule
from gridlang.targets.drawing.columns import columns
from gridlang.targets.drawing.flowchart import flowchart
from gridlang.targets.drawing.journey import journey
from gridlang.targets.pages import frame, told


def page(schedule: Schedule, figures: Figures) -> str:
    """The HTML of a run's page."""
    context = told.context(schedule)
    walked = moves.journey(context, figures)
    return frame.page(
        "gridlang.run_page",
        context,
        head=head.head(context, figures),
        kpis=kpis.kpis(context, figures),
        goals=kpis.goals(context, figures),
        journey=walked,
        campaigns=funnels.funnels(context, figures),
        pressure=pressure.pressure(context, figures),
        reach=reach.reach(context, figures),
        skips=skips.skips(context, figures),
        teams=desk.teams(context, figures),
        few=small.people(context.words, 1),
        journey_picture=frame.drawn(journey(context.names, walked.notes)),
        flowchart=lambda view: frame.drawn(flowchart(context.names, view.campaign, view.notes)),
        columns=lambda chart: frame.drawn(columns(chart)),
    )
