"""A campaign as a process: its elements, its lanes, and what is lost."""

from __future__ import annotations

import attrs

from gridlang.schedule.model import Campaign
from gridlang.targets.bpmn.graph import Process
from gridlang.targets.bpmn.losses import Told, losses
from gridlang.targets.bpmn.lowering import Lowering
from gridlang.targets.bpmn.naming import plain


def process(told: Told, campaign: Campaign) -> Process:
    """The process of a campaign. Work that nobody does by hand stands in the lane of the plan."""
    names = told.context.names
    made = Lowering(names, campaign)
    made.run()
    teams = dict.fromkeys(element.lane for element in made.elements if element.lane)
    found = losses(told, campaign)
    there = {element.id for element in made.elements}
    return Process(
        id=plain(campaign.name),
        campaign=campaign.name,
        name=names.label(campaign),
        doc=campaign.doc or "",
        place=campaign.place,
        lanes=(("", names.schedule.plan.label), *((team, names.team(team)) for team in teams)),
        elements=tuple(made.elements),
        flows=tuple(made.flows),
        # An `overdue` or a timer that the flow does not have any more has nothing to be annotated at.
        losses=tuple(loss if loss.element in there else attrs.evolve(loss, element="enters") for loss in found),
    )
