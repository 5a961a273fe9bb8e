"""Shorthands for the tests of the front end."""

from __future__ import annotations

from typing import Any

import attrs

from gridlang.diagnostics.model import Diagnostic
from gridlang.source import Source
from gridlang.syntax import nodes as n
from gridlang.syntax import parse


def sound(text: str) -> n.File:
    """The file of a text without mistakes."""
    outcome = parse(Source("plan.grid", text))
    assert not outcome.problems, outcome.problems[0].message
    return outcome.value


def declaration(text: str) -> Any:
    """The only declaration of a sound text."""
    (found,) = sound(text).declarations
    return found


def item(text: str) -> Any:
    """The only item of a block."""
    (found,) = declaration(f"kind name {{ {text} }}").items
    return found


def value(text: str) -> Any:
    """A value behind a colon."""
    (found,) = item(f"field: {text}").values
    return found


def steps(text: str) -> Any:
    """The steps of a flow."""
    return item(f"flow {{ {text} }}").steps


def step(text: str) -> Any:
    (found,) = steps(text)
    return found


def findings(text: str) -> tuple[Diagnostic, ...]:
    return parse(Source("plan.grid", text)).problems


def finding(text: str) -> Diagnostic:
    """The only finding of a text."""
    found = findings(text)
    assert len(found) == 1, [problem.message for problem in found]
    return found[0]


def names(text: str) -> list[str | None]:
    """The names of the declarations that a text gives, broken or whole."""
    return [
        found.name.text if not isinstance(found, n.Use) and found.name else None
        for found in parse(Source("plan.grid", text)).value.declarations
    ]


def words(node: Any) -> str:
    """References and names as written, for short comparisons."""
    if isinstance(node, tuple):
        return ", ".join(map(words, node))
    return str(node.text)


def everything(node: Any) -> list[Any]:
    """A node and all nodes in it."""
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple | list):
            waiting += one
        elif attrs.has(type(one)) and hasattr(one, "span"):
            found.append(one)
            waiting += [getattr(one, field.name) for field in attrs.fields(type(one)) if field.name != "span"]
    return found
