"""Between the schedule's classes and plain JSON values, by cattrs; strict, since a hand may have been in the file.

An object that can be one of several carries its word first: `verb` a step, `op` an expression. What has its default is
left out. cattrs takes a while to import, so this module is imported only by those who read or write a schedule.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable
from typing import Any, Union, get_args, get_origin

import attrs
import cattrs
from cattrs.cols import list_structure_factory
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from gridlang.schedule.model import Schedule

WORDS = ("verb", "op")
"""The fields that say which class an object is; they and the head of the file are written though they are defaults."""
HEAD = ("format", "version")


def to_plain(schedule: Schedule) -> dict[str, Any]:
    """The schedule as dicts, lists, texts, numbers and truths."""
    plain: dict[str, Any] = _converter().unstructure(schedule)
    return plain


def from_plain(plain: object) -> Schedule:
    """Raises what `complaints` reads."""
    return _converter().structure(plain, Schedule)


def complaints(error: Exception) -> list[tuple[str, str]]:
    """Where (`campaigns[2].priority`) and what is wrong, for every complaint in an exception of `from_plain`."""
    told = cattrs.transform_error(error, path="", format_exception=_told)
    pairs = (each.rpartition(" @ ") for each in told)
    return [(where.lstrip("."), what) for what, _, where in pairs]


def _told(error: BaseException, _: object) -> str:
    match error:
        case KeyError():
            return "is missing"
        case cattrs.ForbiddenExtraKeysError():
            return "has a field that this version does not know: " + ", ".join(
                f"`{f}`" for f in sorted(error.extra_fields)
            )
        case _:
            return str(error)


class RefusedError(ValueError):
    """What is wrong with a value, said of the place where it stands."""


def _wrong(wanted: str, value: object) -> RefusedError:
    shown = repr(value)
    return RefusedError(f"should be {wanted}, and is {shown if len(shown) <= 40 else shown[:40] + '…'}")


REFUSED = (cattrs.BaseValidationError, RefusedError)
"""What `from_plain` raises."""


@functools.cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=True, forbid_extra_keys=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _number)
    converter.register_structure_hook(bool, _truth)
    converter.register_structure_hook_factory(_is_literal, _literal)
    converter.register_structure_hook_factory(_is_tuple, lambda kind: _sequence(kind, converter))
    converter.register_structure_hook_factory(_is_mapping, lambda kind: _mapping(kind, converter))
    converter.register_structure_hook_factory(attrs.has, lambda kind: _object(kind, converter))
    converter.register_structure_hook_factory(is_choice, lambda kind: _choice(kind, converter))
    converter.register_unstructure_hook_factory(attrs.has, lambda kind: _plain_object(kind, converter))
    converter.register_unstructure_hook_factory(is_choice, lambda kind: lambda value: converter.unstructure(value))
    return converter


# --- kinds of types ---------------------------------------------------------------------------------------------------


def members(kind: Any) -> tuple[Any, ...]:
    """The types of a union without None; the type itself where it is none."""
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(each for each in get_args(kind) if each is not types.NoneType)
    return (kind,)


def word_of(kind: type) -> str | None:
    """`verb` or `op`, for a class that has one."""
    names = {field.name for field in attrs.fields(kind)} if attrs.has(kind) else set()
    return next((word for word in WORDS if word in names), None)


def is_choice(kind: Any) -> bool:
    """Whether a type is a union of classes that a word tells apart."""
    return get_origin(kind) in (Union, types.UnionType) and all(map(word_of, members(kind)))


def tags(kind: Any) -> dict[str, type]:
    """The classes of such a union by their word."""
    return {str(attrs.fields_dict(each)[word_of(each) or ""].default): each for each in members(kind)}


def _is_literal(kind: Any) -> bool:
    return get_origin(kind) is typing.Literal


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is dict


# --- reading ----------------------------------------------------------------------------------------------------------


def _text(value: object, _: type) -> str:
    if not isinstance(value, str):
        raise _wrong("a text", value)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise _wrong("a text of whole characters", value) from error
    return value


def _number(value: object, _: type) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong("a whole number", value)
    return value


def _truth(value: object, _: type) -> bool:
    if not isinstance(value, bool):
        raise _wrong("true or false", value)
    return value


def _literal(kind: Any) -> Any:
    allowed = get_args(kind)

    def read(value: object, _: type) -> Any:
        for each in allowed:
            if type(each) is type(value) and each == value:
                return each
        raise _wrong("one of " + ", ".join(map(str, allowed)), value)

    return read


def _sequence(kind: Any, converter: cattrs.Converter) -> Any:
    """A JSON list as a tuple: of any length, or of exactly the given types."""
    inner = get_args(kind)
    if inner[-1] is not Ellipsis:
        return _fixed(inner, converter)
    read_list = list_structure_factory(list[inner[0]], converter)  # type: ignore[valid-type]

    def read(value: object, _: type) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _wrong("a list", value)
        return tuple(read_list(value, list))

    return read


def _fixed(inner: tuple[Any, ...], converter: cattrs.Converter) -> Any:
    def read(value: object, _: type) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(inner):
            raise _wrong(f"a list of {len(inner)}", value)
        return tuple(converter.structure(each, of) for each, of in zip(value, inner, strict=True))

    return read


def _mapping(kind: Any, converter: cattrs.Converter) -> Any:
    of = get_args(kind)[1]

    def read(value: object, _: type) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _wrong("an object", value)
        return {_text(key, str): converter.structure(each, of) for key, each in value.items()}

    return read


def _object(kind: type, converter: cattrs.Converter) -> Any:
    word = word_of(attrs.resolve_types(kind))
    read_fields: Callable[..., Any] = make_dict_structure_fn(kind, converter)

    def read(value: object, _: type) -> Any:
        if not isinstance(value, dict):
            raise _wrong("an object", value)
        if word is not None and word not in value:
            raise RefusedError(f"has no `{word}`")
        return read_fields(value, kind)

    return read


def _choice(kind: Any, converter: cattrs.Converter) -> Any:
    known, may_miss = tags(kind), types.NoneType in get_args(kind)
    word = word_of(members(kind)[0]) or ""

    def read(value: object, _: type) -> Any:
        if value is None and may_miss:
            return None
        if not isinstance(value, dict):
            raise _wrong("an object", value)
        if word not in value:
            raise RefusedError(f"has no `{word}`")
        found = known.get(value[word]) if isinstance(value[word], str) else None
        if found is None:
            raise _wrong(f"an object whose `{word}` is one of " + ", ".join(known), value[word])
        return converter.structure(value, found)

    return read


# --- writing ----------------------------------------------------------------------------------------------------------


def _plain_object(kind: type, converter: cattrs.Converter) -> Any:
    """The fields as declared, but what tells the class and the head of the file first."""
    names = [field.name for field in attrs.fields(attrs.resolve_types(kind))]
    first = [name for name in names if name in (*WORDS, *HEAD)]
    order = [*first, *(name for name in names if name not in first)]
    kept: Any = {name: override(omit_if_default=False) for name in first}
    write_fields: Callable[..., Any] = make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True, **kept)

    def write(value: Any) -> dict[str, Any]:
        plain = write_fields(value)
        return {name: plain[name] for name in order if name in plain}

    return write
