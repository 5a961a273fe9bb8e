"""From plain values to the attrs class of a table; whatever does not fit is a finding and takes its default."""

from __future__ import annotations

import difflib
import typing
from collections.abc import Callable, Iterable
from typing import Any, Literal, Protocol, TypeVar

import attrs

from gridlang.diagnostics.codes import settings as codes
from gridlang.diagnostics.model import Diagnostic
from gridlang.settings.fields import check_of, described, types_of, without_none
from gridlang.settings.places import Path
from gridlang.source import Span

T = TypeVar("T")


class Where(Protocol):
    """Gives the place of a value, or of its key."""

    def __call__(self, path: Path, *, key: bool = False) -> Span | None: ...


class _Unfit:
    """Stands for a value that was refused, since None and false are values."""


_UNFIT = _Unfit()


class Reading:
    """Reads tables and gathers what is wrong."""

    def __init__(self, where: Where) -> None:
        self.problems: list[Diagnostic] = []
        self._where = where

    def table(self, kind: type[T], values: Any, path: Path) -> T:
        """An instance of `kind`; what is missing or refused has its default."""
        if not isinstance(values, dict):
            self._wrong(path, kind, values)
            return kind()
        known = {field.alias: field for field in attrs.fields(kind)}  # type: ignore[arg-type]
        taken: dict[str, Any] = {}
        for name, value in values.items():
            if name not in known:
                self.problems.append(unknown(self._where, path, name, known))
            elif (fit := self._field(kind, known[name], value, (*path, name))) is not _UNFIT:
                taken[known[name].alias] = fit
        return kind(**taken)

    def _field(self, kind: type, field: attrs.Attribute[Any], value: Any, path: Path) -> Any:
        taken = self._value(types_of(kind)[field.name], value, path)
        check = check_of(field)
        should = check(taken) if check is not None and taken is not _UNFIT else None
        if should is None:
            return taken
        self.problems.append(codes.UNFIT_SETTING.at(self._where(path), key=_shown(path), value=value, should=should))
        return _UNFIT

    def _value(self, wanted: Any, value: Any, path: Path) -> Any:
        wanted = without_none(wanted)
        origin, parts = typing.get_origin(wanted), typing.get_args(wanted)
        if origin is Literal:
            return self._choice(parts, value, path, wanted)
        if attrs.has(wanted):
            return self.table(wanted, value, path)
        if origin is tuple and isinstance(value, list):
            return self._all((self._value(parts[0], each, (*path, at)) for at, each in enumerate(value)), tuple)
        if origin is dict and isinstance(value, dict):
            taken = ((name, self._value(parts[1], each, (*path, name))) for name, each in value.items())
            return {name: each for name, each in taken if each is not _UNFIT}
        if origin is None and type(value) is wanted:
            return value
        return self._wrong(path, wanted, value)

    def _all(self, values: Iterable[Any], into: Callable[[Iterable[Any]], Any]) -> Any:
        return into(value for value in values if value is not _UNFIT)

    def _choice(self, choices: tuple[Any, ...], value: Any, path: Path, wanted: Any) -> Any:
        if value in choices:
            return value
        if not isinstance(value, str):
            return self._wrong(path, wanted, value)
        span, meant = self._where(path), near(value, choices)
        self.problems.append(
            codes.UNKNOWN_CHOICE.at(span, key=_shown(path), value=value, choices=_listed(choices), near=meant)
        )
        return _UNFIT

    def _wrong(self, path: Path, wanted: Any, value: Any) -> _Unfit:
        span, should = self._where(path), described(wanted)
        self.problems.append(codes.WRONG_SETTING_TYPE.at(span, key=_shown(path), wanted=should, found=_said(value)))
        return _UNFIT


def unknown(where: Where, path: Path, name: str, known: Iterable[str]) -> Diagnostic:
    """A key that a table does not have."""
    names = sorted(known)
    table = f"`[{'.'.join(map(str, path))}]`" if path else "a `grid.toml`"
    span = where((*path, name), key=True)
    return codes.UNKNOWN_SETTING.at(span, table=table, key=name, known=_listed(names), near=near(name, names))


def near(name: str, known: Iterable[Any]) -> str | None:
    """The name that was probably meant."""
    found = difflib.get_close_matches(name.lower(), [str(each) for each in known], n=1, cutoff=0.5)
    return found[0] if found else None


def _listed(names: Iterable[Any]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"


def _shown(path: Path) -> str:
    """`targets.calendar.folder`; of a list the key that has it."""
    return ".".join(part for part in path if isinstance(part, str))


def _said(value: Any) -> str:
    names = {
        str: "a text",
        bool: "`true` or `false`",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a table",
    }
    return names.get(type(value), "a date or a time")
