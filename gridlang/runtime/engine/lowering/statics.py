"""What only attributes decide, worked out before the loop: once for each combination of values that occurs.

The reference's own functions answer, so that there is one meaning; arrays spread the answers over millions of people.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array, Column, Columns, values_at
from gridlang.runtime.reference.people import Account, Occurrence, Person
from gridlang.runtime.reference.predicates import View
from gridlang.runtime.rows import Contact, Origin
from gridlang.schedule import clock

_SMALL = 1 << 22
_BLOCK = 1 << 15


@attrs.frozen(eq=False)
class Spread:
    """An answer for each of n things, most of which share it with others."""

    answers: Array
    """int64."""
    number: Array
    """Whole numbers (n,): an index into `answers`; -1 the last."""

    def part(self, rows: slice | Array) -> Array:
        """int64: the answers of some."""
        found: Array = self.answers[self.number[rows]]
        return found


def mapped(column: Column, numbers: Sequence[int], missing: int) -> Spread:
    """A number for each value of a column, and one for what is missing."""
    return Spread(np.array([*numbers, missing], np.int64), column.codes)


def narrow(number: Array, limit: int) -> Array:
    """The same numbers, all below the limit, in no more room than they need."""
    return number.astype(np.min_scalar_type(max(limit - 1, 0)))


def distinct(codes: Sequence[Array], sizes: Sequence[int], n: int) -> tuple[Array, Array]:
    """The combinations of codes that occur: for each thing its number, and for each combination a thing that has it."""
    number: Array = np.broadcast_to(np.uint8(0), n)
    count = 1 if n else 0
    for code, size in zip(codes, sizes, strict=True):
        number, count = _joined(number, code, count, size + 1)
    first = np.zeros(count, np.int64)
    for begin, end in reversed(_blocks(n)):
        first[number[begin:end][::-1]] = np.arange(end - 1, begin - 1, -1)
    return number, first


def _joined(number: Array, code: Array, count: int, size: int) -> tuple[Array, int]:
    """Numbers below `count` with codes below `size - 1` or missing: numbers of the pairs that occur, in their order,
    and how many those are."""

    def pairs(begin: int, end: int) -> Array:
        return number[begin:end].astype(np.int64) * size + code[begin:end] + 1

    n = len(number)
    if count * size > _SMALL:
        found, inverse = np.unique(pairs(0, n), return_inverse=True)
        return narrow(inverse.reshape(-1), len(found)), len(found)
    seen = np.zeros(count * size, bool)
    for block in _blocks(n):
        seen[pairs(*block)] = True
    count = int(np.count_nonzero(seen))
    rank = narrow(np.cumsum(seen) - seen, count)
    joined = np.empty(n, rank.dtype)
    for begin, end in _blocks(n):
        joined[begin:end] = rank[pairs(begin, end)]
    return joined, count


def _blocks(n: int) -> list[tuple[int, int]]:
    """So many things a few at a time: what is between two steps stays where the processor has it at hand."""
    return [(begin, min(begin + _BLOCK, n)) for begin in range(0, n, _BLOCK)]


class Statics:
    """Views of people and accounts as the reference has them, made of columns."""

    def __init__(self, columns: Columns, plan_zone: str) -> None:
        self.columns = columns
        self.people, self.accounts = columns.people, columns.accounts
        self.account_of = columns.people.account
        self._distinct: dict[object, tuple[Array, Array]] = {}
        known = [clock.known_zone(str(zone)) for zone in self.people.timezone.values]
        self.zones = list(dict.fromkeys([plan_zone, *map(str, self.people.timezone.values)]))
        self.zones = [zone for zone in self.zones if clock.known_zone(zone)]
        codes = [
            self.zones.index(str(z)) if good else 0 for z, good in zip(self.people.timezone.values, known, strict=True)
        ]
        self.zone = narrow(np.array([*codes, 0])[self.people.timezone.codes], len(self.zones))
        """Whole numbers (people,): an index into `zones`."""

    def column(self, owner: str, name: str) -> Column | None:
        """The column of an attribute, the reserved ones too; None: nobody has it."""
        if owner == "account":
            return self.accounts.attributes.get(name)
        reserved = {
            "language": self.people.language,
            "since": self.people.since,
            "salesperson": self.people.salesperson,
            "timezone": Column(self.zone, self.zones),
        }
        if name == "roles":
            return self._roles()
        if name == "id":
            return Column(np.arange(len(self.people.ids)), self.people.ids)
        return reserved.get(name) or self.people.attributes.get(name)

    def _roles(self) -> Column:
        """Whoever has no roles has the empty tuple."""
        given = self.people.roles
        codes = np.asarray(given.codes)
        return Column(np.where(codes < 0, len(given.values), codes), [*given.values, ()])

    # --- answers -----------------------------------------------------------------------------------------------------

    def of_people(
        self, attributes: Iterable[tuple[str, str]], answer: Callable[[View], int], *, zoned: bool = False
    ) -> Spread:
        """The answer for each person, asked once for each combination of those attributes (and zones)."""
        columns = [(o, name, column) for o, name in attributes if (column := self.column(o, name)) is not None]
        codes = [c.codes if o == "person" else np.asarray(c.codes)[self.account_of] for o, _, c in columns]
        sizes = [len(column.values) for _, _, column in columns]
        if zoned:
            codes, sizes = [*codes, self.zone], [*sizes, len(self.zones)]
        key = (zoned, *((owner, name) for owner, name, _ in columns))
        if key not in self._distinct:
            self._distinct[key] = distinct(codes, sizes, len(self.people.ids))
        number, first = self._distinct[key]
        return Spread(np.array([answer(self._person(columns, int(i))) for i in first], np.int64), number)

    def of_accounts(self, attributes: Iterable[tuple[str, str]], answer: Callable[[View], int]) -> Spread:
        """The same for accounts as a whole."""
        names = {name: c for o, name in attributes if o == "account" and (c := self.column(o, name)) is not None}
        codes, sizes = [c.codes for c in names.values()], [len(c.values) for c in names.values()]
        number, first = distinct(codes, sizes, len(self.accounts.ids))
        views = (View(Account("", values_at(names, int(i)), 0), None, 0) for i in first)
        return Spread(np.array([answer(view) for view in views], np.int64), number)

    def of_events(
        self, names: Container[str], attributes: Iterable[tuple[str, str]], fields: Iterable[str], whole: bool,
        answer: Callable[[View, Occurrence], int],
    ) -> Spread:  # fmt: skip
        """The answer for each event of these names, seen by its person (`whole`: by the account).

        Others may carry a field of that name and another type; nobody asks them, and their answer is 0.
        """
        events = self.columns.events
        asked = self._named(names)
        person = events.person[asked]
        columns = [(o, name, c) for o, name in attributes if (c := self.column(o, name)) is not None]
        columns = [each for each in columns if each[0] == "account" or not whole]
        codes = [
            np.asarray(c.codes)[person if o == "person" else self.account_of[person]] for o, _, c in columns
        ]  # fmt: skip
        carried = [(name, events.payload[name]) for name in fields if name in events.payload]
        codes += [np.asarray(column.codes)[asked] for _, column in carried]
        sizes = [len(c.values) for _, _, c in columns] + [len(c.values) for _, c in carried]
        number, first = distinct(codes, sizes, len(person))
        answers = []
        for i in first:
            view = self._person(columns, int(person[i]))
            seen = View(view.account, None, 0) if whole else view
            assert view.person is not None
            answers.append(answer(seen, Occurrence(0, view.person, 0, (), values_at(dict(carried), int(asked[i])))))
        found = narrow(np.zeros(len(events.at), np.uint8), len(first) + 1)
        found[asked] = number.astype(found.dtype) + 1
        return Spread(np.array([0, *answers], np.int64), found)

    def _named(self, names: Container[str]) -> Array:
        """The rows that are events of these names, by themselves or as outcomes of tasks."""
        events = self.columns.events
        found = np.zeros(len(events.at), bool)
        for column in (events.event, events.outcome):
            known = np.array([*(str(value) in names for value in column.values), False])
            found |= known[column.codes]
        return np.nonzero(found)[0]

    def _person(self, columns: Sequence[tuple[str, str, Column]], person: int) -> View:
        """The view of a person who has these attributes."""
        mine = {name: column for owner, name, column in columns if owner == "person"}
        shared = {name: column for owner, name, column in columns if owner == "account"}
        account = Account("", values_at(shared, int(self.account_of[person])), 0)
        zone = self.zones[int(self.zone[person])]
        return View(account, Person(_NOBODY, account, zone, values_at(mine, person)), 0)

    def nobody(self) -> View:
        """The view of the plan itself."""
        account = Account("", {}, 0)
        return View(account, Person(_NOBODY, account, self.zones[0], {}), 0)

    def view(self, person: int, attributes: Iterable[tuple[str, str]]) -> View:
        return self._person([(o, n, c) for o, n in attributes if (c := self.column(o, n)) is not None], person)


_NOBODY = Contact(id="", account="", origin=Origin("", 0))
