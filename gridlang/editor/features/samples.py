"""Who the sample person is: those that can be chosen, and the choice."""

from __future__ import annotations

from typing import Any

from gridlang.editor import sample
from gridlang.editor.asking import Asked, Feature, Refused
from gridlang.editor.features.hover import schedule_of

CHOICES, CHOOSE = "gridlang/samples", "gridlang/chooseSample"


def choices(asked: Asked) -> dict[str, Any]:
    """`{chosen, samples: [{id, label}]}` of the plan that the text belongs to."""
    schedule, plan = schedule_of(asked), asked.text.plan
    found = sample.choices(plan, schedule) if schedule is not None else []
    chosen = plan.sample or (found[0].id if found else None)
    return {"chosen": chosen, "samples": [{"id": each.id, "label": each.label} for each in found]}


def choose(asked: Asked) -> dict[str, Any]:
    """Take `id` as the sample of the plan; hints and messages are then told of them."""
    params = asked.params
    wanted = params.get("id") if isinstance(params, dict) else getattr(params, "id", None)
    known = [each["id"] for each in choices(asked)["samples"]]
    if wanted not in known:
        raise Refused(f"there is nobody `{wanted}` in the tests or the file of persons of this plan")
    asked.text.plan.sample = wanted
    asked.session.refresh = True
    return choices(asked)


FEATURES = (Feature(CHOICES, choices), Feature(CHOOSE, choose))
