"""The document put together: what is told, and the drawings."""

from __future__ import annotations

from gridlang.schedule.model import Schedule
from gridlang.targets.pages import campaigns, content, head, journey, matrix, people, rules, told, work, year
from gridlang.targets.plan_md import drawings
from gridlang.targets.plan_md.escape import code, markdown, paragraph
from gridlang.targets.templates import worded


def document(schedule: Schedule) -> str:
    """The Markdown of a plan. The same schedule gives the same text."""
    context = told.context(schedule)
    names = context.names
    templates = worded("gridlang.targets.plan_md", context.words, markdown)
    templates.filters.update(code=code, paragraph=paragraph)
    return templates.get_template("plan.md").render(
        head=head.head(context),
        grid=matrix.grid(context),
        journey=journey.journey(context),
        campaigns=campaigns.campaigns(context),
        layers=people.layers(context),
        persons=people.persons(context),
        year=year.year(context),
        channels=rules.channels(context),
        rules=rules.rules(context),
        teams=work.teams(context),
        kpis=work.kpis(context),
        messages=content.messages(context),
        notions=content.notions(context),
        drawn_journey=drawings.journey(names),
        flowchart=lambda view: drawings.flowchart(names, view.campaign),
        integration_map=lambda view: drawings.integration_map(names, view.drawn),
    )
