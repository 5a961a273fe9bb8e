"""Make a reusable flow of the steps that are selected."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from gridlang.diagnostics import Edit
from gridlang.editor.acting.action import Action, Actions, Kind, free_name, harms, inserted
from gridlang.editor.index import index_of
from gridlang.editor.index.names import flow_of, steps_of
from gridlang.editor.index.path import declaration_at, walk
from gridlang.editor.session import Text
from gridlang.source import Span
from gridlang.syntax import nodes


def at_selection(text: Text, span: Span) -> Actions:
    """`flow name() { … }` of the selected steps, and `run name` in their place."""
    declaration = declaration_at(text.file, span.start)
    whole = flow_of(declaration) if declaration is not None else None
    if span.start == span.end or declaration is None or whole is None or declaration.span.end < span.end:
        return
    chosen = _chosen(declaration, span)
    if not chosen or not _closed(whole, chosen) or _uses_parameters(text, chosen):
        return
    name = free_name(text, "flow", "extracted")
    place = Span(text.source, chosen[0].span.start, chosen[-1].span.end)
    flow = f"\n\nflow {name}() {{\n{_body(place)}\n}}"
    edits = (Edit(place, f"run {name}"), inserted(text.source, declaration.span.end, flow))
    if not harms(text, edits):
        yield Action(f"extract the selected steps to the flow `{name}`", edits, Kind.RefactorExtract)


def _chosen(declaration: nodes.Declaration, span: Span) -> list[nodes.Statement]:
    """The steps of one run of steps that the selection touches."""
    best: list[nodes.Statement] = []
    for node in walk(declaration):
        if isinstance(node, nodes.Flow):
            touched = [step for step in node.steps if step.span.start < span.end and span.start < step.span.end]
            inside = touched and touched[0].span.start >= _line_start(span) and touched[-1].span.end <= _line_end(span)
            if inside and len(touched) > len(best):
                best = touched
    return best


def _line_start(span: Span) -> int:
    return span.source.line_starts[span.line - 1]


def _line_end(span: Span) -> int:
    end = span.source.text.find("\n", span.end)
    return len(span.source.text) if end < 0 else end


def _closed(whole: nodes.Flow, chosen: list[nodes.Statement]) -> bool:
    """Whether no arrow leads from the steps to a label outside them, or from outside to one of theirs."""
    inner = list(_all(chosen))
    ids = {id(step) for step in inner}
    outer = [step for step in steps_of(whole) if id(step) not in ids]
    return set(_targets(inner)) <= _labels(inner) and not set(_targets(outer)) & _labels(inner)


def _all(steps: Iterable[nodes.Statement]) -> Iterator[nodes.Statement]:
    for step in steps:
        yield from steps_of(nodes.Flow((step,), step.span))


def _labels(steps: Iterable[nodes.Statement]) -> set[str]:
    return {step.label.text for step in steps if step.label is not None}


def _targets(steps: Iterable[nodes.Statement]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, nodes.Jump):
            yield step.target.text
        if isinstance(step, nodes.Jump | nodes.Send) and step.otherwise is not None:
            yield step.otherwise.text


def _uses_parameters(text: Text, chosen: list[nodes.Statement]) -> bool:
    """Whether the steps speak of parameters, which the new flow would not have."""
    start, end = chosen[0].span.start, chosen[-1].span.end
    return any(
        each.symbol.kind == "parameter" and start <= each.span.start < end
        for each in index_of(text).of_file(text.file, text.folder)
    )


def _body(place: Span) -> str:
    """The steps as they will stand in the flow."""
    source = place.source
    column = source.line_column(place.start)[1] - 1
    lines = " " * column + place.text
    return textwrap.indent(textwrap.dedent(lines), "  ")
