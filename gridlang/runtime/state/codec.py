"""Records as lines of JSON, and back. The same records give the same bytes; what has its default is left out.

cattrs takes a while to import, so this module is imported only by those who read or write a state.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, TypeVar, get_args, get_origin

import cattrs

from gridlang.runtime.outputs.read_back import because
from gridlang.runtime.rows import Because
from gridlang.runtime.state.records import Plain
from gridlang.runtime.state.values import typed

T = TypeVar("T")

DAMAGED = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    cattrs.BaseValidationError,
    cattrs.ForbiddenExtraKeysError,
    cattrs.StructureHandlerNotFoundError,
)
"""What reading raises for lines that nobody wrote so."""


def lines(records: Iterable[object]) -> Iterator[bytes]:
    """A line a record."""
    return (line(record) + b"\n" for record in records)


def line(record: object) -> bytes:
    """A record as a line, without its end."""
    return _ENCODER.encode(_converter().unstructure(record)).encode()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def read(kind: type[T], content: Iterable[bytes]) -> Iterator[T]:
    """The records of one kind in lines. Raises one of `DAMAGED`."""
    structure = _converter().structure
    return (structure(json.loads(line), kind) for line in content)


def made(kind: type[T], plain: Iterable[object]) -> Iterator[T]:
    """The records of one kind, as JSON has them. Raises one of `DAMAGED`."""
    structure = _converter().structure
    return (structure(each, kind) for each in plain)


@functools.cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(omit_if_default=True, forbid_extra_keys=True, detailed_validation=False)
    converter.register_structure_hook_func(_is_plain, _as_typed)
    converter.register_unstructure_hook_func(_is_plain, lambda value: value)
    converter.register_unstructure_hook(Because, str)
    converter.register_structure_hook(Because, lambda value, _: because(value))
    converter.register_structure_hook_func(_is_choice, _one_of)
    converter.register_structure_hook_factory(_is_sequence, _list_of)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly(kind))
    return converter


def _is_plain(kind: Any) -> bool:
    """Whether a field holds a value as JSON has it (`Plain`), or may be without one."""
    return kind == Plain or set(get_args(Plain)) <= set(get_args(kind))


def _as_typed(value: Any, kind: Any) -> Any:
    """The value as JSON has it, if `values.typed` makes something of it."""
    if value is not None or kind == Plain:
        typed(value)
    return value


def _is_sequence(kind: Any) -> bool:
    return get_origin(kind) in (list, tuple)


def _list_of(kind: Any, converter: cattrs.Converter) -> Callable[[object, object], object]:
    """What reads `list[T]` and `tuple[T, ...]`: a text is no list of letters, and a map no list of its keys."""
    made, of = get_origin(kind), get_args(kind)[0]
    read_one = converter.get_structure_hook(of)

    def read_all(value: object, _: object) -> object:
        if type(value) is not list:
            raise ValueError(f"should be a list, and is {value!r:.60}")
        return made(read_one(each, of) for each in value)

    return read_all


def _is_choice(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _one_of(value: object, kind: Any) -> object:
    """A word that may stand there."""
    if type(value) is not str or value not in get_args(kind):
        raise ValueError(f"should be one of {', '.join(get_args(kind))}, and is {value!r:.60}")
    return value


def _exactly(kind: type) -> Callable[[object, object], object]:
    """Nothing is made of anything else: a number in quotes is no number."""

    def checked(value: object, _: object) -> object:
        if type(value) is not kind:
            raise ValueError(f"should be {kind.__name__}, and is {value!r:.60}")
        return value

    return checked
