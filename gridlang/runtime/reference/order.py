"""R17: the total order of everything that competes."""

from __future__ import annotations

from typing import TypeAlias

Key: TypeAlias = tuple[int, int, int, int, str, str, int]
"""Priority (negated: higher first), ready moment, campaign, step, account, contact, visit. Python compares texts by
code point, as R17 asks."""


def key(priority: int, ready: int, campaign: int, step: int, account: str, contact: str, visit: int) -> Key:
    """R17: priority, then ready, then campaign and step in order of declaration, then the ids and the visit."""
    return (-priority, ready, campaign, step, account, contact, visit)
