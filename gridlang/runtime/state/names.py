"""What a state calls things, and what they are called in today's plan (R25)."""

from __future__ import annotations

import attrs

from gridlang.runtime.reference.prepare import Flow, Prepared
from gridlang.runtime.reference.rulebook import Cap


def cap_names(plan: Prepared) -> tuple[str, ...]:
    """A name for each cap, by its index: `channel email`, `rule contact_pressure`; a second one of a name has a
    number."""
    taken: dict[str, int] = {}
    names: list[str] = []
    for cap in plan.caps:
        name = _cap_name(cap)
        taken[name] = taken.get(name, 0) + 1
        names.append(name if taken[name] == 1 else f"{name} ({taken[name]})")
    return tuple(names)


def _cap_name(cap: Cap) -> str:
    if cap.rule is not None:
        return f"rule {cap.rule.rule.name}"
    return f"channel {', '.join(sorted(cap.channels or ()))}"


@attrs.frozen
class Names:
    """Campaigns and steps of a state in today's plan: by their name, else by what one says it `was`."""

    flows: dict[str, Flow]
    """By the name of today, and by the name before where no campaign has that today."""
    steps: dict[tuple[str, str], str]
    """By today's campaign and the step's id before, where no step has that today: its id today."""

    @classmethod
    def of(cls, plan: Prepared) -> Names:
        flows = {flow.campaign.name: flow for flow in plan.flows}
        for flow in plan.flows:
            if flow.campaign.was is not None:
                flows.setdefault(flow.campaign.was, flow)
        steps: dict[tuple[str, str], str] = {}
        for flow in plan.flows:
            for step in flow.campaign.steps:
                if step.was is not None and step.was not in flow.steps:
                    steps.setdefault((flow.campaign.name, step.was), step.id)
        return cls(flows, steps)

    def campaign(self, before: str) -> str:
        """Today's name of a campaign; that of before when it is gone, so that nothing about it is forgotten."""
        flow = self.flows.get(before)
        return flow.campaign.name if flow else before

    def step(self, flow: Flow, before: str) -> str | None:
        """Today's id of a step; None when it is gone."""
        return before if before in flow.steps else self.steps.get((flow.campaign.name, before))

    def step_or_before(self, campaign: str, before: str) -> str:
        """Today's id of a step, or that of before: visits are counted in the plan, whatever becomes of a step (R24)."""
        flow = self.flows.get(campaign)
        return before if flow is None else self.step(flow, before) or before
