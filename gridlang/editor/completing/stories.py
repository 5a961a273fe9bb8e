"""What fits in the lines of a test."""

from __future__ import annotations

from gridlang.editor.completing import values
from gridlang.editor.completing.desk import Desk, samples, words
from gridlang.editor.completing.offer import Kind as Icon
from gridlang.editor.completing.offer import Offer, Offers
from gridlang.editor.completing.spot import blocks_before, is_sign
from gridlang.editor.index.symbols import words as spelled
from gridlang.semantics.stories import REASONS
from gridlang.syntax import nodes
from gridlang.syntax.tables import tables

VERBS = ("send", "task", "move", "skip", "notify", "no")
_CLAUSES = ("TO", "BY", "BECAUSE", "BEFORE", "AFTER", "BETWEEN", "ANSWERS")


def line(desk: Desk) -> Offers:
    """What goes on a line that begins with `enter`, `on` or `expect`."""
    pending = desk.spot.pending
    first = next((value.text for value in pending if is_sign(value, "enter", "on", "expect")), None)
    sign = desk.spot.sign
    if sign == "enter":
        yield from desk.declared("phase")
    elif sign == "because":
        yield from words(REASONS, detail="why nothing was sent")
    elif sign in ("before", "after", "between", "and", "on"):
        yield from samples(("2027-02-01 09:00",))
    elif first == "on":
        yield from _happens(desk)
    elif first == "expect":
        yield from _expects(desk)


def _people(desk: Desk) -> Offers:
    for kind, name, _ in blocks_before(desk.spot):
        if kind == "person" and name is not None:
            yield Offer(label=name, kind=Icon.Class, detail="person of this test", rank=2)


def _happens(desk: Desk) -> Offers:
    pending = desk.spot.pending
    names = [value for value in pending if isinstance(value, nodes.Name | nodes.Reference)]
    if desk.spot.sign in ("(", ","):
        event = names[1] if len(names) > 1 else None
        parts = spelled(event) if isinstance(event, nodes.Reference) else (event.text,) if event else ()
        found = desk.text.scope.find("event", parts, desk.home) if parts else None
        yield from values.payload(desk.names.payload(found) if found else {})
    elif desk.spot.sign == "answers":
        yield from desk.events(())
    elif desk.spot.sign == "to":
        yield from values.labels(desk.names.tasks)
    elif not names:
        yield from _people(desk)
    elif len(names) == 1:
        yield from desk.events(())
        yield from words(("answers",))


def _expects(desk: Desk) -> Offers:
    sign, pending = desk.spot.sign, desk.spot.pending
    if sign == "to":
        yield from _people(desk)
        return
    if sign == "by":
        yield from desk.declared("team")
        return
    names = [value for value in pending if isinstance(value, nodes.Name | nodes.Reference)]
    if not names:
        yield from words(VERBS)
        return
    verb = names[0].text
    kinds = {"move": ("phase",), "notify": ("team",)}.get(verb, ("channel", "message"))
    clauses = [value for value in pending if is_sign(value, "to", "by", "because", "before", "after", "between")]
    if len(names) <= len(kinds) and not clauses:
        yield from desk.declared(kinds[len(names) - 1])
    signs = tables().signs
    yield from words((signs[kind] for kind in _CLAUSES if kind in desk.spot.accepted), rank=4)
