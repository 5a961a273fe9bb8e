"""A template for many people at once: each of its pieces rendered once for every different set of its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
import numpy as np

from gridlang.runtime.engine.columns import NONE, Column, Columns, values_at
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import texts_of
from gridlang.runtime.engine.writing import formatting
from gridlang.runtime.engine.writing.grouping import Codes, Groups
from gridlang.schedule import clock
from gridlang.schedule.wording import Piece, compiled, pieces

ACCOUNT = "account"
_MOST_KNOWN = 1 << 16
"""So many texts of a piece are remembered from one chunk to the next."""


@attrs.frozen
class Failed:
    """Why a piece has no text."""

    reason: str


@attrs.frozen(eq=False)
class Told:
    """What a template says to n people: `codes` (n,) are indices into `texts`, `NONE` where it says nothing; the
    reasons why it failed, each with those (indices) for whom it did."""

    codes: Array
    texts: Arrow
    failures: Sequence[tuple[str, Array]] = ()


@attrs.frozen(eq=False)
class People:
    """What templates may ask of whom. A person of `NONE` is the plan itself."""

    columns: Columns
    timezone: str
    """The plan's."""
    known: dict[str, Column]
    """By name; the id stands apart."""

    @classmethod
    def of(cls, columns: Columns, timezone: str) -> People:
        people = columns.people
        reserved = {
            "roles": people.roles,
            "timezone": people.timezone,
            "language": people.language,
            "since": people.since,
            "salesperson": people.salesperson,
        }
        return cls(columns, timezone, {**people.attributes, **reserved})

    def language(self, person: Array) -> Array:
        """int32: the code of each person's language."""
        return _codes(self.columns.people.language, person)

    def used(self, piece: Piece, person: Array) -> Iterator[Codes]:
        """The codes of the values that a piece may use, for each of these people."""
        for name in piece.names:
            if name == "id":
                yield Codes.of(person, len(self.columns.people.ids))
            elif name == ACCOUNT and piece.whole:
                yield Codes.of(self._account(person), len(self.columns.accounts.ids))
            elif name.startswith(f"{ACCOUNT}.") and (column := self._of_account(name)):
                yield Codes.of(_codes(column, self._account(person)), len(column.values))
            elif name in self.known:
                yield Codes.of(_codes(self.known[name], person), len(self.known[name].values))
        if not {"roles", "timezone"}.isdisjoint(piece.names):  # people have them always, the plan itself never
            yield Codes((person == NONE).astype(np.int64), 2)

    def _of_account(self, name: str) -> Column | None:
        return self.columns.accounts.attributes.get(name.removeprefix(f"{ACCOUNT}."))

    def _account(self, person: Array) -> Array:
        if not len(self.columns.people.ids):
            return np.full(person.size, NONE, np.int32)
        return np.where(person == NONE, NONE, self.columns.people.account[np.maximum(person, 0)])

    def variables(self, piece: Piece, person: int) -> dict[str, Any]:
        """What a piece is given for a person, as `reference.wording.variables` has it."""
        if person == NONE:
            return {ACCOUNT: {}, "language": ""}
        said = {name: self.known[name].value(person) for name in piece.names if name in self.known}
        zone = said.get("timezone")
        if "timezone" in piece.names and not (isinstance(zone, str) and clock.known_zone(zone)):
            said["timezone"] = self.timezone
        if "id" in piece.names:
            said["id"] = self.columns.people.ids[person]
        if "roles" in piece.names and said.get("roles") is None:
            said["roles"] = ()
        told = {name: value for name, value in said.items() if value is not None}
        return {**told, ACCOUNT: self._account_of(piece, person), "language": said.get("language") or ""}

    def _account_of(self, piece: Piece, person: int) -> dict[str, Any]:
        if ACCOUNT not in piece.names:
            return {}
        every, account = self.columns.accounts.attributes, int(self.columns.people.account[person])
        asked = {name: column for name, column in every.items() if piece.whole or f"{ACCOUNT}.{name}" in piece.names}
        return values_at(asked, account)


@attrs.define(eq=False)
class Stretch:
    """A piece of a template, and what it said to those who came before."""

    piece: Piece
    said: dict[tuple[int, ...], bytes | Failed] = attrs.field(factory=dict)

    def tell(self, people: People, person: Array) -> tuple[Codes, list[bytes | Failed]]:
        """What it says to each of these people, as an index into all that it says."""
        used = list(people.used(self.piece, person))
        groups = Groups.of(used, person.size)
        found: dict[bytes | Failed, int] = {}
        codes = np.empty(groups.first.size, np.int64)
        keys = zip(*(key.codes[groups.first].tolist() for key in used), strict=True) if used else [()]
        for group, (key, row) in enumerate(zip(keys, groups.first.tolist(), strict=False)):
            codes[group] = found.setdefault(self._say(key, people, int(person[row])), len(found))
        return Codes(codes[groups.group], len(found)), list(found)

    def _say(self, key: tuple[int, ...], people: People, person: int) -> bytes | Failed:
        said = self.said.get(key)
        if said is None:
            if len(self.said) >= _MOST_KNOWN:
                self.said.clear()
            said = self.said[key] = self._render(people, person)
        return said

    def _render(self, people: People, person: int) -> bytes | Failed:
        try:
            text = self.piece.text(people.variables(self.piece, person))
        except Exception as error:  # whatever a template of strangers raises: their words failed, not the run
            return Failed(f"{type(error).__name__}: {error}")
        return text.encode()


@attrs.frozen(eq=False)
class Template:
    """A template in pieces; None where it cannot be read, for the `reason`."""

    stretches: tuple[Stretch, ...] | None
    reason: str = ""

    @classmethod
    def of(cls, source: str) -> Template:
        """A text without any markup is itself."""
        if "{" not in source:
            return cls((Stretch(Piece(lambda variables: source)),))
        try:
            compiled(source)
            return cls(tuple(map(Stretch, pieces(source))))
        except Exception as error:  # as the reference has it
            return cls(None, reason=f"{type(error).__name__}: {error}")

    def tell(self, people: People, person: Array) -> Told:
        """What it says to each of these people."""
        if self.stretches is None:
            failures = [(self.reason, np.arange(person.size))]
            return Told(np.full(person.size, NONE, np.int32), texts_of(np.zeros(1, np.int64), _NO_BYTES), failures)
        told = [stretch.tell(people, person) for stretch in self.stretches]
        groups = Groups.of((codes for codes, _ in told), person.size)
        texts = _joined([(codes.codes[groups.first], said) for codes, said in told], groups.first.size)
        failing = np.zeros(person.size, np.bool_)
        failures = list(_failures(told, failing))
        lengths = np.diff(texts[0])
        codes = np.where(failing | (lengths[groups.group] == 0), NONE, groups.group)
        return Told(codes.astype(np.int32), texts_of(*texts), failures)


def _failures(told: Iterable[tuple[Codes, list[bytes | Failed]]], failing: Array) -> Iterator[tuple[str, Array]]:
    """Who hears nothing, and why: the first piece that fails says it. `failing` (bool) is marked."""
    for codes, said in told:
        for code, text in enumerate(said):
            if isinstance(text, Failed):
                whom = np.flatnonzero((codes.codes == code) & ~failing)
                if whom.size:
                    failing[whom] = True
                    yield text.reason, whom


_NO_BYTES = np.empty(0, np.uint8)
_NO_CUTS = np.zeros(1, np.int64)


def _joined(told: Sequence[tuple[Array, list[bytes | Failed]]], rows: int) -> tuple[Array, Array]:
    """Texts of pieces, which the codes (rows,) of each tell: (offsets, bytes) of whole texts."""
    starts, lengths = np.empty((len(told), rows), np.int64), np.empty((len(told), rows), np.int64)
    content: list[bytes] = []
    at = 0
    for piece, (codes, said) in enumerate(told):
        texts = [b"" if isinstance(text, Failed) else text for text in said]
        cuts = at + np.cumsum([0, *map(len, texts)])
        starts[piece], lengths[piece] = cuts[codes], np.diff(cuts)[codes]
        content += texts
        at = int(cuts[-1])
    data = np.frombuffer(b"".join(content), np.uint8)
    nothing = np.zeros(2 * len(told) + 1, np.int64)
    joined = formatting.interleave(
        starts, lengths, data, _NO_BYTES, nothing, _NO_BYTES, nothing[: len(told) + 1], _NO_BYTES
    )
    return np.concatenate([_NO_CUTS, np.cumsum(lengths.sum(axis=0))]), joined


def _codes(column: Column, index: Array) -> Array:
    """The codes of things by their indices; `NONE` has none."""
    if not len(column.codes):
        return np.full(index.size, NONE, np.int32)
    return np.where(index == NONE, np.int32(NONE), column.codes[np.maximum(index, 0)])
