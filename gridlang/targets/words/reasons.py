"""Why touches are not made, and what moves those that are, in words: reasons of skips, and rules of chains."""

from __future__ import annotations

from gridlang.targets.words import phrase

REASONS = {
    "consent": phrase("no consent"),
    "address": phrase("no address"),
    "cap": phrase("over the cap"),
    "patience": phrase("no room in time"),
    "holdout": phrase("held out"),
    "period_over": phrase("the period was over"),
}
"""Why a touch was not made (R28), in order of the rules."""

RULES = {
    "at": phrase("the time of day"),
    "lead": phrase("the lead"),
    "hours": phrase("the opening hours"),
    "days": phrase("the open days"),
    "quiet": phrase("the quiet hours"),
    "blackout": phrase("a blackout"),
    "forbid": phrase("a rule that forbids the channel"),
    "cap": phrase("a cap"),
    "desk": phrase("the team's hours"),
    "capacity": phrase("the team's capacity"),
}
"""What moves a touch, by the word of its chain."""
