"""Where a campaign, map or rule stands: segments, phases, roles, levels, persons of maps."""

from __future__ import annotations

from typing import Any

import attrs

from gridlang.diagnostics import Diagnostic, Edit, Fix
from gridlang.diagnostics.codes import campaigns as codes
from gridlang.semantics.context import Here
from gridlang.semantics.scope import Declared, near
from gridlang.semantics.values import Reader, reference, wrong
from gridlang.source import Span
from gridlang.syntax import nodes


def _segment(value: nodes.Expression, here: Here) -> str | None:
    if not isinstance(value, nodes.Reference):
        return wrong(value, here, "the name of a segment")
    found = here.find("segment", value)
    if found is None or not found.folder:
        return found.canonical if found else None
    here.complain(
        codes.SEGMENT_OF_ANOTHER.at(value.span, name=value.text, short=found.name, fixes=(_own(value, found, here),))
    )
    return None


def _own(value: nodes.Reference, found: Declared, here: Here) -> Fix:
    """A segment of the plan's own that starts from another folder's; it is taken where there is one of the name."""
    edits = [Edit(value.span, found.name)]
    source = value.span.source
    if found.name not in here.context.scope.own("segment"):
        gap = "\n" if source.text.endswith("\n") else "\n\n"
        end = Span(source, len(source.text), len(source.text))
        edits.append(Edit(end, f"{gap}segment {found.name}: {value.text} {{}}\n"))
    return Fix(f"take a segment `{found.name}` of this plan", tuple(edits))


SEGMENTS = Reader("the name of a segment", _segment, ("segment",))
ROLES = reference("role")


def find_phase(value: nodes.Expression, here: Here) -> str | None:
    """A phase of the plan's journey; None after saying that there is none."""
    if not isinstance(value, nodes.Reference):
        return wrong(value, here, "the name of a phase")
    if value.text in here.context.phases:
        return value.text
    if here.context.phases:
        here.complain(_unknown(codes.UNKNOWN_PHASE, value, list(here.context.phases)))
    return None


PHASES = Reader("the name of a phase", find_phase, ("phase",))


def _unknown(code: Any, value: nodes.Reference, names: list[str]) -> Diagnostic:
    meant = near(value.text, names)
    listed = ", ".join(names)
    if meant and meant.casefold() == value.text.casefold():
        hint = f"names are case-sensitive: write `{meant}`"
    else:
        hint = f"did you mean `{meant}`? There are: {listed}" if meant else f"there are: {listed}"
    fixes = (Fix(f"write `{meant}`", (Edit(value.span, meant),)),) if meant else ()
    made: Diagnostic = code.at(value.span, name=value.text, hint=hint, fixes=fixes)
    return made


def _find_level(value: nodes.Expression, here: Here) -> str | None:
    levels = here.context.levels
    if not isinstance(value, nodes.Reference):
        return wrong(value, here, "the name of a level")
    if value.text in levels:
        return value.text
    here.complain(_unknown(codes.UNKNOWN_LEVEL, value, list(levels)))
    return None


def _levels(value: nodes.Expression, here: Here) -> tuple[str, ...] | None:
    """One level, or `first_purchase .. loyal` with both its ends."""
    if isinstance(value, nodes.Range):
        start, end = _find_level(value.start, here), _find_level(value.end, here)
        names = list(here.context.levels)
        if start is None or end is None:
            return None
        return tuple(names[names.index(start) : names.index(end) + 1])
    level = _find_level(value, here)
    return None if level is None else (level,)


LEVELS = Reader("the name of a level, or a range of them", _levels, ("level",))


@attrs.frozen
class Addressed:
    """`first_talk.mother`: a person of a map."""

    map: str
    person: str
    span: Span


def _role_or_person(value: nodes.Expression, here: Here) -> str | Addressed | None:
    if not isinstance(value, nodes.Reference):
        return wrong(value, here, "roles, or a person of a map, as `first_talk.mother`")
    parts = tuple(part.text for part in value.parts)
    if len(parts) == 2 and here.context.scope.find("map", parts[:1], here.home) is not None:
        return Addressed(parts[0], parts[1], value.span)
    found = here.find("role", value)
    return found.canonical if found else None


ROLE_OR_PERSON = Reader("roles, or a person of a map, as `first_talk.mother`", _role_or_person, ("part", "role"))
