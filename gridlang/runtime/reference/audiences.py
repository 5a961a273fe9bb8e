"""Somebody is in an audience (R13, R4)."""

from __future__ import annotations

import attrs

from gridlang.runtime.reference.order import Key
from gridlang.runtime.rows import AudienceRow


@attrs.define(eq=False)
class Audience:
    """`until`: the end of its `for`; None: it ends with the run. `end`: when it ended early."""

    row: AudienceRow
    key: Key
    campaign: int
    until: int | None
    end: int | None = None
