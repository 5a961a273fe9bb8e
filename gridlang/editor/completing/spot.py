"""What could be written at a place: the grammar's machine is run up to it, and its stack says what is open there.

Only the text of one declaration before the place counts, so that nothing behind it, and no mistake in another
declaration, is in the way. A token that does not fit is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs

from gridlang.source import Source, Span
from gridlang.syntax import nodes
from gridlang.syntax.builder import Builder
from gridlang.syntax.building.base import TooDeep
from gridlang.syntax.machine import Machine, Unexpected
from gridlang.syntax.recovery import pieces
from gridlang.syntax.scanning import tokens

_WORD = re.compile(r"[\w.\u0300-\u036f]*\Z")

LOOKED_AT = 60_000
"""Characters before the place that are read at most."""
MOST_SKIPPED = 50
VERBS = frozenset({"send", "show", "task", "wait", "ask", "choose", "split", "repeat", "move", "stop", "notify", "run"})
_HOLDERS = VERBS | {"flow"}


@attrs.frozen(eq=False)
class Frame:
    """A `{`: what stands before it, and what is complete between it and the place; in `pending` one that is closed."""

    header: tuple[Any, ...]
    inside: tuple[Any, ...]

    @property
    def verb(self) -> str | None:
        """The verb, or `flow`, whose brace it is; None for a block."""
        if self.header and is_sign(self.header[-1], "->"):
            return "->"
        found = [value.text for value in self.header if value.__class__ is Span and value.text in _HOLDERS]
        return found[-1] if found else None

    @property
    def kind(self) -> str | None:
        """The kind of the block whose brace it is."""
        first = self.header[0] if self.header else None
        return first.text if self.verb is None and isinstance(first, nodes.Name) else None

    @property
    def name(self) -> str | None:
        """The name of the block."""
        second = self.header[1] if len(self.header) > 1 else None
        return second.text if isinstance(second, nodes.Name) else None


@attrs.frozen(eq=False)
class Spot:
    """A place between two tokens. `word` is what is being typed there (dots included), `place` its characters.

    `pending` is what stands behind the last complete item, from the stack: nodes, and spans of keywords and signs.
    `text` is where the quote before the place opens, when it is inside a text.
    """

    source: Source
    word: str
    place: Span
    frames: tuple[Frame, ...]
    pending: tuple[Any, ...]
    accepted: frozenset[str]
    text: int | None = None
    remark: bool = False

    @property
    def frame(self) -> Frame | None:
        """The innermost open block."""
        return self.frames[-1] if self.frames else None

    @property
    def last(self) -> Any:
        """What stands right before the place in the innermost block."""
        return self.pending[-1] if self.pending else None

    @property
    def sign(self) -> str | None:
        """The keyword or sign right before the place."""
        return self.last.text if self.last.__class__ is Span else None


def fields_before(spot: Spot) -> set[str]:
    """The fields that the innermost block has before the place."""
    inside = spot.frame.inside if spot.frame else ()
    pending = spot.pending
    named = (pending[at - 1] for at, value in enumerate(pending) if at and is_sign(value, ":"))
    keys = {value.text for value in named if isinstance(value, nodes.Name)}
    return keys | {item.name.text for item in inside if isinstance(item, nodes.Field)}


def blocks_before(spot: Spot) -> Iterator[tuple[str, str | None, tuple[Any, ...]]]:
    """The blocks before the place, in all open ones: kind, name and items of each."""
    for item in (*(each for frame in spot.frames for each in frame.inside), *spot.pending):
        if isinstance(item, nodes.Block):
            yield item.kind.text, item.name.text if item.name else None, item.items
        elif isinstance(item, Frame) and item.kind is not None:
            yield item.kind, item.name, item.inside


def is_sign(value: Any, *signs: str) -> bool:
    """Whether a value of the stack is one of these keywords or signs."""
    return value.__class__ is Span and value.text in signs


def spot_at(source: Source, offset: int) -> Spot:
    """What could be written at an offset."""
    start = _beginning(source.text, offset)
    word = _WORD.search(source.text[start:offset])
    begins = start + (word.start() if word else 0)
    builder = Builder(Source(source.path, source.text[:begins]))
    machine = Machine(builder)
    text, remark = _inside(source.text, start, offset)
    if text is not None:
        begins = text
    _read(machine, start, begins)
    frames, pending = _frames(machine.values)
    place = Span(source, begins, offset)
    return Spot(source, place.text, place, frames, pending, machine.accepted(), text, remark)


def _beginning(text: str, offset: int) -> int:
    """Where the declaration around an offset begins: at the last line before it that may begin one."""
    start = max(0, offset - LOOKED_AT)
    last = 0
    for piece in pieces(text[start:offset]):
        last = piece.start
    return start + last


def labels_written(source: Source, offset: int) -> Iterator[nodes.Name]:
    """The words that stand as labels before a verb in the declaration around an offset, however broken it is."""
    piece = next((each for each in pieces(source.text) if each.start <= offset <= each.end), None)
    found = list(tokens(source.text, piece.start, piece.end)) if piece else []
    for key, colon, verb in zip(found, found[1:], found[2:], strict=False):
        if (key[0], colon[0]) == ("KEY", "COLON") and source.text[verb[1] : verb[2]] in VERBS:
            span = Span(source, key[1], key[2])
            yield nodes.Name(span.text, span)


def _inside(text: str, start: int, offset: int) -> tuple[int | None, bool]:
    """Where the text opens that an offset is in, and whether it is in a remark or a doc."""
    for kind, first, last in tokens(text, start, offset):
        if last >= offset and first < offset:
            if kind == "UNCLOSED_TEXT" or (kind == "TEXT" and offset < last):
                return first, False
            if kind in ("REMARK", "DOC"):
                return None, True
        if kind == "UNCLOSED_TEXT" and "\n" not in text[last:offset]:
            return first, False
    return None, False


def _read(machine: Machine, start: int, end: int) -> None:
    """Read up to a place, passing over what does not fit."""
    for _ in range(MOST_SKIPPED):
        try:
            machine.run(start, end)
            return
        except Unexpected as mistake:
            start = mistake.span.end
        except TooDeep:
            return


def _frames(values: list[Any]) -> tuple[tuple[Frame, ...], tuple[Any, ...]]:
    """The stack cut at its open braces, and what stands behind the last complete item."""
    frames: list[Frame] = []
    rest: list[Any] = []
    for value in values:
        if is_sign(value, "{"):
            inside, header = _split(rest)
            if frames:
                frames[-1] = attrs.evolve(frames[-1], inside=inside)
            frames.append(Frame(tuple(header if frames else rest), ()))
            rest = []
        elif is_sign(value, "}") and frames:
            inside, _ = _split(rest)
            closed = frames.pop()
            rest = [*closed.header, attrs.evolve(closed, inside=inside)]
            rest = [list(frames[-1].inside), *rest] if frames and frames[-1].inside else rest
        else:
            rest.append(value)
    inside, pending = _split(rest)
    if frames:
        frames[-1] = attrs.evolve(frames[-1], inside=inside)
        return tuple(frames), tuple(pending)
    return (), tuple(_of_line(rest))


def _of_line(rest: list[Any]) -> list[Any]:
    """Outside of blocks, what stands on lines before one that begins anew is no part of it."""
    starts = [at for at, value in enumerate(rest) if isinstance(value, nodes.Name) and value.span.column == 1]
    return rest[starts[-1] :] if starts else rest


def _split(rest: list[Any]) -> tuple[tuple[Any, ...], list[Any]]:
    """Complete items, and what comes after them."""
    if rest and rest[0].__class__ is list and not any(isinstance(each, nodes.Reference) for each in rest[0]):
        return tuple(rest[0]), rest[1:]
    return (), rest
