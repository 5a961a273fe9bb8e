"""The colour of a phase: one of eight styles by its place on the journey, the same everywhere on a page."""

from __future__ import annotations

from collections.abc import Iterable

from gridlang.schedule.model import Schedule

STYLES = 8
NEUTRAL = "p0"


def styles(schedule: Schedule) -> dict[str, str]:
    """The style of each phase, `p1` to `p8`; a longer journey begins again."""
    return {phase.name: f"p{number % STYLES + 1}" for number, phase in enumerate(schedule.journey.phases)}


def style(schedule: Schedule, phases: Iterable[str]) -> str:
    """The style of something that stands in these phases: that of the first; `p0` in any."""
    found = styles(schedule)
    return next((found[phase] for phase in phases if phase in found), NEUTRAL)
