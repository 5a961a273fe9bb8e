"""What only attributes decide, worked out before the loop: once for each combination of values that occurs.

The reference's own functions answer, so that there is one meaning; arrays spread the answers over millions of people.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence

import numpy as np

from gridlang.runtime.engine.columns import Array, Column, Columns, values_at
from gridlang.runtime.engine.kernel.layout import MISS
from gridlang.runtime.reference.people import Account, Occurrence, Person
from gridlang.runtime.reference.predicates import View
from gridlang.runtime.rows import Contact, Origin
from gridlang.schedule import clock

_SMALL = 1 << 22


def distinct(codes: Sequence[Array], sizes: Sequence[int], n: int) -> tuple[Array, Array]:
    """The combinations of codes that occur: for each thing its number, and for each combination a thing that has it."""
    number = np.zeros(n, np.int64)
    count = 1 if n else 0
    for code, size in zip(codes, sizes, strict=True):
        number = number * (size + 1) + code + 1
        number, count = _ranked(number, count * (size + 1)) if n else (number, 0)
    first = np.zeros(count, np.int64)
    first[number[::-1]] = np.arange(n - 1, -1, -1)
    return number, first


def _ranked(number: Array, limit: int) -> tuple[Array, int]:
    if limit <= _SMALL:
        seen = np.zeros(limit, bool)
        seen[number] = True
        rank = np.cumsum(seen) - 1
        return rank[number], int(rank[-1]) + 1 if limit else 0
    found, inverse = np.unique(number, return_inverse=True)
    return inverse.reshape(-1), len(found)


class Statics:
    """Views of people and accounts as the reference has them, made of columns."""

    def __init__(self, columns: Columns, plan_zone: str) -> None:
        self.columns = columns
        self.people, self.accounts = columns.people, columns.accounts
        self.account_of = np.asarray(columns.people.account, np.int64)
        known = [clock.known_zone(str(zone)) for zone in self.people.timezone.values]
        self.zones = list(dict.fromkeys([plan_zone, *map(str, self.people.timezone.values)]))
        self.zones = [zone for zone in self.zones if clock.known_zone(zone)]
        codes = [
            self.zones.index(str(z)) if good else 0 for z, good in zip(self.people.timezone.values, known, strict=True)
        ]
        self.zone = spread(np.array([*codes, 0], np.int64), np.asarray(self.people.timezone.codes))

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
    ) -> Array:
        """int64 (people,): the answer for each, asked once for each combination of those attributes (and zones)."""
        columns = [(o, name, column) for o, name in attributes if (column := self.column(o, name)) is not None]
        codes = [c.codes if o == "person" else np.asarray(c.codes)[self.account_of] for o, _, c in columns]
        sizes = [len(column.values) for _, _, column in columns]
        if zoned:
            codes, sizes = [*codes, self.zone], [*sizes, len(self.zones)]
        number, first = distinct(codes, sizes, len(self.people.ids))
        return spread(np.array([answer(self._person(columns, int(i))) for i in first], np.int64), number)

    def of_accounts(self, attributes: Iterable[tuple[str, str]], answer: Callable[[View], int]) -> Array:
        """int64 (accounts,): the same for accounts as a whole."""
        names = {name: c for o, name in attributes if o == "account" and (c := self.column(o, name)) is not None}
        codes, sizes = [c.codes for c in names.values()], [len(c.values) for c in names.values()]
        number, first = distinct(codes, sizes, len(self.accounts.ids))
        views = (View(Account("", values_at(names, int(i)), 0), None, 0) for i in first)
        return spread(np.array([answer(view) for view in views], np.int64), number)

    def of_events(
        self, names: Container[str], attributes: Iterable[tuple[str, str]], fields: Iterable[str], whole: bool,
        answer: Callable[[View, Occurrence], int],
    ) -> Array:  # fmt: skip
        """int64 (events,): the answer for each event of these names, seen by its person (`whole`: by the account).

        Others may carry a field of that name and another type; nobody asks them, and their answer is 0.
        """
        events = self.columns.events
        asked = self._named(names)
        person = np.asarray(events.person, np.int64)[asked]
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
        found = np.zeros(len(events.at), np.int64)
        found[asked] = spread(np.array(answers, np.int64), number)
        return found

    def _named(self, names: Container[str]) -> Array:
        """The rows that are events of these names, by themselves or as outcomes of tasks."""
        events = self.columns.events
        found = np.zeros(len(events.at), bool)
        for column in (events.event, events.outcome):
            known = np.array([*(str(value) in names for value in column.values), False])
            found |= known[np.asarray(column.codes, np.int64)]
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


def spread(answers: Array, number: Array) -> Array:
    """Answers by number, over everything; without anything, nothing."""
    return answers[number] if len(answers) else np.full(len(number), MISS, np.int64)
