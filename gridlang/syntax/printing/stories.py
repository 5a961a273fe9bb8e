"""The lines of a test as text: what happens and what is expected, their moments under each other."""

from __future__ import annotations

from gridlang.syntax import nodes as n
from gridlang.syntax.printing.expressions import arguments, expression


def cells(item: n.Enter | n.Happens | n.Expect) -> list[str]:
    """A line of a test in columns: its word, the moment (with a space more behind it), and the rest."""
    if isinstance(item, n.Enter):
        return [f"enter {item.phase.text}"]
    if isinstance(item, n.Happens):
        return ["on", f"{expression(item.at)} ", _happens(item)]
    at = [f"{expression(item.at)} "] if item.at is not None else []
    return ["expect", *at, _expected(item)]


def _happens(item: n.Happens) -> str:
    if item.step is not None:
        return f"{item.person.text} answers {item.event.text} to {item.step.text}"
    given = f" {arguments(item.arguments)}" if item.arguments else ""
    return f"{item.person.text} {item.event.text}{given}"


def _expected(item: n.Expect) -> str:
    words = [item.verb.text, *(word.text for word in item.words)]
    words += ["to", item.person.text] if item.person else []
    words += ["by", item.team.text] if item.team else []
    words += ["because", item.because.text] if item.because else []
    if item.after is not None and item.before is not None:
        words += ["between", expression(item.after), "and", expression(item.before)]
    elif item.after is not None:
        words += ["after", expression(item.after)]
    elif item.before is not None:
        words += ["before", expression(item.before)]
    return " ".join(words)
