"""The page put together: what is told, and what is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from gridlang.diagnostics.model import Diagnostic
from gridlang.schedule.model import Schedule
from gridlang.targets.drawing.flowchart import flowchart
from gridlang.targets.drawing.influence import integration_map
from gridlang.targets.drawing.journey import journey as journey_picture
from gridlang.targets.drawing.timeline import timeline
from gridlang.targets.pages import (
    board,
    campaigns,
    content,
    contracts,
    findings,
    frame,
    head,
    journey,
    matrix,
    people,
    pressure,
    rules,
    told,
    work,
    year,
)


def page(schedule: Schedule, found: Sequence[Diagnostic] | None = None) -> str:
    """The HTML of a plan's page. The same schedule and findings give the same text."""
    context = told.context(schedule)
    names = context.names
    return frame.page(
        "gridlang.targets.plan_html",
        context,
        script="readers.js",
        head=head.head(context),
        board=board.board(context),
        grid=matrix.grid(context),
        relations=matrix.relations(context),
        journey=journey.journey(context),
        campaigns=campaigns.campaigns(context),
        layers=people.layers(context),
        persons=people.persons(context),
        year=year.year(context),
        pressure=pressure.strain(context),
        findings=findings.findings(context, found),
        channels=rules.channels(context),
        rules=rules.rules(context),
        teams=work.teams(context),
        members=work.members(context),
        kpis=work.kpis(context),
        messages=content.messages(context),
        notions=content.notions(context),
        states=content.states(context),
        contracts=contracts.contracts(context),
        journey_picture=frame.drawn(journey_picture(names)),
        timeline=frame.drawn(timeline(names)),
        flowchart=lambda view: frame.drawn(flowchart(names, view.campaign)),
        integration_map=lambda view: frame.drawn(integration_map(names, view.drawn)),
    )
