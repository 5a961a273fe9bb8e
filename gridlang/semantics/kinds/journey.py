"""`journey`: the phases a customer goes through and the events that move them."""

from collections.abc import Iterator

from gridlang.diagnostics.codes import campaigns as codes
from gridlang.schedule import model
from gridlang.semantics.coordinates import find_phase
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.scope import put_behind
from gridlang.semantics.values import TEXT, Reader, text_or

PHASE_NAME = Reader("the name of a phase", lambda value, here: find_phase(value, here), ("phase",))


def _phase(bound: Bound, resting: tuple[str, ...]) -> model.Phase:
    return model.Phase(
        **bound.common(),
        purpose=bound.value("purpose"),
        resting=bound.name in resting,
        needs=bound.values("needs"),
        barriers=bound.values("barriers"),
        triggers=bound.values("triggers"),
        feelings=bound.values("feelings"),
    )


def _transitions(bound: Bound) -> Iterator[model.Transition]:
    """Edges of one pair of phases add up to one transition."""
    events: dict[tuple[str, str], list[str]] = {}
    places: dict[tuple[str, str], int] = {}
    for edge, here in bound.edges:
        found = [here.find("event", label) for label in edge.labels]
        names = [event.canonical for event in found if event]
        for source in edge.sources:
            for target in edge.targets:
                pair = (find_phase(source, here), find_phase(target, here))
                if pair[0] is None or pair[1] is None:
                    continue
                key = (pair[0], pair[1])
                events.setdefault(key, []).extend(names)
                places[key] = here.place(edge.span)
    for (start, end), names in events.items():
        yield model.Transition(source=start, target=end, events=tuple(dict.fromkeys(names)), place=places[(start, end)])


def phase_blocks(bound: Bound) -> list[Bound]:
    """The phases of a journey, those it starts from first."""
    return bound.nested("phase")


def _lower(bound: Bound) -> model.Journey | None:
    phases = phase_blocks(bound)
    if not phases:
        root = "std.journeys.marketing_grid"
        fixes = () if bound.node.parent else (put_behind(bound.span, f": {root}", f"start from `{root}`"),)
        bound.here.complain(codes.JOURNEY_OF_NOTHING.at(bound.span, name=bound.name, fixes=fixes))
        return None
    start = bound.value("start")
    if start is None:
        if not bound.has("start"):
            bound.here.complain(codes.NO_START.at(bound.span, name=bound.name))
        start = phases[0].name
    resting = bound.values("resting")
    return model.Journey(
        **bound.common(),
        start=start,
        phases=tuple(_phase(phase, resting) for phase in phases),
        transitions=tuple(_transitions(bound)),
    )


PHASE = Kind(
    "phase",
    "One phase of the journey, seen from the customer's side.",
    fields=(
        FieldSpec("purpose", TEXT, "what we want to happen in it"),
        FieldSpec("needs", text_or("need"), "what customers need there", many=True),
        FieldSpec("barriers", text_or("barrier"), "what holds them back", many=True),
        FieldSpec("triggers", TEXT, "what sets them going", many=True),
        FieldSpec("feelings", TEXT, "how they feel", many=True),
    ),
)
KIND = Kind(
    "journey",
    "The phases a customer goes through, and the events that move them: `contact -> sale: meeting_booked`.",
    fields=(
        FieldSpec("start", PHASE_NAME, "the phase everybody begins in"),
        FieldSpec("resting", PHASE_NAME, "phases in which an account may stay for long", many=True),
    ),
    blocks=(PHASE,),
    edges="from phase to phase, with the events that move an account; without events only `move` takes it",
    lower=_lower,
)
