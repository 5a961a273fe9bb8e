"""The plan rehearsed with invented people: what cannot be read off a flowchart is shown by a run of it.

A finding here is never claimed without a story that the reference interpreter has just told. `cells` says which
campaigns can meet in one person, `casting` invents the person, `scripts` tries the answers they could give, `caps`
looks for a contact that was held back.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.diagnostics import Diagnostic
from gridlang.rehearsal.finding import Finding
from gridlang.schedule.calendars import Remember
from gridlang.semantics.model import Model

SHAPE = "2"
"""Changes whenever a finding is put into other words, so that none of an older wording is remembered."""


def rehearsed(model: Model, remember: Remember) -> Iterator[Diagnostic]:
    """What a rehearsal of the plan shows. Its findings are remembered by the texts of the plan: nothing else counts."""
    key = "\x1f".join((SHAPE, *(f"{source.path} {source.sha256}" for source in model.schedule.sources)))
    for step, words, cap, before in remember("rehearsal", key, lambda: _findings(model)):
        yield Finding(step, words, cap, before).diagnostic(model)


def _findings(model: Model) -> list[list[object]]:
    from gridlang.rehearsal.caps import rehearse

    return [[found.step, found.words, found.cap, found.before] for found in rehearse(model)]
