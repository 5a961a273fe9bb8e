"""How accounts went through the phases: the journey's drawing with counts, and the same as a table."""

from __future__ import annotations

import attrs

from gridlang.run_page import small
from gridlang.run_page.arrows import weight
from gridlang.runtime.figures import Figures
from gridlang.targets.drawing.picture import Note
from gridlang.targets.pages.told import Chip, Context, Where
from gridlang.targets.views.anchors import anchor


@attrs.frozen(kw_only=True)
class MoveView:
    """From phase to phase; `source` None: they entered the plan there."""

    source: Chip | None
    target: Chip
    accounts: str
    bar: int


@attrs.frozen(kw_only=True)
class PhaseView:
    """A phase: how many accounts came into it, and how many left it."""

    chip: Chip
    anchor: str
    came: str
    left: str


@attrs.frozen(kw_only=True)
class JourneyView:
    """What stands there; `notes` are for the drawing, with an empty source for phases."""

    title: str
    notes: dict[tuple[str, str], Note]
    moves: tuple[MoveView, ...]
    phases: tuple[PhaseView, ...]
    where: Where


def journey(told: Context, figures: Figures) -> JourneyView:
    """Moves in the order of the journey, entries first."""
    drawn, moves = told.schedule.journey, figures.moves
    order = {name: number for number, name in enumerate(["", *(phase.name for phase in drawn.phases)])}
    most = max(moves.values(), default=0)
    known = sorted(moves, key=lambda ends: (order.get(ends[0], len(order)), order.get(ends[1], len(order)), ends))
    return JourneyView(
        title=told.names.label(drawn),
        notes=_notes(told, moves, most),
        moves=tuple(
            MoveView(
                source=told.phase(source) if source else None,
                target=told.phase(target),
                accounts=small.people(told.words, moves[source, target]),
                bar=small.bar(moves[source, target], most),
            )
            for source, target in known
        ),
        phases=tuple(
            PhaseView(
                chip=told.phase(phase.name),
                anchor=anchor("phase", phase.name),
                came=small.people(told.words, sum(n for (_, target), n in moves.items() if target == phase.name)),
                left=small.people(told.words, sum(n for (source, _), n in moves.items() if source == phase.name)),
            )
            for phase in drawn.phases
        ),
        where=told.where(drawn.place),
    )


def _notes(told: Context, moves: dict[tuple[str, str], int], most: int) -> dict[tuple[str, str], Note]:
    """Every transition, taken or not, and the entries of a phase."""
    words = told.words
    notes = {
        (way.source, way.target): Note(small.people(words, number), weight(number, most))
        for way in told.schedule.journey.transitions
        for number in [moves.get((way.source, way.target), 0)]
    }
    for (source, target), number in moves.items():
        if not source:
            text = words.say("%(accounts)s enter here", accounts=small.people(words, number))
            notes["", target] = Note(text, weight(number, most))
    return notes
