"""`campaign`: the content of a cell of the grid, as a flowchart."""

from __future__ import annotations

from gridlang.diagnostics.codes import campaigns as campaign_codes
from gridlang.diagnostics.codes import flows as codes
from gridlang.schedule import model, steps
from gridlang.semantics.context import Here
from gridlang.semantics.coordinates import LEVELS, PHASES, ROLE_OR_PERSON, SEGMENTS, Addressed
from gridlang.semantics.flows.building import build_flow
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.predicates import CONDITION, date
from gridlang.semantics.scope import near, write
from gridlang.semantics.typed import attribute_type
from gridlang.semantics.values import DURATION, SHARE, Reader, reference, whole, words, wrong
from gridlang.syntax import nodes


def _starts(value: nodes.Expression, here: Here) -> model.Starts | None:
    place = here.place(value.span)
    if isinstance(value, nodes.Range):
        first, last = date(value.start, here), date(value.end, here)
        return None if first is None or last is None else model.Starts(place=place, date=first, until=last)
    if isinstance(value, nodes.Reference) and _is_event(value, here):
        found = here.find("event", value)
        return model.Starts(place=place, event=found.canonical) if found else None
    first = date(value, here)
    return None if first is None else model.Starts(place=place, date=first)


def _is_event(value: nodes.Reference, here: Here) -> bool:
    words = tuple(part.text for part in value.parts)
    return attribute_type(words, here) is None and here.context.scope.find("event", words, here.home) is not None


def _goal(value: nodes.Expression, here: Here) -> model.Goal | None:
    event, within = (value.value, value.duration) if isinstance(value, nodes.Within) else (value, None)
    if not isinstance(event, nodes.Reference):
        return wrong(value, here, "an event, as `ordered within 90d`")
    found = here.find("event", event)
    length = DURATION.read(within, here) if within is not None else None
    return model.Goal(event=found.canonical, within=length, place=here.place(value.span)) if found else None


_REENTRY = words("always", "once")


def _reentry(value: nodes.Expression, here: Here) -> str | None:
    if isinstance(value, nodes.After):
        length: str | None = DURATION.read(value.duration, here)
        return length
    word: str | None = _REENTRY.read(value, here)
    return word


def _addressed(bound: Bound, found: Addressed) -> tuple[str, str] | None:
    people = [part.person for part in bound.context.maps[found.map].parts] if found.map in bound.context.maps else []
    bound.context.scope.asks("person", found.person)  # whom nobody has declared, no map holds
    if found.person in people:
        return found.map, found.person
    meant = near(found.person, people)
    hint = f"did you mean `{found.map}.{meant}`?" if meant else f"on `{found.map}` are: {', '.join(people)}"
    fixes = write(found.span, f"{found.map}.{meant}" if meant else None)
    bound.here.complain(campaign_codes.UNKNOWN_PERSON_OF_MAP.at(found.span, name=found.person, hint=hint, fixes=fixes))
    return None


def _flow(bound: Bound) -> tuple[steps.Step, ...]:
    if bound.damaged:
        bound.context.broken.add(bound.here.declaration)
    if bound.flow is None or not bound.flow[0].steps:
        if bound.damaged:
            return ()
        bound.here.complain(codes.EMPTY_FLOW.at(bound.span, name=bound.name))
        return ()
    flow, here = bound.flow
    return build_flow(flow, here)


def _lower(bound: Bound) -> model.Campaign:
    roles = bound.values("role")
    addressed = [_addressed(bound, found) for found in roles if isinstance(found, Addressed)]
    made = _flow(bound)
    coordinates = {name: bound.values(name) for name in ("segment", "phase", "role", "relation")}
    if any(len(values) < len(bound.fields[name][0].values) for name, values in coordinates.items() if bound.has(name)):
        bound.context.broken.add(bound.here.declaration)  # nobody knows where it stands
    return model.Campaign(
        **bound.common(),
        segments=bound.values("segment"),
        phases=bound.values("phase"),
        roles=tuple(role for role in roles if isinstance(role, str)),
        addressed=tuple(pair for pair in addressed if pair),
        relations=tuple(dict.fromkeys(level for levels in bound.values("relation") for level in levels)),
        starts=bound.value("starts"),
        goal=bound.value("goal"),
        priority=bound.value("priority", 50),
        holdout=bound.value("holdout", 0),
        owner=bound.value("owner"),
        reentry=bound.value("reentry", "always"),
        patience=bound.value("patience"),
        was=bound.value("was"),
        mass=any(isinstance(step, steps.Show) for step in made),
        steps=made,
    )


def _old_name(value: nodes.Expression, here: Here) -> str | None:
    return value.text if isinstance(value, nodes.Reference) else wrong(value, here, "the name it had before")


STARTS = ("attribute", "event", *CONDITION)

KIND = Kind(
    "campaign",
    "The content of a cell of the grid, as a flowchart. Coordinates that are left out mean any.",
    fields=(
        FieldSpec("segment", SEGMENTS, "for whom", many=True),
        FieldSpec("phase", PHASES, "in which phases", many=True),
        FieldSpec("role", ROLE_OR_PERSON, "for which roles, or which person of a map", many=True),
        FieldSpec("relation", LEVELS, "on which levels of the relation", many=True),
        FieldSpec(
            "starts",
            Reader("a date, `contract_ends - 90d`, a range of dates, or an event", _starts, STARTS),
            "when a run begins within the cell; at once, when left out",
        ),
        FieldSpec(
            "goal", Reader("an event, `ordered within 90d`", _goal, ("event",)), "what it is measured by; ends nothing"
        ),
        FieldSpec("priority", whole(0, 100), "who goes first when there is room for one (50 when left out)"),
        FieldSpec("holdout", SHARE, "the share of accounts that is kept out, to measure what it does"),
        FieldSpec("owner", reference("team"), "the team that looks after it"),
        FieldSpec(
            "reentry",
            Reader("`always`, `once` or `after 30d`", _reentry, words=("always", "once")),
            "whether a run may come again",
        ),
        FieldSpec("patience", DURATION, "how long a touch waits for its moment before it is skipped (14d)"),
        FieldSpec("was", Reader("the name it had before", _old_name), "keeps its people in flight after a rename"),
    ),
    flow=True,
    lower=_lower,
)
