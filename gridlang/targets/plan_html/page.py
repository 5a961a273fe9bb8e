"""The page put together: what is told, what is drawn, the style, and the policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

from gridlang.schedule.model import Schedule
from gridlang.targets.drawing.flowchart import flowchart
from gridlang.targets.drawing.influence import integration_map
from gridlang.targets.drawing.journey import journey as journey_picture
from gridlang.targets.drawing.marks import MARKS
from gridlang.targets.drawing.picture import Picture, svg
from gridlang.targets.drawing.timeline import timeline
from gridlang.targets.pages import campaigns, content, head, journey, matrix, people, rules, sources, told, work, year
from gridlang.targets.templates import environment, worded


def page(schedule: Schedule) -> str:
    """The HTML of a plan's page. The same schedule gives the same text."""
    context = told.context(schedule)
    names = context.names
    style = environment("plan_html").get_template("style.css").render()
    sections = {
        "head": head.head(context),
        "grid": matrix.grid(context),
        "journey": journey.journey(context),
        "campaigns": campaigns.campaigns(context),
        "layers": people.layers(context),
        "persons": people.persons(context),
        "year": year.year(context),
        "channels": rules.channels(context),
        "rules": rules.rules(context),
        "teams": work.teams(context),
        "kpis": work.kpis(context),
        "messages": content.messages(context),
        "notions": content.notions(context),
    }
    return (
        worded("plan_html", context.words)
        .get_template("page.html")
        .render(
            **sections,
            sources=sources.sources(context),
            lang=context.words.tag,
            marks=MARKS,
            style=Markup(style),
            policy=policy(style),
            journey_picture=_drawn(journey_picture(names)),
            timeline=_drawn(timeline(names)),
            flowchart=lambda view: _drawn(flowchart(names, view.campaign)),
            integration_map=lambda view: _drawn(integration_map(names, view.drawn)),
        )
    )


def _drawn(picture: Picture) -> Markup:
    """The template of pictures has escaped what came from the plan."""
    return Markup(svg(picture))


def policy(style: str) -> str:
    """A content security policy: this very style, and nothing else; no script, no network."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
