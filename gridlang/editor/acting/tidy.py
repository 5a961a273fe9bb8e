"""Take away what counts for nothing, allow a finding with a reason, fill an empty cell."""

from __future__ import annotations

import re
from functools import cache

from gridlang.diagnostics import Diagnostic, Edit, Level
from gridlang.editor.acting.action import Action, Actions, Kind, appended, free_name, home_of, indent_at, inserted
from gridlang.editor.index.path import path_at
from gridlang.editor.session import Text
from gridlang.linting.allowed import REASON, allowable
from gridlang.schedule.model import Schedule
from gridlang.source import Span
from gridlang.syntax import nodes
from gridlang.targets.views.grid import EVERYBODY, matrices

MOST_CELLS = 5


def unused(text: Text, problem: Diagnostic) -> Actions:
    """Delete a declaration, with the docs and remarks right before it."""
    node = next((each for each in path_at(text.file, problem.span.start if problem.span else 0)), None)
    name = getattr(node, "name", None)
    if node is None or not isinstance(name, nodes.Name):
        return
    yield Action(f"delete `{name.text}`", (Edit(whole_lines(node.span), ""),), problem=problem)


def whole_lines(span: Span) -> Span:
    """A declaration with its docs and remarks before it and the empty line behind it, where it has its lines alone."""
    source, text = span.source, span.source.text
    start = source.line_starts[span.line - 1]
    if text[start : span.start].strip():
        return span
    while start > 0:
        before = source.line_column(start - 1)[0]
        line = source.line_text(before).strip()
        if not line.startswith("#") and not line.startswith("///"):
            break
        start = source.line_starts[before - 1]
    end = span.end
    rest = text[end:].split("\n", 1)
    if rest[0].strip():
        return Span(source, span.start, end)
    end = min(len(text), end + len(rest[0]) + 1)
    if text[max(0, start - 2) : start] in ("", "\n\n") and text[end : end + 1] == "\n":
        end += 1
    elif end == len(text) and text[max(0, start - 2) : start] == "\n\n":
        start -= 1
    return Span(source, start, end)


_NOT_ALLOWED = ("L03", "G01")
"""Findings about remarks, which a remark cannot allow."""


@cache
def _allowable() -> frozenset[str]:
    return frozenset(name for name, code in allowable().items() if not code.id.startswith(_NOT_ALLOWED))


def allow(text: Text, problem: Diagnostic) -> Actions:
    """`# grid: allow(rule) reason` before the line of a finding that is no error."""
    if problem.span is None or problem.level is Level.ERROR or problem.code.name not in _allowable():
        return
    source = problem.span.source
    at = source.line_starts[problem.span.line - 1]
    indent = indent_at(source, problem.span.start)
    remark = f"{indent}# grid: allow({problem.code.name}) {REASON}\n"
    yield Action(f"allow `{problem.code.name}` here, with a reason", (inserted(source, at, remark),), problem=problem)


def empty_cells(text: Text, span: Span) -> Actions:
    """A campaign for each empty cell of the map at the place."""
    node = next(iter(path_at(text.file, span.start)), None)
    model = text.understood.model
    if not isinstance(node, nodes.Block) or node.kind.text != "map" or node.name is None or model is None:
        return
    found = next((each for each in model.schedule.maps if each.name == node.name.text), None)
    if found is None:
        return
    phases = {phase.name for phase in model.schedule.journey.phases if not found.phases or phase.name in found.phases}
    for segment, phase, role in list(_cells(model.schedule))[: MOST_CELLS * 4]:
        if phase in phases and (not found.segments or segment in found.segments) and role != EVERYBODY:
            yield _campaign(text, model.schedule, segment, phase, role)


def _cells(schedule: Schedule) -> dict[tuple[str, str, str], None]:
    """Segment, phase and role of each empty cell."""
    return {
        (matrix.segment.name, row.phase.name, cell.role): None
        for matrix in matrices(schedule)
        for row in matrix.rows
        for cell in row.cells
        if cell.state == "empty"
    }


def _campaign(text: Text, schedule: Schedule, segment: str, phase: str, role: str) -> Action:
    short = role.rsplit(".", 1)[-1]
    channel = next((each.name for each in schedule.channels if "person" in each.reach), "email")
    place = {"segment": segment, "phase": phase, "role": role}
    edits = _edits(text, f"{phase}_{short}", place, f"send {channel} {{}}")
    return Action(f"add a campaign for {short} in {phase} ({segment})", edits, Kind.Refactor)


def _edits(text: Text, wanted: str, place: dict[str, str], step: str) -> tuple[Edit, ...]:
    """A campaign at a place of the grid, and the message that its step says, still a draft."""
    name = free_name(text, "campaign", wanted)
    said = free_name(text, "message", name)
    lines = "".join(f"  {f'{field}:':8} {value}\n" for field, value in place.items() if value)
    campaign = f"campaign {name} {{\n{lines}  flow {{ {step.format(said)} }}\n}}"
    message = f"message {said} {{ draft: yes }}"
    homes = home_of(text, "campaign"), home_of(text, "message")
    if homes[0] is homes[1]:
        return (appended(homes[0], f"{campaign}\n\n{message}"),)
    return appended(homes[0], campaign), appended(homes[1], message)


_CELLS = re.compile(r"in (?P<phases>.*?) nothing is said to whoever is (?P<roles>.*?) on the map")
_PERSON = re.compile(r"phase: (?P<phases>.*?)  role: (?P<roles>.*?) …")


def fill(text: Text, problem: Diagnostic) -> Actions:
    """The campaign that ends a finding about empty cells, or about somebody who hears nothing."""
    found = _CELLS.search(problem.message) or _PERSON.search(problem.help or "")
    model, node = text.understood.model, problem.span and next(iter(path_at(text.file, problem.span.start)), None)
    if found is None or model is None or not isinstance(node, nodes.Block):
        return
    phases, roles = found["phases"], found["roles"].replace(" or ", ", ")
    wide = "mass" if "mass medium" in (problem.help or "") else "person"
    channel = next((each.name for each in model.schedule.channels if wide in each.reach), "email")
    step = f"send {channel} {{}}" if wide == "person" else f"show {channel} {{}} for 2w"
    items = (item for item in node.items if isinstance(item, nodes.Field) and item.name.text == "segment")
    segment = next((item.span.text.partition(":")[2].strip() for item in items), "")
    first = f"{phases.split(',')[0]}_{roles.split(',')[0].rsplit('.', 1)[-1]}"
    edits = _edits(text, first, {"segment": segment, "phase": phases, "role": roles}, step)
    yield Action(f"add a campaign for {roles} in {phases}", edits, problem=problem)


BY_CODE = {"unused-declaration": unused, "empty-cell": fill, "unheard-influencer": fill}
