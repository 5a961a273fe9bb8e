"""The JSON Schema of the schedule, made of its classes: types from the annotations, words from the docstrings.

What is shipped is `schedule.schema.json`; a test makes it again and compares. Reading docstrings of fields takes the
modules' source, so this runs where the source is: in a checkout.
"""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
import types
import typing
from typing import Any, TypeAlias, Union, get_args, get_origin

import attrs

from gridlang.schedule import texts
from gridlang.schedule.converter import HEAD, WORDS, is_choice, members
from gridlang.schedule.expressions import Expression
from gridlang.schedule.model import VERSION, Schedule
from gridlang.schedule.steps import Step

Schema: TypeAlias = dict[str, Any]

_CHOICES = {frozenset(members(Expression)): "Expression", frozenset(members(Step)): "Step"}
"""The unions that have a name of their own."""
_DESCRIPTIONS = {
    "Expression": "A predicate or a date: one of these, told apart by `op`.",
    "Step": "A step of a flow: one of these, told apart by `verb`.",
}
_PLAIN = {str: "string", int: "integer", bool: "boolean"}


def json_schema() -> Schema:
    """A schema of JSON Schema 2020-12; `$defs` holds each class under its name."""
    made: dict[str, Schema] = {}
    root = _object(Schedule, made)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"gridlang schedule, version {VERSION}",
        "description": "A compiled marketing plan: everything needed to execute it. "
        + _one_line(inspect.getdoc(inspect.getmodule(Schedule)) or ""),
        **{key: value for key, value in root.items() if key != "description"},
        "$defs": dict(sorted(made.items())),
    }


# --- types ------------------------------------------------------------------------------------------------------------


def _type(kind: Any, made: dict[str, Schema]) -> Schema:
    origin, inside = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if origin is typing.Literal:
        return {"const": inside[0]} if len(inside) == 1 else {"enum": list(inside)}
    if origin is tuple:
        return _list(inside, made)
    if origin is dict:
        return {"type": "object", "additionalProperties": _type(inside[1], made)}
    if origin in (Union, types.UnionType):
        return _union(kind, made)
    return _reference(kind, made)


def _list(inside: tuple[Any, ...], made: dict[str, Schema]) -> Schema:
    if inside[-1] is Ellipsis:
        return {"type": "array", "items": _type(inside[0], made)}
    parts = [_type(each, made) for each in inside]
    return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}


def _union(kind: Any, made: dict[str, Schema]) -> Schema:
    found = members(kind)
    schema = _choice(kind, made) if is_choice(kind) else _type(found[0], made)
    if types.NoneType not in get_args(kind):
        return schema
    if schema.keys() == {"type"}:
        return {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _choice(kind: Any, made: dict[str, Schema]) -> Schema:
    name = _CHOICES.get(frozenset(members(kind)))
    if name is None:
        return {"anyOf": [_reference(each, made) for each in members(kind)]}
    if name not in made:
        made[name] = {}  # stands while its members refer to it
        alternatives = [_reference(each, made) for each in members(kind)]
        made[name] = {"description": _DESCRIPTIONS[name], "oneOf": alternatives}
    return {"$ref": f"#/$defs/{name}"}


def _reference(kind: type, made: dict[str, Schema]) -> Schema:
    if kind.__name__ not in made:
        made[kind.__name__] = {}
        made[kind.__name__] = _object(kind, made)
    return {"$ref": f"#/$defs/{kind.__name__}"}


# --- objects ----------------------------------------------------------------------------------------------------------


def _object(kind: type, made: dict[str, Schema]) -> Schema:
    fields = {field.name: field for field in attrs.fields(attrs.resolve_types(kind))}
    first = [name for name in fields if name in (*WORDS, *HEAD)]
    order = [*first, *(name for name in fields if name not in first)]
    required = [name for name in order if name in first or fields[name].default is attrs.NOTHING]
    schema: Schema = {"description": _one_line(_docstring(kind))} if _docstring(kind) else {}
    schema |= {
        "type": "object",
        "properties": {name: _field(kind, fields[name], made) for name in order},
        "required": required,
        "additionalProperties": False,
    }
    return schema | _values() if kind.__name__ == "Value" else schema


def _field(kind: type, field: attrs.Attribute[Any], made: dict[str, Schema]) -> Schema:
    schema = _type(field.type, made)
    form = texts.FORMS.get(kind, {}).get(field.name)
    if form is not None:
        schema = _with_pattern(schema, form)
    bounds = texts.BOUNDS.get(kind, {}).get(field.name)
    if bounds is not None:
        schema = _with_bounds(schema, bounds)
    said = _field_docstrings(kind).get(field.name)
    if said:
        schema = {"description": said} | schema
    if field.default is attrs.NOTHING or field.name in (*WORDS, *HEAD):
        return schema
    return schema | {"default": _default(field)}


def _default(field: attrs.Attribute[Any]) -> Any:
    default: Any = field.default
    if hasattr(default, "factory"):
        return default.factory()
    return list(default) if isinstance(default, tuple) else default


def _with_pattern(schema: Schema, form: texts.Form) -> Schema:
    """The pattern where the texts stand: in the field, in its list, in the lists of its object."""
    if schema.get("type") in ("string", ["string", "null"]):
        return {"description": form.wanted} | schema | {"pattern": _anchored(form)}
    part = "items" if schema.get("type") == "array" else "additionalProperties"
    return schema | {part: _with_pattern(schema[part], form)}


def _with_bounds(schema: Schema, bounds: tuple[int, int]) -> Schema:
    if schema.get("type") == "array":
        return schema | {"items": _with_bounds(schema["items"], bounds)}
    return schema | {"minimum": bounds[0], "maximum": bounds[1]}


def _anchored(form: texts.Form) -> str:
    return f"^({form.pattern})$"


def _values() -> Schema:
    """A constant looks as its type says."""
    return {
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}},
                "then": {"properties": {"value": {"pattern": _anchored(form)}}},
            }
            for name, form in texts.VALUES.items()
        ]
    }


# --- words ------------------------------------------------------------------------------------------------------------


def _docstring(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "") if "__doc__" in vars(kind) else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


@functools.cache
def _field_docstrings(kind: type) -> dict[str, str]:
    """The texts that stand below fields, of the class and those it builds on."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if attrs.has(each):
            body = ast.parse(textwrap.dedent(inspect.getsource(each))).body[0]
            assert isinstance(body, ast.ClassDef)
            for statement, after in zip(body.body, body.body[1:], strict=False):
                if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                    found |= _said(statement.target.id, after)
    return found


def _said(name: str, after: ast.stmt) -> dict[str, str]:
    if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
        return {name: _one_line(after.value.value)}
    return {}
