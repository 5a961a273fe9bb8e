"""The signs of a state's accounts as a file of their own, in columns: a day reads them of all accounts, and is over it
in no time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from gridlang.runtime.state.accounts import Line, Signs, Standing


class OtherAccountsError(Exception):
    """An index that was made of another file of accounts."""


_KINDS: dict[str, tuple[type, ...]] = {
    "id": (str,), "entered": (bool,), "people": (list,), "rows": (str,), "next": (int, type(None)), "seen": (str,),
    "open": (bool,), "handed": (int, type(None)), "standing": (int,),
}  # fmt: skip
"""What each column holds."""


def lines(accounts: Sequence[Line], of: str) -> Iterator[bytes]:
    """The columns, each in a line of its own; `of` is the SHA-256 of the file of accounts."""
    standings: dict[Standing, int] = {}
    numbers = [standings.setdefault(line.signs.standing, len(standings)) for line in accounts]
    yield _line({"of": of, "standings": [attrs.astuple(each, recurse=False) for each in standings]})
    for name in _KINDS:
        column = numbers if name == "standing" else [getattr(line.signs, name) for line in accounts]
        yield _line({name: column})


def _line(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read(content: Iterable[bytes], of: str) -> Iterator[Signs]:
    """The signs of each account, in the order of the file of accounts. Raises one of `codec.DAMAGED`; and
    OtherAccountsError where that file is not the one they were made of."""
    head, *rest = (json.loads(line) for line in content)
    if head["of"] != of:
        raise OtherAccountsError("it is not what the index of accounts says")
    standings = [_standing(each) for each in head["standings"]]
    columns = {name: _column(plain, name) for plain, name in zip(rest, _KINDS, strict=True)}
    columns["standing"] = [standings[number] for number in columns["standing"]]
    columns["people"] = [_texts(each) for each in columns["people"]]
    rows = zip(*columns.values(), strict=True)
    return (Signs(**dict(zip(columns, row, strict=True))) for row in rows)


def _column(plain: Any, name: str) -> list[Any]:
    (column,) = [plain[name]]
    if not isinstance(column, list) or not set(map(type, column)) <= set(_KINDS[name]):
        raise ValueError(f"`{name}` is no column of the kind it should be")
    return column


def _texts(plain: list[Any]) -> tuple[str, ...]:
    if not set(map(type, plain)) <= {str}:
        raise ValueError("people have names that are no texts")
    return tuple(plain)


def _standing(plain: Any) -> Standing:
    segment, people, peaks = plain
    found = tuple((cap, peak, times) for cap, peak, times in peaks)
    words = {type(segment), *(type(cap) for cap, _, _ in found)}
    numbers = {type(people), *(type(number) for _, *both in found for number in both)}
    if words != {str} or numbers != {int}:
        raise ValueError("an account stands where none can")
    return Standing(segment=segment, people=people, peaks=found)
