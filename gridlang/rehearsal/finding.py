"""What a rehearsal finds, apart from the rehearsing: who remembers findings does not load the interpreter."""

from __future__ import annotations

from typing import Any

import attrs

from gridlang.diagnostics import Diagnostic, Related
from gridlang.diagnostics.codes.rehearsal import RUNS_INTO_CAP
from gridlang.semantics.model import Model


@attrs.frozen
class Finding:
    """What is said about one contact that a cap holds back: plain words and places, so that it can be remembered."""

    place: int
    words: dict[str, Any]
    cap: int
    before: list[tuple[int, str]]
    """The contacts that filled the cap: place and words."""

    def diagnostic(self, model: Model) -> Diagnostic:
        cap = model.span(self.cap)
        related = [Related(model.span(place), text) for place, text in self.before]
        return RUNS_INTO_CAP.at(
            model.span(self.place), **self.words, place=cap, related=(Related(cap, "the cap"), *related)
        )
