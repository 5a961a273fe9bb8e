"""How a table of settings is declared: attrs classes whose fields say what they mean."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import attrs

T = TypeVar("T")

Check = Callable[[Any], str | None]
"""What a value of the right type should be instead, in words; None when it is fine."""


def setting(default: T, doc: str, check: Check | None = None) -> T:
    """A key of a table, with what holds without it and a line for `grid targets` and the manual."""
    made: T = attrs.field(default=default, metadata={"doc": doc, "check": check})
    return made


def folder(value: str) -> str | None:
    """Checks a folder of outputs: below the plan's own, spelled plainly, and none that begins with a dot."""
    parts = value.split("/")
    plain = value and "\\" not in value and ":" not in value and value.isprintable()
    if plain and all(part and not part.startswith(".") and part.strip() == part for part in parts):
        return None
    return 'a folder below the plan\'s own, such as `"out"` or `"out/lists"`'


def doc_of(field: attrs.Attribute[Any]) -> str:
    """What a setting means."""
    return str(field.metadata.get("doc", ""))


def check_of(field: attrs.Attribute[Any]) -> Check | None:
    """What else a setting has to fulfil."""
    check: Check | None = field.metadata.get("check")
    return check


def types_of(table: type) -> dict[str, Any]:
    """The types of a table's keys."""
    return typing.get_type_hints(table)


def without_none(wanted: Any) -> Any:
    """The type of a setting that may also be left out."""
    if typing.get_origin(wanted) in (typing.Union, types.UnionType):
        (wanted,) = (part for part in typing.get_args(wanted) if part is not type(None))
    return wanted


def described(wanted: Any) -> str:
    """A type in words: `a text`, `a list of texts`, `one of "a", "b"`."""
    wanted = without_none(wanted)
    origin, parts = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is Literal:
        return "one of " + ", ".join(f'`"{choice}"`' for choice in parts)
    if origin is tuple:
        return f"a list, each {described(parts[0])}"
    if origin is dict or attrs.has(wanted):
        return "a table"
    return {str: "a text in quotes", bool: "`true` or `false`", int: "a whole number"}[wanted]
