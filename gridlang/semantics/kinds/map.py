"""`map`: the Integration Map of segments in phases: who takes part, and who influences whom."""

from collections.abc import Iterator
from typing import Literal, get_args

from gridlang.diagnostics import Related
from gridlang.diagnostics.codes import campaigns as codes
from gridlang.schedule import model
from gridlang.semantics.context import Here
from gridlang.semantics.coordinates import PHASES, SEGMENTS
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.scope import choose, near, write
from gridlang.semantics.values import TEXT, text_or, wrong
from gridlang.syntax import nodes

Strength = Literal["weak", "normal", "strong"]


def parts_of(bound: Bound) -> tuple[model.Part, ...]:
    """The persons of a map with their roles, in order."""
    return tuple(part for block in bound.nested("roles") for part in _parts(block))


def _parts(bound: Bound) -> Iterator[model.Part]:
    for field, here in bound.fields.values():
        person = here.find("person", _dotted(field.name))
        roles = [_role(value, here.within(field.name.text)) for value in field.values]
        if person is not None:
            yield model.Part(
                person=person.canonical, roles=tuple(role for role in roles if role), place=here.place(field.span)
            )


def _dotted(name: nodes.Name) -> nodes.Reference:
    """`house.father`, before a colon, as the name of a declaration."""
    return nodes.Reference(tuple(nodes.Name(part, name.span) for part in name.text.split(".")), name.span)


def _role(value: nodes.Expression, here: Here) -> str | None:
    if not isinstance(value, nodes.Reference):
        return wrong(value, here, "roles, as `target, approver`")
    found = here.find("role", value)
    return found.canonical if found else None


def _influence(bound: Bound, parts: tuple[model.Part, ...]) -> Iterator[model.Influence]:
    names = [part.person for part in parts]
    for edge, here in (edge for block in bound.nested("influence") for edge in block.edges):
        strength = _strength(edge, here)
        ends = [_on_map(reference, names, here) for reference in (*edge.sources, *edge.targets)]
        if strength is None or None in ends:
            continue
        for source in edge.sources:
            for target in edge.targets:
                yield model.Influence(
                    source=source.text, target=target.text, strength=strength, place=here.place(edge.span)
                )


def _on_map(reference: nodes.Reference, names: list[str], here: Here) -> str | None:
    if reference.text in names:
        return reference.text
    meant = near(reference.text, names)
    hint = f"did you mean `{meant}`?" if meant else f"on it are: {', '.join(names)}; add `{reference.text}: ROLE`"
    fixes = write(reference.span, meant)
    here.complain(codes.UNKNOWN_PERSON_OF_MAP.at(reference.span, name=reference.text, hint=hint, fixes=fixes))
    return None


def _strength(edge: nodes.Edge, here: Here) -> Strength | None:
    if not edge.labels:
        return "normal"
    if len(edge.labels) > 1:
        labels = edge.labels[0].span.to(edge.labels[-1].span)
        fixes = choose(labels, [label.text for label in edge.labels])
        here.complain(codes.ONE_WAY_ONLY.at(edge.span, count=len(edge.labels), fixes=fixes))
        return None
    word = edge.labels[0].text
    for strength in get_args(Strength):
        if word == strength:
            return strength  # type: ignore[no-any-return]
    fixes = choose(edge.labels[0].span, get_args(Strength))
    here.complain(codes.UNKNOWN_STRENGTH.at(edge.labels[0].span, word=word, fixes=fixes))
    return None


def _approver(bound: Bound, parts: tuple[model.Part, ...], deciding: set[str]) -> None:
    if parts and not any(role in deciding for part in parts for role in part.roles):
        place = bound.here.context.places.spans[parts[0].place]
        bound.here.complain(
            codes.NO_APPROVER.at(
                bound.span,
                map=bound.title or bound.name,
                elsewhere=f", for instance `{parts[0].person}: {', '.join((*parts[0].roles, 'approver'))}`",
                related=(Related(place, "the roles of this map"),),
            )
        )


def _lower(bound: Bound) -> model.Map:
    parts = parts_of(bound)
    bound.context.scope.asks_all("role")
    _approver(bound, parts, bound.context.deciding)
    return model.Map(
        **bound.common(),
        segments=bound.values("segment"),
        phases=bound.values("phase"),
        parts=parts,
        influence=tuple(_influence(bound, parts)),
        needs=bound.values("needs"),
        barriers=bound.values("barriers"),
        triggers=bound.values("triggers"),
    )


KIND = Kind(
    "map",
    "The Integration Map of a segment in a phase: who takes part in the decision, and who influences whom.",
    fields=(
        FieldSpec("segment", SEGMENTS, "whose map it is", many=True),
        FieldSpec("phase", PHASES, "in which phases", many=True),
        FieldSpec("needs", text_or("need"), "what moves these people then", many=True),
        FieldSpec("barriers", text_or("barrier"), "what holds them back then", many=True),
        FieldSpec("triggers", TEXT, "what sets them going", many=True),
    ),
    blocks=(
        Kind("roles", "Who takes part: `mother: user, influencer`.", free="a person and their roles", named=False),
        Kind(
            "influence",
            "Who influences whom: `mother -> father: strong` (weak, strong, or nothing).",
            edges="from whom to whom influence goes",
            named=False,
        ),
    ),
    lower=_lower,
)
