"""The records of a comparison."""

from __future__ import annotations

from typing import Literal

import attrs

Kind = Literal["added", "removed", "changed", "renamed", "moved"]

GROUPS = (
    "plan",
    "calendar",
    "journey",
    "relations",
    "segments",
    "people",
    "attributes",
    "events",
    "channels",
    "rules",
    "messages",
    "needs and barriers",
    "teams",
    "campaigns",
    "steps",
    "cells",
    "kpis",
    "tests",
)
"""The groups of changes, in the order in which they are told."""


@attrs.frozen(kw_only=True)
class Change:
    """One difference. `words` is a sentence without a full stop that names the declaration.

    `subject` is the declaration (`campaign pay`, `step pay.call`, `channel email`), `field` what of it changed (empty
    for all of it). `old` and `new` are the values as JSON holds them, None where there is none. Places are indices into
    the places of the old and of the new schedule.
    """

    group: str
    kind: Kind
    subject: str
    words: str
    field: str = ""
    old: object = None
    new: object = None
    old_place: int | None = None
    new_place: int | None = None


@attrs.frozen(kw_only=True)
class Ending:
    """Runs or accounts in flight that an edit takes out of where they stand.

    `what` is `campaign`, `step` or `phase` (R25), or `cell`: the campaign no longer stands there (R4). `place` is in
    the old schedule. `happens` says what becomes of whoever stands there, `way_out` how to keep them, if there is one.
    """

    what: Literal["campaign", "step", "phase", "cell"]
    campaign: str
    step: str
    rule: Literal["R4", "R25"]
    happens: str
    way_out: str | None
    place: int


@attrs.frozen(kw_only=True)
class Difference:
    """All of it; nothing differs when there is no change."""

    changes: tuple[Change, ...]
    endings: tuple[Ending, ...]

    @property
    def empty(self) -> bool:
        return not self.changes and not self.endings
