"""How long the laws of execution are tried.

Few examples, the same each time, in the default run: `pytest tests/laws`. Many, new ones each time, when asked:
`GRID_LAWS=long pytest tests/laws` (a quarter of an hour); `GRID_LAWS=5000` tries so many worlds of each law and plan.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

_ASKED = os.environ.get("GRID_LAWS", "")
LONG = bool(_ASKED)
MANY = int(_ASKED) if _ASKED.isdigit() else 150


def tried(few: int) -> settings:
    """Settings of a law: `few` worlds of each plan, or as many as were asked for."""
    return settings(
        max_examples=max(MANY, few) if LONG else few,
        derandomize=not LONG,
        deadline=None,
        print_blob=True,
        phases=[phase for phase in Phase if phase is not Phase.explain],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
