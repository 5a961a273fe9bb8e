"""Reading on behind a mistake, so that several in one declaration are told at once, and none twice.

What was read is dropped up to the innermost open brace, and reading begins again where a later line of that block
begins a new field, step or arm. A line that only goes on with what is broken is skipped: its mistakes would be echoes.
"""

from __future__ import annotations

import re
from typing import Any

import attrs

from gridlang.source import Source, Span
from gridlang.syntax.machine import Machine
from gridlang.syntax.nodes import Name
from gridlang.syntax.scanning import tokens
from gridlang.syntax.words import VERBS

_STEP = frozenset({*VERBS, "if"}) - {"enter", "on", "expect", "use", "let"}
_ITEM = frozenset({"flow", "enter", "on", "expect"})


@attrs.frozen(eq=False)
class Point:
    """A place in the text, and the stack of the machine there."""

    at: int
    states: list[int]
    values: list[Any]

    @classmethod
    def of(cls, machine: Machine, at: int) -> Point:
        return cls(at, list(machine.states), _copied(machine.values))

    def put_into(self, machine: Machine) -> None:
        machine.states, machine.values = list(self.states), _copied(self.values)

    @property
    def blocks(self) -> int:
        """How many blocks are open."""
        return sum(map(is_brace, self.values))


def _copied(values: list[Any]) -> list[Any]:
    """The values of a stack; lists are copied, since the machine appends to them."""
    return [list(value) if value.__class__ is list else value for value in values]


def is_brace(value: Any) -> bool:
    """Whether a value of the stack is a `{`."""
    return value.__class__ is Span and value.text == "{"


def behind(machine: Machine, place: Span, end: int, *, itself: bool) -> Point | None:
    """Where to read on behind a mistake at `place`, before `end`; None where no block is open, or nothing follows.

    `itself`: what stands at `place` is sound, and only what stands before it is not complete.
    """
    opened = [at for at, value in enumerate(machine.values) if is_brace(value) and value.start < place.start]
    if not opened:
        return None
    cut(machine, opened[-1])
    what = _block(machine)
    line_end = place.source.text.find("\n", max(place.start, place.end - 1))
    after = line_end if line_end >= 0 else end
    depth = 0
    for kind, start, stop in tokens(place.source.text, place.start, end):
        if kind == "RBRACE":
            depth -= 1
        new = start > after or (itself and start == place.start)
        if depth < 0 or (depth == 0 and new and _begins(place.source, what, kind, start, stop)):
            return Point.of(machine, start) if start >= place.start else None
        if kind == "LBRACE":
            depth += 1
    return None


def in_body(machine: Machine, source: Source, start: int, header_end: int) -> Point | None:
    """The beginning of a declaration's block, when its header could not be read."""
    machine.again()
    words = (source.text[first:last] for kind, first, last in tokens(source.text, start, header_end) if kind == "NAME")
    brace = Span(source, header_end - 1, header_end)
    if next(words, None) == "flow":
        fed = machine.feed("FLOW", brace) and machine.feed("NAME", Name("flow", brace))
    else:
        fed = machine.feed("NAME", Name("block", brace))
    return Point.of(machine, header_end) if fed and machine.feed("LBRACE", brace) else None


def cut(machine: Machine, brace: int) -> None:
    """Drop what stands on the stack above a `{`, but for the items that were read whole."""
    values, states = machine.values, machine.states
    kept = brace + 2 if brace + 1 < len(values) and _is_items(values[brace + 1]) else brace + 1
    del values[kept:], states[kept + 1 :]


def _is_items(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(part, Name) for part in value)


def _block(machine: Machine) -> str:
    """What stands in the innermost open block: items, steps, or the arms of a diamond."""
    accepted = machine.accepted()
    if "SEND" in accepted:
        return "steps"
    return "arms" if "PERCENT" in accepted else "items" if "KEY" in accepted else ""


def _begins(source: Source, what: str, kind: str, start: int, stop: int) -> bool:
    """Whether a token begins a line, and something new there."""
    text = source.text
    before = text[max(0, start - 200) : start].rpartition("\n")[2]
    if before.strip() or kind in ("DOC", "REMARK"):
        return False
    line = re.match(r"[^\r\n]{0,300}", text[start:])
    rest = line[0] if line else ""
    match what:
        case "steps":
            return kind == "KEY" or (kind == "NAME" and text[start:stop] in _STEP)
        case "items":
            opens = text[start:stop] in _ITEM or "->" in rest or "{" in rest
            return kind == "KEY" or (kind == "NAME" and opens)
        case _:
            return what == "arms" and "->" in rest
