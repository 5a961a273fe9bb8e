"""The types of the language, and the types that `fields` and `carries` declare."""

from __future__ import annotations

from typing import get_args

import attrs

from gridlang.diagnostics.codes import types as codes
from gridlang.schedule import model
from gridlang.schedule.expressions import ValueType
from gridlang.semantics.context import Here
from gridlang.semantics.scope import choose, near, write
from gridlang.syntax import nodes

PLAIN_TYPES: tuple[ValueType, ...] = tuple(name for name in get_args(ValueType) if name != "List")
LIST_OF = {"Channel": "channel", "Role": "role", "Message": "message", "Text": "Text"}
"""What a list may hold: texts, or names of declarations (which are types of their own too)."""
TYPE_NAMES = (*PLAIN_TYPES, "List", "OneOf", "Channel", "Role", "Message")


@attrs.frozen
class Type:
    """The type of a value: its name, what OneOf allows, what a list holds, whether it may be missing.

    `ValueType` has no OneOf: its values are texts, `options` says which.
    """

    name: ValueType
    options: tuple[str, ...] = ()
    of: str | None = None
    optional: bool = False
    elapsed: bool = False
    """A Duration that `age` or `since` measures: it can only be compared with a duration."""

    def __str__(self) -> str:
        if self.options:
            return f"OneOf({', '.join(self.options)})"
        return f"List<{self.of}>" if self.name == "List" else self.name

    @classmethod
    def of_field(cls, field: model.Field) -> Type:
        return cls(field.type, field.options, field.of, field.optional)


def in_words(type: Type) -> str:
    """How a message names a type: `a number (Int)`."""
    article = {
        "Text": "a text",
        "Int": "a whole number",
        "Decimal": "a number",
        "Percent": "a share",
        "Bool": "a condition",
        "Money": "an amount of money",
        "Date": "a date",
        "DateTime": "a moment",
        "Time": "a time of day",
        "Duration": "a duration",
        "List": "a list",
    }
    return f"one of {', '.join(type.options)}" if type.options else article[type.name]


def read_type(value: nodes.Expression, here: Here) -> Type | None:
    """The type that a field's value spells (`Text?`, `List<Channel>`, `OneOf("a", "b")`); None after saying why not."""
    if isinstance(value, nodes.Reference):
        value = nodes.TypeName(value.parts[-1], value.span)
    if not isinstance(value, nodes.TypeName):
        here.complain(
            codes.WRONG_VALUE.at(
                value.span,
                field=here.field,
                expects="a type",
                found=f"`{value.span.text}`",
                hint=f"the types: {', '.join(TYPE_NAMES)}; `?` after one: it may be missing",
            )
        )
        return None
    name = value.name.text
    if name == "OneOf":
        options = tuple(option.value for option in value.arguments if isinstance(option, nodes.Text))
        if not options or len(options) != len(value.arguments):
            _bad_shape(value, here, 'OneOf("a", "b")', "list the texts that it can be")
            return None
        return Type("Text", options=options, optional=value.optional)
    if name == "List":
        return _list_type(value, here)
    if name in LIST_OF and name != "Text" and not value.arguments:
        return Type("Text", of=LIST_OF[name], optional=value.optional)
    if name not in PLAIN_TYPES or value.arguments:
        meant, listed = near(name, TYPE_NAMES), ", ".join(TYPE_NAMES)
        fixes = write(value.name.span, meant)
        here.complain(codes.UNKNOWN_TYPE.at(value.span, name=value.span.text, near=meant, types=listed, fixes=fixes))
        return None
    return Type(name, optional=value.optional)


def _list_type(value: nodes.TypeName, here: Here) -> Type | None:
    inner = value.arguments[0] if len(value.arguments) == 1 else None
    if isinstance(inner, nodes.TypeName) and inner.name.text in LIST_OF and not inner.arguments:
        return Type("List", of=LIST_OF[inner.name.text], optional=value.optional)
    _bad_shape(value, here, "List<Text>", f"a list holds one of: {', '.join(LIST_OF)}")
    return None


def _bad_shape(value: nodes.TypeName, here: Here, shape: str, hint: str) -> None:
    fixes = choose(value.span, [f"List<{one}>" for one in LIST_OF] if shape.startswith("List") else [shape])
    here.complain(codes.WRONG_ARGUMENTS.at(value.span, function=value.name.text, shape=shape, hint=hint, fixes=fixes))
