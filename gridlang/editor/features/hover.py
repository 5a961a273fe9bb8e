"""What stands under the cursor: its description, its type, where it stands in the grid; what a duration comes to; a
message as the sample person would read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from lsprotocol import types as lsp

from gridlang.editor import moments, sample
from gridlang.editor.asking import Asked, Feature
from gridlang.editor.facts import facts
from gridlang.editor.index import Occurrence, Symbol, index_of
from gridlang.editor.index.path import path_at
from gridlang.runtime.reference.wording import variant
from gridlang.schedule.model import Schedule
from gridlang.schedule.wording import Refused, compiled
from gridlang.semantics.kinds import kinds
from gridlang.semantics.kinds.base import Kind
from gridlang.source import Span
from gridlang.syntax import nodes
from gridlang.syntax.scanning import tokens
from gridlang.syntax.words import VERBS

MOST_SHOWN = 1_200
"""Characters of a rendered message."""


def hover(asked: Asked) -> lsp.Hover | None:
    """What is told of the word at the cursor."""
    offset = asked.offset
    path = path_at(asked.text.file, offset)
    found = index_of(asked.text).at(asked.text, offset)
    if found is not None:
        return _shown(asked, found.span, _of_name(asked, found))
    if path and isinstance(path[-1], nodes.Length):
        return _shown(asked, path[-1].span, _of_duration(asked, path[-1]))
    if path and isinstance(path[-1], nodes.Date | nodes.Moment):
        return _shown(asked, path[-1].span, _of_date(asked, path[-1]))
    word = _word(asked, offset)
    return _shown(asked, word, _of_word(path, word)) if word is not None else None


def _shown(asked: Asked, span: Span, lines: Iterator[str]) -> lsp.Hover | None:
    text = "\n\n".join(line for line in lines if line)
    return lsp.Hover(asked.markup(text, hover=True), asked.range(span)) if text else None


def schedule_of(asked: Asked) -> Schedule | None:
    """The schedule of the plan, while it is broken the last that was whole."""
    plan, model = asked.text.plan, asked.text.understood.model
    if model is not None:
        return model.schedule
    return plan.sound.model.schedule if plan.sound and plan.sound.model else None


# --- names -----------------------------------------------------------------------------------------------------------


def _of_name(asked: Asked, found: Occurrence) -> Iterator[str]:
    symbol = found.symbol
    yield f"```grid\n{_head(symbol)}\n```"
    yield getattr(symbol.node, "doc", None) or ""
    schedule = schedule_of(asked)
    if schedule is None:
        return
    yield "  \n".join(facts(schedule, symbol.kind, _canonical(asked, symbol)))
    if symbol.kind == "message":
        yield from _rendered(asked, _canonical(asked, symbol))


def _canonical(asked: Asked, symbol: Symbol) -> str:
    declared = asked.text.scope.of(symbol.holder, symbol.kind).get(symbol.name)
    return declared.canonical if declared is not None else symbol.name


def _head(symbol: Symbol) -> str:
    """The declaration in a line."""
    node = symbol.node
    match node:
        case nodes.Block() | nodes.FlowDeclaration():
            return " ".join(node.header.text.split())
        case nodes.Field() if symbol.kind in ("attribute", "payload"):
            return " ".join(node.span.text.split())
        case nodes.Let() | nodes.Use() | nodes.Parameter():
            return " ".join(node.span.text.split())
        case _:
            return " ".join(node.span.text.split("{")[0].split())


def _rendered(asked: Asked, name: str) -> Iterator[str]:
    """The message as the sample person reads it."""
    plan, understood = asked.text.plan, asked.text.understood
    walk = sample.walk(plan, understood if not understood.failed else plan.sound or understood, plan.sample)
    message = next((each for each in walk.schedule.messages if each.name == name), None) if walk else None
    if walk is None or message is None:
        return
    wording, given = variant(message, walk.contact.language), sample.variables(walk)
    parts = [_render(text, given) for text in (wording.subject, wording.body, wording.script) if text]
    if parts:
        yield f"*As {walk.choice.label} reads it:*"
        yield "\n>\n".join("\n".join(f"> {line}" for line in part.splitlines()) for part in parts)


def _render(text: str, given: dict[str, Any]) -> str:
    try:
        shown = compiled(text)(given)
    except Refused as refused:
        return f"({refused})"
    except Exception as error:  # whatever a text of strangers raises: their words failed, not the server
        return f"(it cannot be rendered: {error})"
    return shown if len(shown) <= MOST_SHOWN else shown[:MOST_SHOWN] + "…"


# --- durations and words ---------------------------------------------------------------------------------------------


def _of_duration(asked: Asked, node: nodes.Length) -> Iterator[str]:
    """What it comes to, from the first day of the plan, and over a holiday where workdays are counted."""
    schedule = schedule_of(asked)
    if schedule is None:
        return
    day = dt.date.fromisoformat(schedule.plan.starts)
    if node.value.unit == "workdays":
        yield moments.told(schedule, node.value, moments.over_a_holiday(schedule, node.value) or day)
        yield f"Workdays are those of the calendar `{schedule.calendar.name}`."
    else:
        yield moments.told(schedule, node.value, day)


def _of_date(asked: Asked, node: nodes.Date | nodes.Moment) -> Iterator[str]:
    """Its weekday and week, and what the plan's calendar has on it."""
    value = node.value
    schedule = schedule_of(asked)
    yield moments.about(schedule, value.date() if isinstance(value, dt.datetime) else value)


def _word(asked: Asked, offset: int) -> Span | None:
    """The word at an offset."""
    source = asked.text.source
    start = source.line_starts[source.line_column(offset)[0] - 1]
    for kind, first, last in tokens(source.text, start, len(source.text)):
        if first > offset:
            return None
        if first <= offset <= last and kind in ("NAME", "KEY"):
            return Span(source, first, last)
    return None


def _of_word(path: list[Any], word: Span) -> Iterator[str]:
    """A kind, a field or a verb, as the reference tells of it."""
    for kind, block in _kinds(path):
        if block.kind.span.start == word.start and kind is not None:
            yield f"**{kind.word}** {kind.doc}"
            return
    field = next((node for node in reversed(path) if isinstance(node, nodes.Field)), None)
    if field is not None and field.name.span.start == word.start:
        enclosing = [kind for kind, _ in _kinds(path)]
        spec = enclosing[-1].spec(word.text) if enclosing and enclosing[-1] is not None else None
        if spec is not None:
            yield f"**{spec.name}:** {spec.doc}"
            yield f"Takes {spec.reader.expects}" + (", several with commas." if spec.many else ".")
        return
    if word.text in VERBS and path:
        yield VERBS[word.text]


def _kinds(path: list[Any]) -> list[tuple[Kind | None, nodes.Block]]:
    """The blocks around a place with their kinds, the outermost first."""
    found: list[tuple[Kind | None, nodes.Block]] = []
    for node in path:
        if isinstance(node, nodes.Block):
            outer = found[-1][0] if found else None
            kind = outer.block(node.kind.text) if outer is not None else None if found else kinds().get(node.kind.text)
            found.append((kind, node))
    return found


FEATURES = (Feature(lsp.TEXT_DOCUMENT_HOVER, hover),)
